import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { BranchView } from '../../src/core/wire/branch.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { InjectView } from '../../src/core/wire/inject.js';
import type { Report } from '../../src/core/wire/report.js';

const DAY = '2032-09-14T';
/** Ids of what hangs on the short notice, by the answer. */
const WAYS = { object: 'objection-answered', 'ask-later-start': 'later-start', none: 'notice-unanswered' };

describe('branches of an exercise', () => {
  let service: TestApp;
  let control: Client;
  let officer: Client;

  beforeAll(async () => {
    service = await startTestApp();
    control = await Client.signIn(service.url, 'controller');
    officer = await Client.signIn(service.url, 'kr-jcs');
  }, 120_000);
  afterAll(() => service?.stop());

  const start = async (): Promise<string> =>
    (await control.post<{ id: string }>('/runs', { scenario: 'notice-regime-clash', paused: true })).body.id;
  const jump = (run: string, clock: string): Promise<unknown> =>
    control.post(`/runs/${run}/clock`, { action: 'jump', to: `${DAY}${clock}+09:00` });
  const set = (run: string, body: object, inject = 'ask-short-notice'): Promise<{ status: number; body: unknown }> =>
    control.post(`/runs/${run}/injects/${inject}/branch`, body);
  const branchOf = async (run: string, inject = 'ask-short-notice'): Promise<BranchView | undefined> =>
    (await control.get<InjectView[]>(`/runs/${run}/injects`)).body.find(({ id }) => id === inject)?.branches[0];
  const items = async (run: string, audience: string, by = control): Promise<FeedItem[]> =>
    (await by.get<{ items: FeedItem[] }>(`/runs/${run}/feeds/${audience}/items?limit=500`)).body.items;
  const told = async (run: string, item: string): Promise<void> => {
    await eventually(
      `${item} is told`,
      async () => (await items(run, 'control')).some(({ id }) => id === item),
      30_000,
    );
  };

  it('tells what follows on no answer, and after a jump back on what control has set', async () => {
    const run = await start();
    expect(await branchOf(run)).toMatchObject({ by: 'kr', canSet: true });
    await jump(run, '08:15:00');
    await told(run, 'ask-short-notice');
    await jump(run, '08:33:00');
    await told(run, WAYS.none);
    expect(await branchOf(run)).toMatchObject({ answer: 'none', decidedBy: 'desk', canSet: false });
    expect(await set(run, { answer: 'object' })).toMatchObject({ status: 409, body: { code: 'BRANCH_DUE' } });

    await jump(run, '08:20:00');
    expect(await set(run, { answer: 'elsewhere' })).toMatchObject({ status: 422, body: { code: 'OPTION_UNKNOWN' } });
    expect(await set(run, { answer: 'object', by: 'jp' })).toMatchObject({ body: { code: 'BRANCH_UNKNOWN' } });
    expect(await set(run, { answer: 'object' })).toMatchObject({ status: 200 });
    expect(await set(run, { answer: 'object' })).toMatchObject({ status: 200 });
    await jump(run, '08:33:00');
    await told(run, WAYS.object);
    expect(await branchOf(run)).toMatchObject({
      answer: 'object',
      decidedBy: 'control',
      ways: [
        { answer: 'none', state: 'not-taken' },
        { answer: 'object', state: 'taken' },
        { answer: 'ask-later-start', state: 'not-taken' },
      ],
    });
    const { body: report } = await control.get<Report>(`/runs/${run}/report`);
    expect(report.branches.find(({ inject }) => inject === 'ask-short-notice')).toMatchObject({ answer: 'object' });
    expect((await items(run, 'control')).map(({ id }) => id)).not.toContain(WAYS.none);

    // Before it was set: what was set is taken back with it.
    await jump(run, '08:16:00');
    await jump(run, '08:33:00');
    await told(run, WAYS.none);
  }, 120_000);

  it('tells a desk what follows on its answer, and on no channel anything of the other ways', async () => {
    const run = await start();
    await jump(run, '08:15:00');
    await told(run, 'ask-short-notice');
    const desk = await DeskSocket.open(service.url, { token: officer.token, run, desk: 'kr-jcs' });
    const body = { decision: '개시를 늦춰 달라고 요청함', option: 'ask-later-start' };
    expect(await desk.send('respond', { inject: 'ask-short-notice', body, key: 'answer' })).toMatchObject({ ok: true });
    await jump(run, '09:10:00');
    await told(run, WAYS['ask-later-start']);
    // The jump puts the question at 09:10, so that what hangs on it waits until its fifteen minutes are over.
    expect((await items(run, 'control')).map(({ id }) => id)).not.toContain('drill-undecided');
    await jump(run, '09:26:00');
    await told(run, 'drill-undecided');
    await desk.item('what follows on silence', ({ id }) => id === 'drill-undecided');
    const untold = [
      WAYS.object,
      WAYS.none,
      'drill-postponed',
      'own-drill-held',
      'ask-drill-limit',
      'ask-call-followup',
    ];
    const seen = await items(run, 'kr', officer);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    const paths = ['items?limit=500', 'snapshot', 'head', 'atom'].map((path) => `/runs/${run}/feeds/kr/${path}`);
    const texts = await Promise.all(
      [...paths, `/runs/${run}`, '/scenarios'].map(async (path) => (await officer.raw('GET', path)).text()),
    );
    desk.close();
    for (const text of [...texts, JSON.stringify([desk.items, desk.ticks, desk.clocks, desk.obligations])]) {
      expect(untold.filter((id) => text.includes(id))).toEqual([]);
      expect(text).not.toContain('branch');
    }
    for (const path of [`/runs/${run}/injects`, `/runs/${run}/report`, `/scenarios/notice-regime-clash`]) {
      expect(await officer.get(path)).toMatchObject({ status: 403 });
    }
  }, 120_000);
});
