import type { Browser, Locator, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser, openPage, signInOnPage, type Watched } from '../support/browser.js';
import { SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

describeInBrowser('an alert of a drill, in a browser', () => {
  let service: TestApp;
  let browser: Browser;
  let run: SteeredRun;
  const open: Watched[] = [];

  beforeAll(async () => {
    service = await startTestApp();
    browser = await launchBrowser();
    run = await SteeredRun.start(service, SCENARIO, 1);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  async function at(name: string, path: string): Promise<Page> {
    const watched = await openPage(browser, service.url);
    open.push(watched);
    await signInOnPage(watched.page, name, DEMO_PASSWORD);
    await watched.page.goto(path);
    await watched.page.getByTestId('connection').and(watched.page.locator('[data-state=live]')).waitFor();
    return watched.page;
  }
  const alertsOn = (page: Page): Locator => page.locator('[data-testid=item][data-kind=alert]');
  const problems = (): string[] => open.flatMap((each) => each.problems);

  it('is put together from a phrase, read in three languages before it goes, followed up by three verbs and taken back', async () => {
    const [tokyo, seoul] = [await at('jp-cas', `/desk?run=${run.id}`), await at('kr-jcs', `/desk?run=${run.id}`)];
    await tokyo.getByTestId('alert-open').click();
    // By the labels that a duty officer reads, and a screen reader speaks.
    await tokyo.getByLabel('定型文').selectOption('launch');
    await tokyo.getByLabel(/^時刻/).fill('07:29');
    await tokyo.getByLabel('文中の地域').selectOption('areas');
    await tokyo.getByLabel(/地域名またはISO/).fill('홋카이도');
    await tokyo.getByRole('checkbox', { name: /北海道/ }).check();
    expect(await tokyo.getByLabel('重大度').inputValue()).toBe('Extreme');
    await tokyo.getByRole('button', { name: '送信前の確認へ' }).click();

    const preview = tokyo.getByTestId('alert-preview-panel');
    expect(await preview.locator('.mode-badge').textContent()).toContain('訓練');
    const shown = async (language: string): Promise<string> =>
      (await preview.getByTestId(`alert-shown-${language}`).textContent()) ?? '';
    expect(await shown('ja-JP')).toMatch(/^【訓練】ミサイル発射。.*午前7時29分.*北海道.*【訓練】$/s);
    expect(await shown('ko-KR')).toMatch(/^\[훈련\] 미사일 발사.*오전 7시 29분.*홋카이도.*\[훈련\]$/s);
    expect(await shown('en-US')).toMatch(/^EXERCISE Missile launched.*07:29 JST.*Hokkaido.*EXERCISE$/s);
    expect(await alertsOn(seoul).count()).toBe(0);
    await tokyo.getByRole('button', { name: '訓練として発令' }).dblclick();
    await tokyo.getByTestId('alert-sent').waitFor();
    await alertsOn(seoul).waitFor();
    expect(await alertsOn(seoul).innerText()).toContain('미사일 발사');
    expect(await seoul.getByTestId('follow-up').count()).toBe(0);

    for (const [verb, word] of [
      ['correction', '정정'],
      ['all-clear', '해제'],
    ] as const) {
      const before = await alertsOn(seoul).count();
      await tokyo.getByTestId('follow-up').click();
      const form = alertsOn(tokyo).getByTestId('alert-form');
      await form.getByTestId(`alert-verb-${verb}`).check();
      await form.getByTestId('alert-preview').click();
      await form.getByTestId('alert-send').click();
      await alertsOn(seoul).nth(before).waitFor();
      expect(await alertsOn(seoul).first().innerText()).toContain(word);
    }
    await tokyo.getByTestId('take-back').last().click();
    await tokyo.getByTestId('send-false-alarm').last().click();
    await alertsOn(seoul).filter({ hasText: '오발령' }).waitFor();
    expect(await alertsOn(seoul).count()).toBe(4);
    expect(problems()).toEqual([]);
  }, 180_000);

  it('is not sent while it claims to be real, and control sends its own', async () => {
    const [control, seoul] = [
      await at('controller', `/control?run=${run.id}`),
      await at('kr-mois', `/desk?run=${run.id}`),
    ];
    await control.getByRole('button', { name: '한국어', exact: true }).click();
    await control.getByTestId('alert-open').click();
    await control.getByLabel('사안').fill('미사일 발사');
    // Nothing is graded beforehand: the browser asks for each.
    for (const label of ['심각도', '긴급도', '확실성']) {
      expect(await control.getByLabel(label).inputValue()).toBe('');
      await control.getByLabel(label).selectOption({ index: 1 });
    }
    const words = { 'ja-JP': 'ミサイル発射', 'ko-KR': '미사일 발사. 실제 상황입니다.', 'en-US': 'Missile launch' };
    for (const [language, text] of Object.entries(words)) {
      await control.getByTestId(`alert-headline-${language}`).fill(text);
    }
    await control.getByRole('button', { name: '보내기 전 확인' }).click();
    const finding = control.locator('[data-testid=alert-finding][data-rule=CLAIMS_REALITY]');
    await finding.waitFor();
    expect(await finding.textContent()).toContain('실제상황으로 읽히는 문구');
    expect(await control.getByTestId('alert-send').count()).toBe(0);

    await control.getByTestId('alert-back').click();
    await control.getByTestId('alert-headline-ko-KR').fill('미사일 발사');
    await control.getByTestId('alert-preview').click();
    await control.getByTestId('alert-send').click();
    const told = alertsOn(seoul).filter({ hasText: '[훈련] 미사일 발사 [훈련]' });
    await told.waitFor();
    // What was sent can be taken back where it was sent.
    await control.getByTestId('alert-sent').getByTestId('take-back').click();
    await control.getByTestId('alert-sent').getByTestId('send-false-alarm').click();
    await alertsOn(seoul).filter({ hasText: '오발령' }).first().waitFor();
    expect(problems()).toEqual([]);
  }, 180_000);
});
