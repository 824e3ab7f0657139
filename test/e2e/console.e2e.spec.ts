import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser, openPage, signInOnPage } from '../support/browser.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

interface Feed {
  headSeq: number;
  items: { id: string; seq: number; body: { texts: Record<string, { headline: string }> } }[];
}

describeInBrowser('the console in a browser', () => {
  let service: TestApp;
  let browser: Browser;
  let control: Client;

  beforeAll(async () => {
    service = await startTestApp();
    browser = await launchBrowser();
    control = await Client.signIn(service.url, 'controller');
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  const feedOf = async (run: string): Promise<Feed> =>
    (await control.get<Feed>(`/runs/${run}/feeds/jp/items?limit=500`)).body;

  it('shows the Japanese desk a replay in Japanese, takes an acknowledgement, and misses nothing after a reload', async () => {
    const { body: run } = await control.post<{ id: string }>('/runs', {
      scenario: 'yeonpyeong-2010',
      speed: 3600,
      paused: true,
    });
    const { page, problems, context } = await openPage(browser, service.url);
    await signInOnPage(page, 'jp-cas', DEMO_PASSWORD);
    await page.goto(`/desk?run=${run.id}`);
    await page.getByTestId('connection').and(page.locator('[data-state=live]')).waitFor();
    expect(await page.getByTestId('mode').first().textContent()).toContain('訓練');

    await control.post(`/runs/${run.id}/clock`, { action: 'play' });
    const shelling = page.locator('[data-testid=item][data-id=first-barrage]');
    await shelling.waitFor();
    expect(await shelling.textContent()).toContain('北朝鮮の砲弾、延坪島と周辺水域に着弾');
    expect(await shelling.textContent()).toContain('【再現】');
    await shelling.getByTestId('acknowledge').click();
    await shelling.getByTestId('acknowledged').waitFor();

    await page.reload();
    await eventually('the run ends', async () => {
      const { body } = await control.get<{ clock: { state: string } }>(`/runs/${run.id}`);
      return body.clock.state === 'ended';
    });
    const { headSeq, items } = await feedOf(run.id);
    await eventually('every item is on the page', async () => (await page.getByTestId('item').count()) === headSeq);
    const shown = await page
      .getByTestId('item')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')));
    expect([...shown].sort()).toEqual(items.map(({ id }) => id).sort());
    // Who acknowledged comes back from the service, not from the page's memory.
    await shelling.getByTestId('acknowledged').waitFor();
    const text = await page.locator('main').innerText();
    for (const { body } of items) {
      expect(text).toContain(body.texts['ja-JP']?.headline.replaceAll('【再現】', ''));
    }
    expect(problems).toEqual([]);
    await context.close();
  }, 120_000);

  it('plays Yeonpyeong 2010 from the first page at one button, three capitals side by side', async () => {
    const { page, problems, context } = await openPage(browser, service.url);
    await page.goto('/');
    await page.getByTestId('play-demo').click();
    await page.waitForURL(/\/replay/);
    for (const [party, language] of [
      ['jp', 'ja'],
      ['kr', 'ko'],
      ['us', 'en'],
    ] as const) {
      const column = page.getByTestId(`column-${party}`);
      await column.waitFor();
      expect(await column.getAttribute('lang')).toMatch(new RegExp(`^${language}`));
    }
    await page.getByTestId('column-kr').getByTestId('item').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  }, 120_000);
});
