import type { ObligationView } from '../../src/core/wire/obligation.js';
import type { FeedSnapshot } from '../../src/core/wire/feed.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

interface Issued {
  id: string;
  version: number;
}

/** Extreme and immediate: 10 s to display, 60 s to acknowledge. */
const DISPLAY_MS = 10_000;
const MINUTE = 60_000;

const ms = (instant: string | undefined): number => Date.parse(instant ?? '');

describe('duties of desks', () => {
  let service: TestApp;
  let run: SteeredRun;
  const sockets: DeskSocket[] = [];

  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(async () => {
    await service.stop();
  });
  beforeEach(async () => {
    run = await SteeredRun.start(service, SCENARIO);
  });
  afterEach(() => {
    sockets.splice(0).forEach((socket) => socket.close());
  });

  async function open(desk: string, id = run.id, username = desk): Promise<DeskSocket> {
    const { token } = desk === 'control' ? run.control : await Client.signIn(service.url, username);
    const socket = await DeskSocket.open(service.url, { token, run: id, desk });
    sockets.push(socket);
    await eventually('the console is up to date', () => socket.ticks.length > 0);
    return socket;
  }

  const issue = async (id = run.id, body: object = ALERT): Promise<Issued> =>
    (await run.control.post<Issued>(`/alerts?run=${id}`, body)).body;

  /** The newest that a console was told of a desk's duty. */
  const duty = (socket: DeskSocket, { id, version }: Issued, desk: string): ObligationView | undefined =>
    socket.obligations.findLast((each) => each.id === id && each.version === version && each.desk === desk);
  const dutyIs = (socket: DeskSocket, item: Issued, desk: string, state: string): Promise<ObligationView> =>
    eventually(`${desk} owes ${item.id}: ${state}`, () => {
      const found = duty(socket, item, desk);
      return found?.state === state && found;
    });

  const acknowledge = (socket: DeskSocket, item: Issued, key: string, note?: string): ReturnType<DeskSocket['send']> =>
    socket.send('acknowledge', { kind: 'alert', ...ref(item), key, ...(note === undefined ? {} : { note }) });
  const ref = ({ id, version }: Issued): Issued => ({ id, version });

  const snapshot = async (audience: string, id = run.id, by = run.control): Promise<FeedSnapshot> =>
    (await by.get<FeedSnapshot>(`/runs/${id}/feeds/${audience}/snapshot`)).body;

  /** Until every deadline that there was has passed or has been met. */
  async function noDutyLeft(): Promise<void> {
    await eventually('no duty row is pending', async () => {
      const [row] = await queryAsAdmin<{ open: number }>(
        service.database,
        `SELECT count(*)::int AS open FROM due_rows WHERE run_id = $1 AND step = 'duty' AND state = 'pending'`,
        [run.id],
      );
      return row?.open === 0;
    });
  }

  it('go from the first desk to the second and to control, each at its time of the run', async () => {
    const [first, second, control] = [await open('jp-cas'), await open('jp-mod'), await open('control')];
    const alert = await issue();
    const asked = await dutyIs(first, alert, 'jp-cas', 'open');
    expect(asked).toMatchObject({ audience: 'jp', rank: 1, kind: 'alert', epoch: 1 });
    expect(ms(asked.displayBy) - ms(asked.openedAt)).toBe(DISPLAY_MS);
    expect(ms(asked.acknowledgeBy) - ms(asked.openedAt)).toBe(MINUTE);

    await run.clock({ action: 'play' });
    expect(await dutyIs(second, alert, 'jp-cas', 'lapsed')).toMatchObject({ reason: 'NOT_DISPLAYED' });
    const escalated = await eventually('the second desk is asked', () => duty(second, alert, 'jp-mod'));
    expect(escalated).toMatchObject({ rank: 2, openedAt: asked.displayBy });
    const told = await control.item('control is told', ({ id }) => id === `duty.${alert.id}.1.jp`);
    await run.clock({ action: 'pause' });

    expect(told).toMatchObject({ kind: 'message', version: 1 });
    expect(ms(told.body.known.at) - ms(asked.openedAt)).toBe(2 * DISPLAY_MS);
    expect(told.body.texts['ja-JP']?.headline).toBe('【訓練】受領確認なし：日本の全当直席が期限超過【訓練】');
    expect(told.body.texts['ko-KR']?.description).toContain('방위성 당직 (화면 미표시)');
    // Only its own audience and control learn of it.
    expect(first.obligations.every(({ audience }) => audience === 'jp')).toBe(true);
    expect(new Set(control.obligations.map(({ audience }) => audience))).toEqual(new Set(['jp', 'kr', 'us']));
  });

  it('wait for the acknowledgement of a desk that has the item on its screen', async () => {
    const [first, control] = [await open('jp-cas'), await open('control')];
    const alert = await issue();
    await first.item('the alert', ({ id }) => id === alert.id);
    expect(await first.send('displayed', { kind: 'alert', ...ref(alert) })).toEqual({ ok: true });
    await run.clock({ action: 'play' });
    expect(await dutyIs(control, alert, 'jp-cas', 'lapsed')).toMatchObject({ reason: 'NOT_ACKNOWLEDGED' });
    expect(duty(control, alert, 'kr-jcs')).toMatchObject({ state: 'lapsed', reason: 'NOT_DISPLAYED' });
  });

  it('are met by an acknowledgement, which everybody of the audience and control are told', async () => {
    const [first, second, other, control] = [
      await open('jp-cas'),
      await open('jp-mod'),
      await open('kr-jcs'),
      await open('control'),
    ];
    const alert = await issue();
    await dutyIs(first, alert, 'jp-cas', 'open');
    expect(await acknowledge(first, alert, 'a key', '確認した')).toEqual({ ok: true });
    await dutyIs(first, alert, 'jp-cas', 'met');
    await dutyIs(control, alert, 'jp-cas', 'met');
    for (const told of [second, control]) {
      const receipt = await eventually('the acknowledgement is told', () => told.receipts[0]);
      expect(receipt).toMatchObject({ ...ref(alert), level: 'acknowledged', desk: 'jp-cas', note: '確認した' });
    }
    await run.clock({ action: 'play' });
    await control.item('control is told of Korea', ({ id }) => id === `duty.${alert.id}.1.kr`);
    await noDutyLeft();
    const items = await run.feed('control');
    expect(items.some(({ id }) => id === `duty.${alert.id}.1.jp`)).toBe(false);
    expect(duty(control, alert, 'jp-mod')).toBeUndefined();
    // As it was: the other capitals learn nothing of it.
    expect(other.receipts).toEqual([]);
    expect((await snapshot('kr', run.id, await Client.signIn(service.url, 'kr-jcs'))).acknowledged).toEqual([]);
  });

  it('end for a desk that was asked second when the first acknowledges late', async () => {
    const [first, second] = [await open('jp-cas'), await open('jp-mod')];
    const alert = await issue();
    await second.item('the alert', ({ id }) => id === alert.id);
    await second.send('displayed', { kind: 'alert', ...ref(alert) });
    await run.clock({ action: 'play' });
    await dutyIs(second, alert, 'jp-mod', 'open');
    await run.clock({ action: 'pause' });
    await acknowledge(first, alert, 'late');
    expect(await dutyIs(second, alert, 'jp-mod', 'closed')).toMatchObject({ reason: 'ACKNOWLEDGED_BY_OTHER' });
    expect((await snapshot('jp')).obligations).toEqual([]);
    const { obligations } = await run.report();
    expect(obligations.filter(({ audience }) => audience === 'jp').map(({ desk, outcome }) => [desk, outcome])).toEqual(
      [
        ['jp-cas', 'met-late'],
        ['jp-mod', 'closed'],
      ],
    );
  });

  it('are opened anew by an update and closed by a cancel (pitfall 25)', async () => {
    const first = await open('jp-cas');
    const alert = await issue();
    await dutyIs(first, alert, 'jp-cas', 'open');
    await acknowledge(first, alert, 'of version 1');
    const update = (await run.control.post<Issued>(`/alerts/${alert.id}/update?run=${run.id}`, ALERT)).body;
    await dutyIs(first, update, 'jp-cas', 'open');
    await dutyIs(first, alert, 'jp-cas', 'met');
    const closed = (await run.report()).obligations.filter(({ id, version }) => id === alert.id && version === 1);
    expect(closed.map(({ desk, outcome, reason }) => [desk, outcome, reason])).toEqual([
      ['jp-cas', 'met-in-time', undefined],
      ['kr-jcs', 'closed', 'UPDATED'],
      ['us-indopacom', 'closed', 'UPDATED'],
    ]);
    const cancel = (await run.control.post<Issued>(`/alerts/${alert.id}/cancel?run=${run.id}`, {})).body;
    expect(await dutyIs(first, update, 'jp-cas', 'closed')).toMatchObject({ reason: 'CANCELLED' });
    await run.clock({ action: 'play' });
    await noDutyLeft();
    expect((await run.feed('control')).filter(({ id }) => id.startsWith(`duty.${alert.id}.`))).toEqual([]);
    expect(duty(first, cancel, 'jp-cas')).toBeUndefined();
  });

  it('are not late for a pause', async () => {
    const first = await open('jp-cas');
    const alert = await issue();
    const asked = await dutyIs(first, alert, 'jp-cas', 'open');
    await run.clock({ action: 'speed', speed: 10 });
    await run.clock({ action: 'play' });
    await run.clock({ action: 'pause' });
    const { clock } = await run.clock({ action: 'speed', speed: 60 });
    expect(ms(clock.runAt)).toBeLessThan(ms(asked.displayBy));
    // More wall time than the deadline would have taken at any of these speeds.
    await eventually('a tick well after the deadline', () => {
      const tick = first.ticks.at(-1);
      return tick !== undefined && ms(tick.at) - ms(clock.realAt) > 1_500;
    });
    expect(duty(first, alert, 'jp-cas')).toEqual(asked);
    await run.clock({ action: 'play' });
    await dutyIs(first, alert, 'jp-cas', 'lapsed');
    expect((await eventually('the second is asked', () => duty(first, alert, 'jp-mod'))).openedAt).toBe(
      asked.displayBy,
    );
  });

  it('are cancelled by a jump over their deadline, and belong to their epoch', async () => {
    const alert = await issue();
    await eventually('the duty is open', async () => (await snapshot('jp')).obligations.length === 1);
    const { cancelled } = await run.jump('2031-05-20T09:30:00+09:00', 'skip');
    expect(cancelled.filter(({ step, id }) => step === 'duty' && id === alert.id)).toHaveLength(3);
    expect((await snapshot('jp')).obligations).toEqual([]);
    const of = async (): Promise<unknown[]> =>
      (await run.report()).obligations.filter(({ id, desk }) => id === alert.id && desk === 'jp-cas');
    expect(await of()).toEqual([expect.objectContaining({ outcome: 'closed', reason: 'JUMPED_OVER', epoch: 1 })]);
    await run.jump('2031-05-20T09:05:00+09:00');
    // Told again in the new epoch, and asked from where the jump went.
    expect(await of()).toEqual([
      expect.objectContaining({ outcome: 'open', epoch: 2, openedAt: '2031-05-20T00:05:00.000Z' }),
    ]);
  });

  it('are told on joining', async () => {
    const alert = await issue();
    await eventually('the duty is open', async () => (await snapshot('jp')).obligations.length === 1);
    const late = await open('jp-mod');
    expect(await dutyIs(late, alert, 'jp-cas', 'open')).toMatchObject({ rank: 1 });
    const control = await open('control');
    await dutyIs(control, alert, 'us-indopacom', 'open');
    expect(late.receipts).toEqual([]);
  });

  it('are listed after they lapsed too, until somebody acknowledges or a newer version comes', async () => {
    const [first, control] = [await open('jp-cas'), await open('control')];
    const alert = await issue();
    await run.clock({ action: 'play' });
    for (const party of ['jp', 'kr', 'us']) {
      await control.item('control is told', ({ id }) => id === `duty.${alert.id}.1.${party}`);
    }
    await run.clock({ action: 'pause' });
    const lapsed = async (audience: string): Promise<string[]> =>
      (await snapshot(audience)).obligations
        .filter(({ id, version, state }) => id === alert.id && version === alert.version && state === 'lapsed')
        .map(({ desk }) => desk);
    expect(await lapsed('jp')).toEqual(['jp-cas', 'jp-mod']);
    expect(await lapsed('control')).toEqual(expect.arrayContaining(['jp-cas', 'jp-mod', 'kr-jcs', 'us-indopacom']));

    // Consoles that come only now, as after a reload.
    const [second, anew] = [await open('jp-mod'), await open('control')];
    expect(await dutyIs(second, alert, 'jp-cas', 'lapsed')).toMatchObject({ reason: 'NOT_DISPLAYED' });
    await dutyIs(anew, alert, 'jp-mod', 'lapsed');
    await dutyIs(anew, alert, 'kr-jcs', 'lapsed');

    await acknowledge(first, alert, 'late');
    expect(await lapsed('jp')).toEqual([]);
    expect(await lapsed('control')).toEqual(expect.not.arrayContaining(['jp-cas']));
    expect(await lapsed('kr')).toContain('kr-jcs');
    const update = (await run.control.post<Issued>(`/alerts/${alert.id}/update?run=${run.id}`, ALERT)).body;
    await dutyIs(control, update, 'kr-jcs', 'open');
    expect(await lapsed('control')).toEqual([]);
  });

  it('are there for nobody in a replay', async () => {
    const replay = await SteeredRun.start(service, 'yeonpyeong-2010');
    const alert = await issue(replay.id);
    await eventually('the alert is told', async () => (await replay.feed('jp')).some(({ id }) => id === alert.id));
    const rows = await queryAsAdmin(service.database, 'SELECT FROM obligations WHERE run_id = $1', [replay.id]);
    expect(rows).toEqual([]);
  });
});

describe('receipts', () => {
  let service: TestApp;
  let control: Client;
  const sockets: DeskSocket[] = [];

  beforeAll(async () => {
    service = await startTestApp();
    control = await Client.signIn(service.url, 'controller');
  });
  afterAll(async () => {
    sockets.forEach((socket) => socket.close());
    await service.stop();
  });

  async function open(run: string, desk: string, username = desk): Promise<DeskSocket> {
    const { token } = await Client.signIn(service.url, username);
    const socket = await DeskSocket.open(service.url, { token, run, desk });
    sockets.push(socket);
    return socket;
  }
  const start = async (arrangement: string): Promise<string> =>
    (await control.post<{ id: string }>('/runs', { scenario: SCENARIO, paused: true, arrangement })).body.id;
  const alertIn = async (run: string, desk: DeskSocket): Promise<{ kind: 'alert'; id: string; version: number }> => {
    const { id, version } = (await control.post<Issued>(`/alerts?run=${run}`, ALERT)).body;
    await desk.item('the alert', (item) => item.id === id);
    return { kind: 'alert', id, version };
  };

  it('are seen by the other parties where the arrangement shares them, without the note', async () => {
    const run = await start('shared-receipts');
    const [jp, kr] = [await open(run, 'jp-cas'), await open(run, 'kr-jcs')];
    await eventually('the desk follows receipts', () => kr.followsReceipts);
    const item = await alertIn(run, jp);
    await jp.send('displayed', item);
    await jp.send('acknowledge', { ...item, key: 'once', note: '内部の注記' });
    await eventually('both receipts are told', () => kr.receipts.length === 2);
    expect(kr.receipts).toEqual([
      expect.objectContaining({ ...item, level: 'displayed', desk: 'jp-cas', audience: 'jp' }),
      expect.objectContaining({ ...item, level: 'acknowledged', desk: 'jp-cas', audience: 'jp' }),
    ]);
    expect(JSON.stringify(kr.receipts)).not.toContain('内部の注記');
    const { body } = await (
      await Client.signIn(service.url, 'kr-jcs')
    ).get<FeedSnapshot>(`/runs/${run}/feeds/kr/snapshot`);
    expect(body.acknowledged).toEqual([expect.objectContaining({ ...item, desk: 'jp-cas', audience: 'jp' })]);
    expect(JSON.stringify(body.acknowledged)).not.toContain('内部の注記');
    // The duties of another party stay its own.
    expect(kr.obligations.every(({ audience }) => audience === 'kr')).toBe(true);
  });

  it('of many consoles are stored together, and one that is not right fails alone', async () => {
    const run = await start('as-it-was');
    const jp = await open(run, 'jp-cas');
    const items = [await alertIn(run, jp), await alertIn(run, jp), await alertIn(run, jp)];
    const head = jp.items.at(-1)!.seq;
    const answers = await Promise.all([
      ...items.flatMap((item) => [jp.send('displayed', item), jp.send('displayed', item)]),
      jp.send('displayed', { kind: 'alert', id: 'never-shown', version: 1 }),
      jp.send('displayed', { kind: 'alert', id: 'not\u0000storable', version: 1 }),
      jp.send('received', { epoch: 1, seq: head }),
      jp.send('received', { epoch: 1, seq: head - 1 }),
      jp.send('received', { epoch: 1, seq: head + 1_000 }),
    ]);
    expect(answers.map(({ ok, code }) => code ?? ok)).toEqual([
      ...Array.from({ length: 6 }, () => true),
      'ITEM_NOT_SHOWN',
      'UNSTORABLE_VALUE',
      true,
      true,
      'CURSOR_UNKNOWN',
    ]);
    const [received] = await queryAsAdmin<{ seq: number }>(
      service.database,
      'SELECT seq::int FROM received WHERE run_id = $1',
      [run],
    );
    expect(received?.seq).toBe(head);
    const displays = await queryAsAdmin(service.database, 'SELECT FROM displays WHERE run_id = $1', [run]);
    expect(displays).toHaveLength(3);
  });

  it('of two persons at one desk are both kept, and one that is sent again is kept once', async () => {
    const second = { username: 'second', displayName: 'Second Officer', role: 'officer', desk: 'jp-cas' } as const;
    await service.app.get(SignInService).saveAccounts([{ ...second, password: DEMO_PASSWORD }]);
    const run = await start('as-it-was');
    const jp = await open(run, 'jp-cas');
    const item = await alertIn(run, jp);
    const colleague = await open(run, 'jp-cas', 'second');
    expect(await jp.send('acknowledge', { ...item, key: 'first' })).toEqual({ ok: true });
    expect(await jp.send('acknowledge', { ...item, key: 'first' })).toEqual({ ok: true });
    expect(await colleague.send('acknowledge', { ...item, key: 'second' })).toEqual({ ok: true });
    const other = await alertIn(run, jp);
    expect(await jp.send('acknowledge', { ...other, key: 'first' })).toMatchObject({ ok: false, code: 'KEY_REUSED' });
    const { body } = await control.get<FeedSnapshot>(`/runs/${run}/feeds/jp/snapshot`);
    expect(body.acknowledged.map(({ person, desk }) => [person, desk])).toEqual([
      [expect.any(String), 'jp-cas'],
      ['Second Officer', 'jp-cas'],
    ]);
  });
});
