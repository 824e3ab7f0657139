import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser, openPage, signInOnPage, type Watched } from '../support/browser.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

describeInBrowser('what is actual, in a browser', () => {
  let service: TestApp;
  let browser: Browser;
  const open: Record<string, Watched> = {};

  beforeAll(async () => {
    service = await startTestApp({ allowActual: true });
    browser = await launchBrowser();
    for (const name of ['jp-cas-drafter', 'jp-cas-approver', 'jp-cas', 'kr-jcs']) {
      open[name] = await openPage(browser, service.url);
      await signInOnPage(page(name), name, DEMO_PASSWORD);
      await page(name).goto('/desk?run=actual');
      await page(name).getByTestId('connection').and(page(name).locator('[data-state=live]')).waitFor();
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const page = (name: string): Page => (open[name] as Watched).page;

  it('is drafted by one, approved by another, shown in Seoul, and taken back by one in two clicks', async () => {
    const drafter = page('jp-cas-drafter');
    expect(await drafter.getByTestId('banner').getAttribute('data-mode')).toBe('actual');
    await drafter.getByTestId('alert-open').click();
    await drafter.getByTestId('alert-event').fill('Missile launch');
    for (const [grade, value] of Object.entries({ severity: 'Extreme', urgency: 'Immediate', certainty: 'Observed' })) {
      await drafter.getByTestId(`alert-${grade}`).selectOption(value);
    }
    const headlines = { 'ja-JP': 'ミサイル発射', 'ko-KR': '미사일 발사', 'en-US': 'Missile launch' };
    for (const [language, headline] of Object.entries(headlines)) {
      await drafter.getByTestId(`alert-headline-${language}`).fill(headline);
    }
    await drafter.getByTestId('alert-preview').click();
    expect(await drafter.getByTestId('alert-preview-panel').innerText()).not.toMatch(/訓練|훈련|EXERCISE/);
    await drafter.getByTestId('alert-send').click();
    await drafter.getByTestId('draft').waitFor();
    expect(await drafter.getByTestId('approve-submit').count()).toBe(0);

    const approver = page('jp-cas-approver');
    await approver.getByTestId('draft').waitFor();
    const phrase = await approver.getByTestId('approve-phrase').innerText();
    expect(phrase).toBe('実発令 Missile launch 宛先3');
    await approver.getByTestId('approve-typed').fill(phrase.replace('実発令', '訓練発令'));
    await approver.getByTestId('approve-password').fill(DEMO_PASSWORD);
    await approver.getByTestId('approve-submit').click();
    expect(await approver.getByTestId('draft-refusal').innerText()).toContain('送信していません');
    expect(await approver.getByTestId('approve-password').inputValue()).toBe('');
    expect(await page('kr-jcs').getByTestId('item').count()).toBe(0);
    await approver.getByTestId('approve-typed').fill(phrase);
    await approver.getByTestId('approve-password').fill(DEMO_PASSWORD);
    await approver.getByTestId('approve-submit').click();

    const alert = page('kr-jcs').getByTestId('item');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('미사일 발사');
    expect(await page('kr-jcs').getByTestId('drafts').count()).toBe(0);
    expect(await page('kr-jcs').getByTestId('take-back').count()).toBe(0);

    const officer = page('jp-cas');
    await officer.getByTestId('take-back').click();
    await officer.getByTestId('send-false-alarm').click();
    const cancel = page('kr-jcs').getByTestId('item').filter({ hasText: '오발령' });
    await cancel.waitFor();
    // The refusal of the wrong phrase is in the network log of the browser, and nothing else is.
    const problems = Object.values(open).flatMap((each) => each.problems);
    expect(problems.filter((problem) => !problem.includes('422'))).toEqual([]);
  }, 180_000);
});
