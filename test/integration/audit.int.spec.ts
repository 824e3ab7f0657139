import { ROUTE_ACCESS } from '../../src/platform/http/access-table.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { ALERT, ANNOUNCEMENT, REQUESTS, worldOf, type World } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

interface Entry {
  who: string;
  role: string;
  action: string;
  run_id: string | null;
}

const PREFIX = '/api/v1';

/**
 * What an accepted request of each route leaves on record. A check judges and a look tells: they change nothing, so they
 * leave nothing.
 */
const RECORDED: Record<string, Omit<Entry, 'run_id'> & { run?: 'test' | 'actual' | 'world' | 'path' | 'new' } | 'nothing'> = {
  'POST /auth/token': { who: 'jp-mod', role: 'sign-in', action: 'session.started' },
  'POST /auth/refresh': { who: 'jp-mod', role: 'sign-in', action: 'session.renewed' },
  'POST /auth/sign-out': { who: 'jp-mod', role: 'sign-in', action: 'session.ended' },
  'POST /auth/join': { who: 'player Sato', role: 'sign-in', action: 'player.joined', run: 'world' },
  'POST /runs/:run/join-codes': { who: 'controller', role: 'controller', action: 'join-codes.made', run: 'world' },
  'POST /runs/:run/join-codes/:code/revoke': { who: 'controller', role: 'controller', action: 'join-code.revoked', run: 'world' },
  'POST /keys': { who: 'administrator', role: 'administrator', action: 'key.made' },
  'POST /keys/:key/revoke': { who: 'administrator', role: 'administrator', action: 'key.revoked' },
  'POST /demo/replay': { who: 'demo', role: 'controller', action: 'run.started', run: 'new' },
  'POST /runs': { who: 'controller', role: 'controller', action: 'run.started', run: 'new' },
  'POST /runs/:run/clock': { who: 'controller', role: 'controller', action: 'clock.speed', run: 'world' },
  'POST /runs/:run/injects/:inject/branch': { who: 'controller', role: 'controller', action: 'branch.set', run: 'path' },
  'POST /runs/:run/injects/:inject/send': { who: 'controller', role: 'controller', action: 'inject.sent', run: 'world' },
  'POST /alerts': { who: 'controller', role: 'controller', action: 'alert.issued', run: 'test' },
  'POST /alerts/cap': { who: 'controller', role: 'controller', action: 'alert.imported', run: 'test' },
  'POST /cap/validate': 'nothing',
  'POST /alerts/:id/update': { who: 'controller', role: 'controller', action: 'alert.updated', run: 'test' },
  'POST /alerts/:id/cancel': { who: 'controller', role: 'controller', action: 'alert.cancelled', run: 'test' },
  'PUT /alerts/drafts/:id': { who: 'jp-cas-drafter', role: 'drafter', action: 'alert.draft-revised', run: 'actual' },
  'POST /alerts/:id/approve': { who: 'jp-cas-approver', role: 'approver', action: 'alert.approved', run: 'actual' },
  'POST /alerts/:id/reject': { who: 'jp-cas-approver', role: 'approver', action: 'alert.rejected', run: 'actual' },
  'POST /alerts/:id/withdraw': { who: 'jp-cas-drafter', role: 'drafter', action: 'alert.withdrawn', run: 'actual' },
  'POST /sources': { who: 'administrator', role: 'administrator', action: 'source.proposed' },
  'POST /sources/:id/approve': { who: 'administrator', role: 'administrator', action: 'source.approved' },
  'POST /sources/:id/suspend': { who: 'controller', role: 'controller', action: 'source.suspended' },
  'POST /webhooks': { who: 'controller', role: 'controller', action: 'webhook.registered', run: 'world' },
  'POST /webhooks/:id/rotate': { who: 'controller', role: 'controller', action: 'webhook.rotated', run: 'world' },
  'POST /webhooks/:id/disable': { who: 'controller', role: 'controller', action: 'webhook.disabled', run: 'world' },
  'POST /webhooks/:id/resend': { who: 'controller', role: 'controller', action: 'webhook.resent', run: 'world' },
  'POST /announcements': { who: 'controller', role: 'controller', action: 'announcement.made', run: 'test' },
  'POST /announcements/:id/amend': { who: 'controller', role: 'controller', action: 'announcement.amended', run: 'test' },
  'POST /announcements/:id/cancel': { who: 'controller', role: 'controller', action: 'announcement.cancelled', run: 'test' },
  'POST /announcements/:id/report': { who: 'controller', role: 'controller', action: 'announcement.reported', run: 'test' },
  'POST /announcements/:id/release': { who: 'controller', role: 'controller', action: 'announcement.released', run: 'test' },
  'POST /announcements/:id/check': 'nothing',
  'POST /declarations': { who: 'controller', role: 'controller', action: 'declaration.stated', run: 'test' },
  'POST /declarations/:id/withdraw': { who: 'controller', role: 'controller', action: 'declaration.withdrawn', run: 'test' },
  'POST /notices/check': 'nothing',
  'POST /thresholds/check': 'nothing',
}; // prettier-ignore

describe('the record', () => {
  let service: TestApp;
  let world: World;
  const people = new Map<string, Client>();
  const of = (name: string): Client => people.get(name) ?? world.controller;

  beforeAll(async () => {
    service = await startTestApp({ allowActual: true });
    for (const name of [
      'controller',
      'administrator',
      'administrator-2',
      'jp-cas',
      'jp-cas-drafter',
      'jp-cas-approver',
    ]) {
      people.set(name, await Client.signIn(service.url, name));
    }
    world = await worldOf(
      of('controller'),
      of('jp-cas'),
      [of('administrator'), of('administrator-2')],
      of('jp-cas-drafter'),
    );
  });
  afterAll(() => service.stop());

  /** What `work` adds to the record. */
  async function recorded<T>(work: () => Promise<T>): Promise<{ result: T; entries: Entry[] }> {
    const [before] = await queryAsAdmin<{ id: string }>(
      service.database,
      'SELECT coalesce(max(id), 0) AS id FROM audit',
    );
    const result = await work();
    const entries = await queryAsAdmin<Entry>(
      service.database,
      'SELECT who, role, action, run_id FROM audit WHERE id > $1 ORDER BY id',
      [before?.id],
    );
    return { result, entries };
  }

  it('has a line here for every command of the API', () => {
    const commands = Object.keys(ROUTE_ACCESS).filter((route) => !route.startsWith('GET '));
    expect(Object.keys(RECORDED).sort()).toEqual(commands.map((route) => route.replace(PREFIX, '')).sort());
  });

  it.each(Object.entries(RECORDED))('holds %s once when it is accepted', async (route, entry) => {
    const call = await REQUESTS[route]?.(world);
    const { result, entries } = await recorded(() => {
      const [method = ''] = route.split(' ');
      const by = call?.by ?? of(entry === 'nothing' ? 'controller' : entry.who);
      return by.send(method, call?.path ?? '', call?.body);
    });
    expect(result.status).toBe(call?.status);
    if (entry === 'nothing') {
      expect(entries).toEqual([]);
      return;
    }
    const { run, ...who } = entry;
    const created =
      (result.body as { id?: string; run?: { id?: string } } | undefined)?.run?.id ??
      (result.body as { id?: string } | undefined)?.id;
    const named = /^\/runs\/([^/]+)/.exec(call?.path ?? '')?.[1];
    const id = { test: 'test', actual: 'actual', world: world.run, path: named, new: created, none: null }[
      run ?? 'none'
    ];
    expect(entries).toEqual([{ ...who, run_id: id }]);
  });

  it.each<[string, number, () => Promise<{ status: number }>]>([
    ['a wrong password', 401, () => world.officer.post('/auth/token', { username: 'jp-mod', password: 'wrong' })],
    ['a wrong join code', 401, () => world.officer.post('/auth/join', { code: '0000-0000', name: 'x' })],
    ['a key without a desk', 422, () => world.administrator.post('/keys', { name: 'x', desk: 'none', scopes: ['feeds:read'], days: 1 })],
    ['a key that is not there', 404, () => world.administrator.post('/keys/none/revoke')],
    ['codes for the watch', 409, () => world.controller.post('/runs/live/join-codes', { desk: 'jp-cas' })],
    ['an unknown refresh token', 401, () => world.officer.post('/auth/refresh', { refreshToken: 'none' })],
    ['a run that the role may not start', 403, () => world.officer.post('/runs', { scenario: 'notice-and-clash' })],
    ['a run of no scenario', 404, () => world.controller.post('/runs', { scenario: 'no-such' })],
    ['a run of no chapter', 422, () => world.controller.post('/runs', { scenario: 'notice-and-clash', chapter: 'no-such' })],
    ['a clock that the role may not move', 403, () => world.officer.post(`/runs/${world.run}/clock`, { action: 'play' })],
    ['a clock that cannot be moved', 409, () => world.controller.post('/runs/live/clock', { action: 'pause' })],
    ['a speed out of range', 422, () => world.controller.post(`/runs/${world.run}/clock`, { action: 'speed', speed: 0 })],
    ['an inject that is not there', 404, () => world.controller.post(`/runs/${world.run}/injects/none/send`)],
    ['an alert out of form', 422, () => world.officer.post('/alerts?run=test', { ...ALERT, severity: 'Terrible' })],
    ['an alert of the wrong status', 422, () => world.officer.post('/alerts?run=test', { ...ALERT, status: 'Actual' })],
    ['an alert to no run', 404, () => world.officer.post('/alerts?run=none', ALERT)],
    ['an update of no alert', 404, () => world.officer.post('/alerts/none/update?run=test', ALERT)],
    ['a cancel of no alert', 404, () => world.officer.post('/alerts/none/cancel?run=test')],
    ['a notice of another party', 403, () => world.officer.post('/announcements?run=test', { ...ANNOUNCEMENT, by: 'KR' })],
    ['a notice without a party', 422, () => world.controller.post('/announcements?run=test', ANNOUNCEMENT)],
    ['a notice whose window is reversed', 422, () => world.officer.post('/announcements?run=test', { ...ANNOUNCEMENT, windowEnd: ANNOUNCEMENT.windowStart })],
    ['a look at what a jump would do', 200, () => world.controller.post(`/runs/${world.run}/clock`, { action: 'jump', to: '2031-05-20T10:00:00+09:00', preview: true })],
  ])('holds nothing of %s', async (_, status, request) => {
    const { result, entries } = await recorded(request);
    expect(result.status).toBe(status);
    expect(entries).toEqual([]);
  }); // prettier-ignore

  it('holds a command once that comes twice with the same key', async () => {
    const send = (): Promise<{ status: number }> =>
      world.officer.post('/alerts?run=test', ALERT, { 'idempotency-key': 'once' });
    expect((await recorded(send)).entries).toHaveLength(1);
    expect((await recorded(send)).entries).toEqual([]);
  });

  it('names who acknowledged and who answered, and nothing of what was refused or said before', async () => {
    const { body: alert } = await world.officer.post<{ id: string }>('/alerts?run=test', ALERT);
    const socket = await DeskSocket.open(service.url, { token: world.officer.token, run: 'test', desk: 'jp-cas' });
    await socket.item('the alert', ({ id }) => id === alert.id);
    const shown = { kind: 'alert', id: alert.id, version: 1 };

    const first = await recorded(() => socket.send('acknowledge', { ...shown, key: 'ack-1' }));
    expect(first.result.ok).toBe(true);
    expect(first.entries).toEqual([{ who: 'jp-cas', role: 'officer', action: 'item.acknowledged', run_id: 'test' }]);
    const again = await recorded(() => socket.send('acknowledge', { ...shown, key: 'ack-1' }));
    expect(again.result.ok).toBe(true);
    expect(again.entries).toEqual([]);
    const none = await recorded(() => socket.send('acknowledge', { ...shown, version: 2, key: 'ack-2' }));
    expect(none.result).toMatchObject({ ok: false, code: 'ITEM_NOT_SHOWN' });
    expect(none.entries).toEqual([]);
    const unknown = await recorded(() => socket.send('respond', { inject: 'none', body: { decision: 'x' }, key: 'r' }));
    expect(unknown.result).toMatchObject({ ok: false, code: 'INJECT_NOT_FOUND' });
    expect(unknown.entries).toEqual([]);
    socket.close();
  });
});
