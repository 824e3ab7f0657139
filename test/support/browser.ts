import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Where Chromium is; empty when this machine has none and its tests are skipped. */
export const CHROMIUM = process.env['TEST_CHROMIUM'] ?? '';

/** `describe` where Chromium was found; elsewhere it names what is skipped. */
export const describeInBrowser = CHROMIUM ? describe : describe.skip;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/** What went wrong on a page that nobody looked at: script errors, breaches of the content policy, requests to another host. */
export interface Watched {
  readonly page: Page;
  readonly problems: string[];
}

/** A page of its own session at `url`, on which every problem is noted. */
export async function openPage(browser: Browser, url: string): Promise<Watched & { context: BrowserContext }> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  // Not every violation is written to the console: one that a script catches, for one, is not.
  await context.exposeBinding('noteViolation', (_, text: string) => void problems.push(`policy: ${text}`));
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { noteViolation(text: string): void }).noteViolation(
        `${violatedDirective} refused ${blockedURI}`,
      ),
    ),
  );
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(`console: ${message.text()}`);
    }
  });
  const noteHost = (asked: string): void => {
    const { host, protocol } = new URL(asked);
    if (/^(http|ws)/.test(protocol) && host !== new URL(url).host) {
      problems.push(`request to another host: ${asked}`);
    }
  };
  page.on('request', (request) => noteHost(request.url()));
  page.on('websocket', (socket) => noteHost(socket.url()));
  return { page, problems, context };
}

/** Signs in through the page and waits for where that leads. */
export async function signInOnPage(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByTestId('sign-in-username').fill(username);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
  await page.waitForURL(username === 'controller' ? /\/control/ : /\/desk/);
}
