import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser, openPage, signInOnPage, type Watched } from '../support/browser.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

interface InjectView {
  id: string;
  answerWithinMs: number;
  deliveries: { audience: string; state: string; dueAt: string; deadlineAt: string }[];
}

interface Report {
  injects: {
    id: string;
    deliveries: {
      audience: string;
      outcome: string;
      shownAt?: string;
      answers: { inTime: boolean; decision: string }[];
    }[];
  }[];
  shown: { audience: string; kind: string; id: string; dueAt: string }[];
}

/** Fifteen and twenty minutes to answer. */
const POSTURE = 'ask-posture';
const RESTRAINT = 'ask-restraint';

describeInBrowser('the exercise in browsers: control and three desks', () => {
  let service: TestApp;
  let browser: Browser;
  const pages: Record<string, Watched> = {};
  const page = (name: string): Page => pages[name]!.page;

  beforeAll(async () => {
    service = await startTestApp();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  const inject = (desk: string, id: string): ReturnType<Page['locator']> =>
    page(desk).locator(`[data-testid=item][data-id="${id}"]`);
  const leftMs = async (desk: string, id: string): Promise<number> =>
    Number(await inject(desk, id).getByTestId('inject-deadline').getAttribute('data-left-ms'));

  it('answers one inject in time and one late, and a pause shifts both deadlines', async () => {
    const client = await Client.signIn(service.url, 'controller');
    const { body: run } = await client.post<{ id: string }>('/runs', {
      scenario: 'notice-and-clash',
      speed: 60,
      paused: true,
    });
    const injects = async (): Promise<InjectView[]> => (await client.get<InjectView[]>(`/runs/${run.id}/injects`)).body;

    for (const name of ['controller', 'jp-cas', 'kr-jcs', 'us-indopacom']) {
      pages[name] = await openPage(browser, service.url);
      await signInOnPage(page(name), name, DEMO_PASSWORD);
      await page(name).goto(name === 'controller' ? `/control?run=${run.id}` : `/desk?run=${run.id}`);
    }
    const control = page('controller');
    // The clock stands still: "now" must not wait for it.
    for (const id of [POSTURE, RESTRAINT]) {
      await control.locator(`[data-testid=inject-row][data-inject=${id}]`).getByTestId('inject-send').click();
      for (const desk of ['jp-cas', 'kr-jcs', 'us-indopacom']) {
        await inject(desk, id).waitFor();
      }
    }

    await control.getByTestId('control-play').click();
    await eventually('time runs down at the desk', async () => (await leftMs('jp-cas', POSTURE)) < 14 * 60_000);
    await control.getByTestId('control-pause').click();
    await control.getByTestId('control-play').and(control.locator(':enabled')).waitFor();
    const pausedAt = Date.now();
    const before = { posture: 0, restraint: 0 };
    await eventually('the countdown stands still', async () => {
      const posture = await leftMs('jp-cas', POSTURE);
      const still = posture === before.posture;
      Object.assign(before, { posture, restraint: await leftMs('jp-cas', RESTRAINT) });
      return still && Date.now() - pausedAt > 3_000;
    });
    // Three seconds of wall time are three minutes of this run: had the pause not shifted the deadlines, they would show.
    expect(await leftMs('jp-cas', POSTURE)).toBe(before.posture);
    expect(await leftMs('jp-cas', RESTRAINT)).toBe(before.restraint);
    expect(before.restraint - before.posture).toBe(5 * 60_000);
    const deadlines = (await injects()).flatMap(({ deliveries }) => deliveries.map(({ deadlineAt }) => deadlineAt));

    await inject('jp-cas', POSTURE).getByTestId('inject-option').first().click();
    await inject('jp-cas', POSTURE).getByTestId('inject-answer-text').fill('警戒を強化し、三か国で情報を共有する');
    await inject('jp-cas', POSTURE).getByTestId('inject-submit').click();
    await inject('jp-cas', POSTURE).locator('[data-testid=inject-outcome][data-outcome=in-time]').waitFor();

    await control.getByTestId('control-speed').selectOption('300');
    await control.getByTestId('control-play').click();
    await inject('kr-jcs', `unanswered.${RESTRAINT}.kr`).waitFor();
    await inject('kr-jcs', RESTRAINT).getByTestId('inject-answer-text').fill('상황을 지켜보며 대응 수위를 조절함');
    await inject('kr-jcs', RESTRAINT).getByTestId('inject-submit').click();
    await inject('kr-jcs', RESTRAINT).locator('[data-testid=inject-outcome][data-outcome=late]').waitFor();

    const after = (await injects()).flatMap(({ deliveries }) => deliveries.map(({ deadlineAt }) => deadlineAt));
    expect(after).toEqual(deadlines);
    const { body: report } = await client.get<Report>(`/runs/${run.id}/report`);
    const outcome = (id: string, audience: string): string | undefined =>
      report.injects.find((each) => each.id === id)?.deliveries.find((each) => each.audience === audience)?.outcome;
    expect(outcome(POSTURE, 'jp')).toBe('answered-in-time');
    expect(outcome(RESTRAINT, 'kr')).toBe('answered-late');
    expect(outcome(RESTRAINT, 'us')).toBe('unanswered');
    // Nobody is told of another capital's answer; control is told of each.
    const told = (id: string): string[] =>
      report.shown.filter((item) => item.id.startsWith(`answer.${id}.`)).map(({ audience }) => audience);
    expect(told(POSTURE).sort()).toEqual(['control', 'jp']);
    // The missed deadline was told at its own run time, whatever the clock did in between.
    const missed = report.shown.find((item) => item.id === `unanswered.${RESTRAINT}.kr` && item.audience === 'kr');
    expect(missed?.dueAt).toBe((await injects()).find(({ id }) => id === RESTRAINT)?.deliveries[0]?.deadlineAt);

    await control.goto(`/report?run=${run.id}`);
    await control.getByTestId('report-inject').first().waitFor();
    expect(Object.fromEntries(Object.entries(pages).map(([name, { problems }]) => [name, problems]))).toEqual({
      controller: [],
      'jp-cas': [],
      'kr-jcs': [],
      'us-indopacom': [],
    });
  }, 180_000);
});
