import type { Browser, Page } from 'playwright-core';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../src/platform/database/embedded-lock.js';
import { AlertFlow } from '../support/alert-flow.js';
import { CHROMIUM, launchBrowser, openPage, signInOnPage } from '../support/browser.js';
import { Client } from '../support/client.js';
import type { Main } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { endPostgres, freePort, postgresOf, Processes } from '../support/processes.js';
import { ReconnectingDesk } from '../support/reconnecting-desk.js';
import { DEMO_PASSWORD } from '../support/test-app.js';

const OUTAGE_MS = 8_000;
/** Two seconds of ticks on the last read, 5 s without, half a second between two looks; the rest is for a busy machine. */
const STALE_WITHIN_MS = 9_000;

describe('the embedded shape without its PostgreSQL', () => {
  const processes = new Processes();
  let dataDir: string;
  let main: Main;
  let flow: AlertFlow;
  let desk: ReconnectingDesk;
  let browser: Browser | undefined;

  beforeAll(async () => {
    dataDir = await processes.dataDir();
    main = await processes.main({
      TRIWATCH_DATA_DIR: dataDir,
      TRIWATCH_PORT: String(await freePort()),
      TRIWATCH_DEMO_PASSWORD: DEMO_PASSWORD,
    });
    const { token } = await Client.signIn(main.url, 'controller');
    flow = processes.own(new AlertFlow(main.url, token));
    const officer = await Client.signIn(main.url, 'kr-jcs');
    const auth = { token: officer.token, run: 'live', desk: 'kr-jcs' };
    desk = await processes.own(new ReconnectingDesk(main.url, auth)).whenLive();
    browser = CHROMIUM ? await launchBrowser() : undefined;
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await processes.cleanUp();
  });

  /** Kills PostgreSQL and keeps the service, which would start it again at once, from doing so until `work` is done. */
  const withoutPostgres = (work: () => Promise<void>): Promise<void> =>
    withLock(join(dataDir, 'start.lock'), async () => {
      await endPostgres(dataDir, 'SIGKILL');
      await work();
      expect(postgresOf(dataDir)).toBeUndefined();
    });

  it('refuses commands at once, starts PostgreSQL again by itself, and tells all that was accepted once', async () => {
    flow.start();
    await flow.more(10);
    await flow.whenTold(desk);
    const had = desk.items.length;
    const downAt = Date.now();
    await withoutPostgres(async () => {
      const refused = await eventually('an alert is refused', () => flow.refusals.at(-1), 4_000);
      expect(refused).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      // The watch asks four times a second; a refusal may be faster than its next question.
      await eventually(
        'the service is not ready',
        async () => (await fetch(`${main.url}/health/ready`)).status === 503,
        2_000,
      );
      const staleAt = await desk.says(['stale'], downAt, STALE_WITHIN_MS);
      console.info(`PostgreSQL away, embedded: stale after ${staleAt - downAt} ms`);
      expect(desk.items.length).toBeGreaterThanOrEqual(had);
      await pause(Math.max(0, downAt + OUTAGE_MS - Date.now()));
    });
    const backAt = Date.now();
    await desk.whenLive(20_000);
    console.info(`PostgreSQL away, embedded: live ${Date.now() - backAt} ms after it could be started`);
    await flow.more(10);
    await flow.stop();
    await flow.expectWhole([desk]);
    expect([...new Set(flow.refusals.map(({ code }) => code))]).toEqual(['DATABASE_UNAVAILABLE']);
    expect(main.ended).toBeUndefined();
  }, 90_000);

  // scripts/test.mjs says so when there is no Chromium.
  (CHROMIUM ? it : it.skip)(
    'shows on the page that the list may be out of date, keeps it, and recovers by itself',
    async () => {
      const { page, context } = await openPage(browser!, main.url);
      await signInOnPage(page, 'jp-cas', DEMO_PASSWORD);
      await page.goto('/desk?run=live');
      await connection(page, 'live').waitFor();
      const shown = desk.items.length;
      await eventually('the page has every item', async () => (await page.getByTestId('item').count()) === shown);
      const downAt = Date.now();
      await withoutPostgres(async () => {
        // Once it was refused a new connection it says that it has none.
        await connection(page, 'stale').or(connection(page, 'down')).waitFor({ timeout: STALE_WITHIN_MS });
        console.info(`PostgreSQL away, Chromium: the page says STALE after ${Date.now() - downAt} ms`);
        expect(await page.getByTestId('item').count()).toBe(shown);
      });
      await connection(page, 'live').waitFor({ timeout: 20_000 });
      flow.start();
      await flow.more(1);
      await flow.stop();
      const [newest = ''] = [...flow.accepted.keys()].slice(-1);
      await page.locator(`[data-testid=item][data-id="${newest}"]`).waitFor();
      await eventually(
        'the page has the new items too',
        async () => (await page.getByTestId('item').count()) === flow.accepted.size,
      );
      await context.close();
    },
    90_000,
  );
});

const connection = (page: Page, state: string) =>
  page
    .getByTestId('connection')
    .and(page.locator(`[data-state=${state}]`))
    .first();
