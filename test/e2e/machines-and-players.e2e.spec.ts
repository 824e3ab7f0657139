import type { JoinCodeView, Joined, KeyView, MadeKey, Me, Scope, TokenPair } from '../../src/core/wire/session.js';
import { ROUTE_ACCESS, ROUTE_SCOPES, RUN_IN_QUERY } from '../../src/platform/http/access-table.js';
import { Client, type Answer } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, ANNOUNCEMENT, MEMORIAL, capMessage, startPaused } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

/** Two nodes on one database: what one ends must be over on the other. */
let service: TestApp;
let other: TestApp;

beforeAll(async () => {
  service = await startTestApp();
  other = await startTestApp({ database: service.database, work: false });
});
afterAll(async () => {
  await other.stop();
  await service.stop();
});

/** What follows on an announcement. */
const FOLLOWING: [string, object][] = [
  ['amend', ANNOUNCEMENT],
  ['cancel', {}],
  ['report', { occurredAt: '2024-01-01T00:00:00Z', outcome: 'as-announced' }],
  ['release', { declared: 'ceremony over' }],
];

const refusal = async (url: string, auth: { token: string; run: string; desk: string }): Promise<string | undefined> =>
  DeskSocket.open(url, auth).then(
    (socket) => (socket.close(), undefined),
    (error: unknown) => (error as { data?: { code?: string } }).data?.code,
  );
/** The status with which a stream begins; it is left at once. */
async function streamStatus(url: string, token: string, run: string, audience: string): Promise<number> {
  const stop = new AbortController();
  const { status } = await fetch(`${url}/api/v1/runs/${run}/feeds/${audience}/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  stop.abort();
  return status;
}

describe('a key', () => {
  let administrator: Client;

  beforeAll(async () => {
    administrator = await Client.signIn(service.url, 'administrator');
  });

  const make = async (...scopes: Scope[]): Promise<MadeKey> =>
    (await administrator.post<MadeKey>('/keys', { name: 'siren', desk: 'jp-cas', scopes, days: 30 })).body;
  const by = (key: MadeKey, url = service.url): Client => Client.withToken(url, key.key);

  it('is told once and kept as a hash', async () => {
    const key = await make('feeds:read');
    expect(key.key).toMatch(/^twk_[\w-]{43}$/);
    expect(key.key.startsWith(key.prefix)).toBe(true);
    const { body } = await administrator.get<KeyView[]>('/keys');
    expect(body.find(({ id }) => id === key.id)).toMatchObject({ name: 'siren', desk: 'jp-cas', prefix: key.prefix });
    const stored = await queryAsAdmin(service.database, 'SELECT api_keys::text, (SELECT string_agg(audit::text, \' \') FROM audit) FROM api_keys'); // prettier-ignore
    expect(JSON.stringify([body, stored])).not.toContain(key.key);
  });

  it('names a scope for no route that is not there', () => {
    expect(Object.keys(ROUTE_SCOPES).filter((route) => !(route in ROUTE_ACCESS))).toEqual([]);
  });

  it.each<[Scope, string, string, object | undefined, number]>([
    ['alerts:send', 'POST', '/alerts', ALERT, 201],
    ['announcements:send', 'POST', '/announcements', ANNOUNCEMENT, 201],
    ['feeds:read', 'GET', '/runs/live', undefined, 200],
    ['feeds:read', 'GET', '/runs/live/feeds/jp/items', undefined, 200],
    ['feeds:read', 'GET', '/runs/live/feeds/jp/snapshot', undefined, 200],
    ['feeds:read', 'GET', '/runs/live/feeds/jp/head', undefined, 200],
    ['feeds:read', 'GET', '/runs/live/feeds/jp/atom', undefined, 200],
  ])('with %s alone may %s %s, and without it may not', async (scope, method, path, body, status) => {
    const without = (['alerts:send', 'announcements:send', 'cap:validate', 'feeds:read'] as const).filter((each) => each !== scope); // prettier-ignore
    expect((await by(await make(scope)).send(method, path, body)).status).toBe(status);
    expect(await by(await make(...without)).send(method, path, body)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } }); // prettier-ignore
  });

  it('goes on with the announcements that it made', async () => {
    const key = by(await make('announcements:send'));
    for (const [action, body] of FOLLOWING) {
      const { id } = (await key.post<{ id: string }>('/announcements', action === 'release' ? MEMORIAL : ANNOUNCEMENT)).body;
      expect({ action, status: (await key.post(`/announcements/${id}/${action}`, body)).status }).toEqual({ action, status: 201 });
    }
    const judged = await by(await make('cap:validate')).post('/cap/validate', capMessage());
    expect(judged.status).toBe(200);
    const unscoped = Object.keys(ROUTE_ACCESS).filter((route) => /[/]announcements/.test(route) && !(route in ROUTE_SCOPES));
    expect(unscoped).toEqual([]);
  }); // prettier-ignore

  it('may do nothing that no scope names, nor anything in another run, nor read another party', async () => {
    const key = by(await make('alerts:send', 'announcements:send', 'cap:validate', 'feeds:read'));
    const run = await startPaused(await Client.signIn(service.url, 'controller'));
    for (const path of ['/auth/me', '/desks', '/runs', '/keys', '/scenarios', `/runs/${run}`, `/runs/${run}/feeds/jp/items`, '/runs/live/feeds/kr/items']) {
      expect({ path, status: (await key.get(path)).status }).toEqual({ path, status: 403 });
    } // prettier-ignore
    expect((await key.post(`/alerts?run=${run}`, ALERT)).status).toBe(403);
    expect((await key.post('/auth/sign-out')).status).toBe(403);
  });

  it('opens a socket and a stream with feeds:read alone, and leaves no receipt there', async () => {
    const reading = await make('feeds:read', 'alerts:send');
    const sending = await make('alerts:send');
    expect(await refusal(service.url, { token: sending.key, run: 'live', desk: 'jp-cas' })).toBe('FORBIDDEN');
    expect(await streamStatus(service.url, sending.key, 'live', 'jp')).toBe(403);
    expect(await streamStatus(service.url, reading.key, 'live', 'jp')).toBe(200);
    const socket = await DeskSocket.open(service.url, { token: reading.key, run: 'live', desk: 'jp-cas' });
    expect(await socket.send('resume', { epoch: 1, seq: 0 })).toMatchObject({ ok: true });
    for (const [event, body] of [
      ['received', { seq: 0 }],
      ['acknowledge', { kind: 'alert', id: 'none', version: 1, key: 'k' }],
    ] as const) {
      expect(await socket.send(event, body)).toMatchObject({ ok: false, code: 'FORBIDDEN', detail: expect.stringContaining('scopes') as string }); // prettier-ignore
    }
    socket.close();
  });

  it('is over on every node within two seconds after it was revoked, sockets and streams too', async () => {
    const key = await make('feeds:read');
    expect((await by(key, other.url).get('/runs/live')).status).toBe(200);
    const sockets = await Promise.all(
      [service, other].map(({ url }) => DeskSocket.open(url, { token: key.key, run: 'live', desk: 'jp-cas' })),
    );
    expect(await administrator.post(`/keys/${key.prefix}/revoke`)).toMatchObject({ status: 200, body: { id: key.id } });
    const revokedAt = Date.now();
    expect((await by(key).get('/runs/live')).status).toBe(401);
    await eventually('the other node refuses it', async () => (await by(key, other.url).get('/runs/live')).status === 401); // prettier-ignore
    expect(Date.now() - revokedAt).toBeLessThan(2_000);
    for (const socket of sockets) {
      await eventually('the socket is closed', () => socket.closings.length > 0);
      expect(socket.closings).toEqual([{ reason: 'SIGNED_OUT' }]);
    }
  });

  it('is over when its time is', async () => {
    const key = await make('feeds:read');
    await queryAsAdmin(service.database, 'UPDATE api_keys SET expires_at = now() WHERE id = $1', [key.id]);
    expect((await by(key).get('/runs/live')).status).toBe(401);
  });

  it.each([
    ['more than a year', { days: 366 }],
    ['no scope', { scopes: [] }],
    ['a scope that is not there', { scopes: ['everything'] }],
    ['no desk', { desk: undefined }],
    ['a desk that is not there', { desk: 'none' }],
  ])('is not made for %s', async (_, change) => {
    const wanted = { name: 'x', desk: 'jp-cas', scopes: ['feeds:read'], days: 30, ...change };
    expect((await administrator.post('/keys', wanted)).status).toBe(422);
  });
});

describe('a join code', () => {
  let controller: Client;
  let run: string;

  beforeAll(async () => {
    controller = await Client.signIn(service.url, 'controller');
    run = await startPaused(controller);
  });

  const nobody = (): Client => Client.withToken(service.url, '');
  const code = async (desk = 'jp-cas'): Promise<string> =>
    (await controller.post<JoinCodeView[]>(`/runs/${run}/join-codes`, { desk })).body[0]!.code!;
  const join = (typed: string, name = '佐藤'): Promise<Answer<Joined>> =>
    nobody().post<Joined>('/auth/join', { code: typed, name });

  it('lets one person in, at its desk, in its run, under the name that they typed', async () => {
    const { status, body } = await join((await code()).toLowerCase().replace('-', ' '));
    expect(status).toBe(200);
    expect(body).toMatchObject({ run, desk: 'jp-cas' });
    const player = Client.withToken(service.url, body.accessToken);
    expect((await player.get<Me>('/auth/me')).body).toMatchObject({ displayName: '佐藤', role: 'officer', desk: { id: 'jp-cas' }, onlyRun: run }); // prettier-ignore
    expect((await player.get(`/runs/${run}/feeds/jp/items`)).status).toBe(200);
    expect((await player.get(`/runs/${run}/feeds/kr/items`)).status).toBe(403);
    const { status: sent, body: alert } = await player.post<{ id: string }>(`/alerts?run=${run}`, ALERT);
    expect(sent).toBe(201);
    const socket = await DeskSocket.open(service.url, { token: body.accessToken, run, desk: 'jp-cas' });
    await socket.item('the alert', ({ id }) => id === alert.id);
    expect(await socket.send('acknowledge', { kind: 'alert', id: alert.id, version: 1, key: 'k' })).toMatchObject({ ok: true }); // prettier-ignore
    socket.close();
    const persons = await queryAsAdmin(service.database, `SELECT person FROM acknowledgements WHERE run_id = $1`, [
      run,
    ]);
    expect(persons).toEqual([{ person: '佐藤' }]);
  });

  it('opens nothing of the watch or of another run', async () => {
    const { accessToken } = (await join(await code())).body;
    const player = Client.withToken(service.url, accessToken);
    const second = await startPaused(controller);
    for (const path of [`/runs/${second}`, '/runs/live', '/runs/live/feeds/jp/items', '/runs', `/runs/${run}/join-codes`]) {
      expect({ path, status: (await player.get(path)).status }).toEqual({ path, status: 403 });
    }
    expect((await player.post('/alerts', ALERT)).status).toBe(403);
    expect(await refusal(service.url, { token: accessToken, run: 'live', desk: 'jp-cas' })).toBe('RUN_NOT_FOUND');
  }); // prettier-ignore

  it('is good once, also when two use it at the same moment', async () => {
    const typed = await code();
    const answers = await Promise.all([join(typed), join(typed), join(typed)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'JOIN_CODE_USED' });
    const { body } = await controller.get<JoinCodeView[]>(`/runs/${run}/join-codes`);
    expect(body.filter(({ usedAt }) => usedAt).length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain(typed);
  });

  it('lets its player go on with what they announced, take messages in and look phrases up, in that run', async () => {
    const player = Client.withToken(service.url, (await join(await code())).body.accessToken);
    for (const [action, body] of FOLLOWING) {
      const { id } = (await player.post<{ id: string }>(`/announcements?run=${run}`, action === 'release' ? MEMORIAL : ANNOUNCEMENT)).body;
      expect({ action, status: (await player.post(`/announcements/${id}/${action}?run=${run}`, body)).status }).toEqual({ action, status: 201 });
      expect((await player.post(`/announcements/${id}/${action}`, body)).status).toBe(403);
    }
    expect((await player.post(`/alerts/cap?run=${run}`, capMessage({ status: 'Exercise' }))).status).toBe(201);
    expect((await player.post('/cap/validate', capMessage())).status).toBe(200);
    expect((await player.get('/phrases')).status).toBe(200);
    const closed = Object.entries(ROUTE_ACCESS).filter(([route, access]) =>
      /[/](alerts|announcements)/.test(route) && access.includes('officer') && !RUN_IN_QUERY.includes(route)); // prettier-ignore
    expect(closed).toEqual([]);
  }); // prettier-ignore

  it('is taken back by control, used or not: what the player holds is over on every node within two seconds', async () => {
    const { body } = await controller.post<JoinCodeView[]>(`/runs/${run}/join-codes`, { desk: 'jp-cas', count: 2 });
    const [used, unused] = body;
    const { accessToken } = (await join(used!.code!)).body;
    const socket = await DeskSocket.open(other.url, { token: accessToken, run, desk: 'jp-cas' });
    for (const { id } of body) {
      expect(await controller.post(`/runs/${run}/join-codes/${id}/revoke`)).toMatchObject({
        status: 200,
        body: { id },
      });
    }
    const revokedAt = Date.now();
    await eventually('the socket is closed', () => socket.closings.length > 0);
    expect(Date.now() - revokedAt).toBeLessThan(2_000);
    expect((await Client.withToken(service.url, accessToken).get('/auth/me')).status).toBe(401);
    expect(await join(unused!.code!)).toMatchObject({ status: 401, body: { code: 'JOIN_CODE_INVALID' } });
    for (const id of ['none', '00000000-0000-4000-8000-000000000000']) {
      const answer = await controller.post(`/runs/${run}/join-codes/${id}/revoke`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'JOIN_CODE_NOT_FOUND' } });
    }
  });

  it('is signed out of by its player', async () => {
    const [mine, others] = [(await join(await code())).body, (await join(await code())).body];
    expect((await Client.withToken(service.url, mine.accessToken).post('/auth/sign-out', {})).status).toBe(204);
    expect((await Client.withToken(service.url, mine.accessToken).get('/auth/me')).status).toBe(401);
    expect((await Client.withToken(service.url, others.accessToken).get('/auth/me')).status).toBe(200);
  });

  it('is over when its time is', async () => {
    const typed = await code('kr-jcs');
    await queryAsAdmin(service.database, `UPDATE join_codes SET expires_at = now() WHERE desk = 'kr-jcs'`);
    expect(await join(typed)).toMatchObject({ status: 401, body: { code: 'JOIN_CODE_INVALID' } });
  });

  it.each([
    ['a desk that takes no part', { desk: 'none' }, 422, 'DESK_NOT_IN_RUN'],
    ['more than fifty at once', { desk: 'jp-cas', count: 51 }, 422, 'REQUEST_INVALID'],
    ['longer than a week', { desk: 'jp-cas', minutes: 10_081 }, 422, 'REQUEST_INVALID'],
  ])('is not made for %s', async (_, wanted, status, errorCode) => {
    expect(await controller.post(`/runs/${run}/join-codes`, wanted)).toMatchObject({
      status,
      body: { code: errorCode },
    });
  });

  it('is not made for the watch', async () => {
    expect(await controller.post('/runs/live/join-codes', { desk: 'jp-cas' })).toMatchObject({ status: 409, body: { code: 'JOIN_NEEDS_EXERCISE' } }); // prettier-ignore
  });

  it('is not found by trying: an address has thirty wrong ones a minute', async () => {
    const tries = await Promise.all(Array.from({ length: 40 }, () => join('0000-0000')));
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect(tries.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(30);
    expect(await join(await code())).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
  });
});

describe('signing out', () => {
  const signIn = async (username: string): Promise<TokenPair> =>
    (await Client.withToken(service.url, '').post<TokenPair & Record<string, unknown>>('/auth/token', { username, password: DEMO_PASSWORD })).body; // prettier-ignore
  const by = ({ accessToken }: TokenPair, url = service.url): Client => Client.withToken(url, accessToken);
  const refresh = async ({ refreshToken }: TokenPair): Promise<number> =>
    (await Client.withToken(service.url, '').post('/auth/refresh', { refreshToken })).status;
  const over = (pair: TokenPair): Promise<unknown> =>
    eventually('the other node refuses it', async () => (await by(pair, other.url).get('/auth/me')).status === 401);

  it('ends one session and leaves the others', async () => {
    const [here, there] = [await signIn('us-usfk'), await signIn('us-usfk')];
    expect((await by(here).post('/auth/sign-out', {})).status).toBe(204);
    expect((await by(here).get('/auth/me')).status).toBe(401);
    expect(await refresh(here)).toBe(401);
    await over(here);
    expect((await by(there).get('/auth/me')).status).toBe(200);
    expect(await refresh(there)).toBe(200);
  });

  it('everywhere ends all sessions, with their sockets, on every node within two seconds, and not the next one', async () => {
    const [here, there] = [await signIn('us-usfk'), await signIn('us-usfk')];
    const socket = await DeskSocket.open(other.url, { token: there.accessToken, run: 'live', desk: 'us-usfk' });
    expect((await by(here).post('/auth/sign-out', { everywhere: true })).status).toBe(204);
    const endedAt = Date.now();
    await over(there);
    await eventually('the socket is closed', () => socket.closings.length > 0);
    expect(Date.now() - endedAt).toBeLessThan(2_000);
    expect(socket.closings).toEqual([{ reason: 'SIGNED_OUT' }]);
    expect([await refresh(here), await refresh(there)]).toEqual([401, 401]);
    const next = await signIn('us-usfk');
    expect((await by(next, other.url).get('/auth/me')).status).toBe(200);
    expect(await refresh(next)).toBe(200);
  });
});
