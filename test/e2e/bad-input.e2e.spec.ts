import pg from 'pg';
import { io } from 'socket.io-client';
import { Client, type Answer } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, ANNOUNCEMENT, SCENARIO, worldOf, type World } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  findings?: { rule: string; path: string; message: string }[];
}

const EXPECTED_SENTENCE = /^[^\n]{5,400}[.!?]$/;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const text = (body: object): string => JSON.stringify(body);
const info = (change: object): object => ({ ...ALERT, info: [{ ...ALERT.info[0], ...change }] });

describe('bad input', () => {
  let service: TestApp;
  let world: World;
  // One connection for all looks: this file takes some hundreds of them.
  let admin: pg.Client;
  let countRows: string;

  beforeAll(async () => {
    service = await startTestApp();
    admin = new pg.Client({ connectionString: service.database.adminUrl });
    await admin.connect();
    // Heads are signed and the record is sealed once a second, whatever is sent.
    const tables = await admin.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('signed_heads', 'audit_links', 'audit_checkpoints')`,
    );
    countRows = tables.rows
      .map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM ${name}`)
      .join(' UNION ALL ');
    world = await worldOf(await Client.signIn(service.url, 'controller'), await Client.signIn(service.url, 'jp-cas'), [
      await Client.signIn(service.url, 'administrator'),
      await Client.signIn(service.url, 'administrator-2'),
    ]);
  });
  afterAll(async () => {
    await admin.end();
    await service.stop();
  });

  /** How many rows each table holds. */
  const rows = async (): Promise<Record<string, number>> => {
    const { rows: found } = await admin.query<{ name: string; count: number }>(countRows);
    return Object.fromEntries(found.map(({ name, count }) => [name, count]));
  };

  async function expectNothingWritten(work: () => Promise<void>): Promise<void> {
    // What was accepted before this is still on its way to the feeds.
    await eventually('the live watch is quiet', async () => {
      const open = await admin.query(`SELECT 1 FROM due_rows WHERE run_id = 'live' AND state = 'pending'`);
      return open.rowCount === 0;
    });
    const before = await rows();
    await work();
    expect(await rows()).toEqual(before);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  }

  /** A refused request: stable code, problem details, a sentence, nothing written, and the service is still there. */
  const refused = (send: () => Promise<Response>, status: number, code: string): Promise<void> =>
    expectNothingWritten(async () => {
      const response = await send();
      const body = (await response.json()) as Problem;
      expect({ status: response.status, code: body.code }).toEqual({ status, code });
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ type: 'about:blank', status });
      expect(body.title).toMatch(/^(?!Error$)./);
      expect(body.detail).toMatch(EXPECTED_SENTENCE);
    });

  describe('a body that cannot be read', () => {
    it.each<[string, string | undefined, Record<string, string>, number, string]>([
      ['is cut off', '{"event": "x"', {}, 400, 'BAD_REQUEST'],
      ['is no object', '"text"', {}, 400, 'BAD_REQUEST'],
      ['is null', 'null', {}, 400, 'BAD_REQUEST'],
      ['is a list', '[]', {}, 422, 'REQUEST_INVALID'],
      ['is a list of what is asked for', `[${text(ALERT)}]`, {}, 422, 'REQUEST_INVALID'],
      ['holds a number that JSON has not', '{"event": NaN}', {}, 400, 'BAD_REQUEST'],
      ['is larger than the limit', text(info({ description: 'x'.repeat(300_000) })), {}, 413, 'TOO_LARGE'],
      ['says it is larger than it is', '{}', { 'content-length': '2' }, 422, 'REQUEST_INVALID'],
      ['is nested without end', `{"event": ${deep(100_000)}}`, {}, 422, 'REQUEST_INVALID'],
      ['is plain text', text(ALERT), { 'content-type': 'text/plain' }, 415, 'UNKNOWN_MEDIA_TYPE'],
      ['is a form', 'event=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNKNOWN_MEDIA_TYPE'],
      ['is CAP XML', '<alert/>', { 'content-type': 'application/cap+xml' }, 415, 'UNKNOWN_MEDIA_TYPE'],
      ['is in another character set', text(ALERT), { 'content-type': 'application/json; charset=shift_jis' }, 415, 'UNKNOWN_MEDIA_TYPE'],
      ['is said to be compressed in a way that is none', text(ALERT), { 'content-encoding': 'none-such' }, 415, 'UNKNOWN_MEDIA_TYPE'],
      ['is not there', undefined, {}, 422, 'REQUEST_INVALID'],
    ])('%s', async (_, body, headers, status, code) => {
      await refused(() => world.officer.raw('POST', '/alerts', body, headers), status, code);
    }); // prettier-ignore

    it('is not passed over where everything in it is optional', async () => {
      const { body } = await world.officer.post<{ id: string }>('/alerts', ALERT);
      await refused(
        () => world.officer.raw('POST', `/alerts/${body.id}/cancel`, '{"note":"x"}', { 'content-type': 'text/plain' }),
        415,
        'UNKNOWN_MEDIA_TYPE',
      );
    });
  });

  type Case = [string, string, object, number, string];

  describe('an alert', () => {
    it.each<Case>([
      ['with a field that is unknown', '/alerts', { ...ALERT, sender: 'x' }, 422, 'REQUEST_INVALID'],
      ['with a field that is unknown within', '/alerts', info({ language: 'ja-JP', text: 'x' }), 422, 'REQUEST_INVALID'],
      ['with a field of every object', '/alerts', JSON.parse('{"__proto__": {"event": "x"}, "constructor": 1}') as object, 422, 'REQUEST_INVALID'],
      ['without an event', '/alerts', { ...ALERT, event: undefined }, 422, 'REQUEST_INVALID'],
      ['whose event is a number', '/alerts', { ...ALERT, event: 5 }, 422, 'REQUEST_INVALID'],
      ['whose event is too long', '/alerts', { ...ALERT, event: 'x'.repeat(121) }, 422, 'REQUEST_INVALID'],
      ['of an urgency that CAP has not', '/alerts', { ...ALERT, urgency: 'immediate' }, 422, 'REQUEST_INVALID'],
      ['without words', '/alerts', { ...ALERT, info: [] }, 422, 'REQUEST_INVALID'],
      ['whose words are none', '/alerts', { ...ALERT, info: [null] }, 422, 'REQUEST_INVALID'],
      ['whose words are a number', '/alerts', { ...ALERT, info: [5] }, 422, 'REQUEST_INVALID'],
      ['whose words are an object', '/alerts', { ...ALERT, info: { 0: ALERT.info[0] } }, 422, 'REQUEST_INVALID'],
      ['whose words are a list of lists', '/alerts', { ...ALERT, info: [[ALERT.info[0]]] }, 422, 'REQUEST_INVALID'],
      ['in a language that is no tag', '/alerts', info({ language: 'Japanese' }), 422, 'REQUEST_INVALID'],
      ['twice in one language', '/alerts', { ...ALERT, info: [ALERT.info[0], ALERT.info[0]] }, 422, 'ALERT_INVALID'],
      ['of another status than the run', '/alerts', { ...ALERT, status: 'Actual' }, 422, 'ALERT_INVALID'],
      ['with a NUL character', '/alerts', info({ headline: 'a\u0000b' }), 422, 'ALERT_INVALID'],
      ['with half of a character', '/alerts', info({ headline: 'a\ud800b' }), 422, 'ALERT_INVALID'],
      ['over an area that is none', '/alerts', { ...ALERT, areas: [{ circle: {} }] }, 422, 'REQUEST_INVALID'],
      ['over an area without measure', '/alerts', { ...ALERT, areas: [{ circle: { latitude: 1, longitude: 1, radiusKm: 1e308 } }] }, 422, 'REQUEST_INVALID'],
      ['over an area that is null', '/alerts', { ...ALERT, areas: [null] }, 422, 'REQUEST_INVALID'],
      ['over areas that are no list', '/alerts', { ...ALERT, areas: 'Tokyo' }, 422, 'REQUEST_INVALID'],
      ['that expires at no offset', '/alerts', { ...ALERT, expires: '2051-05-20T09:00:00' }, 422, 'REQUEST_INVALID'],
      ['that expires on a day that is none', '/alerts', { ...ALERT, expires: '2051-02-30T09:00:00Z' }, 422, 'REQUEST_INVALID'],
      ['to a run that is not there', '/alerts?run=none', ALERT, 404, 'RUN_NOT_FOUND'],
      ['to two runs', '/alerts?run=live&run=live', ALERT, 422, 'REQUEST_INVALID'],
      ['to a run whose name holds a NUL', '/alerts?run=a%00b', ALERT, 422, 'UNSTORABLE_VALUE'],
      ['with a question that is unknown', '/alerts?runs=live', ALERT, 422, 'REQUEST_INVALID'],
      ['updated that is not there', '/alerts/none/update', ALERT, 404, 'ALERT_NOT_FOUND'],
      ['updated whose name has no end', `/alerts/${'x'.repeat(5_000)}/update`, ALERT, 404, 'ALERT_NOT_FOUND'],
      ['cancelled that is not there', '/alerts/none/cancel', {}, 404, 'ALERT_NOT_FOUND'],
      ['cancelled whose name holds a NUL', '/alerts/a%00b/cancel', {}, 422, 'UNSTORABLE_VALUE'],
      ['cancelled whose name is no text', '/alerts/%E0%A4%A/cancel', {}, 400, 'BAD_REQUEST'],
    ])('%s', async (_, path, body, status, code) => {
      await refused(() => world.officer.raw('POST', path, text(body)), status, code);
    }); // prettier-ignore

    it('may say null for what it leaves out', async () => {
      const nothing = { category: null, status: null, areas: null, expires: null };
      const words = { ...ALERT.info[0], description: null, instruction: null };
      const { status, body } = await world.officer.post<{ id: string }>('/alerts', { ...ALERT, ...nothing, info: [words] });
      expect(status).toBe(201);
      const { body: alert } = await world.officer.get<{ versions: { message: object }[] }>(`/alerts/${body.id}`);
      const { event, urgency, severity, certainty } = ALERT;
      const { language, headline } = words;
      expect(alert.versions[0]?.message).toEqual({ event, urgency, severity, certainty, category: 'Security', info: [{ language, headline }] });
    }); // prettier-ignore

    it('with several faults is told of all of them at once', async () => {
      const { body } = await world.officer.post<Problem>('/alerts', { ...info({ language: 'x', headline: '' }), event: 5, more: 1 });
      expect(body.findings?.map(({ path }) => path).sort()).toEqual(expect.arrayContaining(['event', 'info[0].headline', 'info[0].language', 'more']) as string[]);
    }); // prettier-ignore
  });

  describe('an announcement', () => {
    it.each<Case>([
      ['whose window has no offset', '/announcements', { ...ANNOUNCEMENT, windowStart: '2051-05-20T09:00:00' }, 422, 'REQUEST_INVALID'],
      ['whose window is a day', '/announcements', { ...ANNOUNCEMENT, windowStart: '2051-05-20' }, 422, 'REQUEST_INVALID'],
      ['whose window begins on a day that is none', '/announcements', { ...ANNOUNCEMENT, windowStart: '2051-02-30T09:00:00Z', windowEnd: '2051-03-01T09:00:00Z' }, 422, 'REQUEST_INVALID'],
      ['whose window begins at a number', '/announcements', { ...ANNOUNCEMENT, windowStart: 0 }, 422, 'REQUEST_INVALID'],
      ['whose window is reversed', '/announcements', { ...ANNOUNCEMENT, windowEnd: ANNOUNCEMENT.windowStart }, 422, 'ANNOUNCEMENT_INVALID'],
      ['whose window is years long', '/announcements', { ...ANNOUNCEMENT, windowEnd: '2061-05-21T09:00:00+09:00' }, 422, 'ANNOUNCEMENT_INVALID'],
      ['whose area is a line', '/announcements', { ...ANNOUNCEMENT, launchArea: { polygon: [[1, 1], [2, 1], [3, 1]] } }, 422, 'ANNOUNCEMENT_INVALID'],
      ['whose area is off the globe', '/announcements', { ...ANNOUNCEMENT, launchArea: { circle: { latitude: 91, longitude: 0, radiusKm: 1 } } }, 422, 'REQUEST_INVALID'],
      ['of an act that is unknown', '/announcements', { ...ANNOUNCEMENT, act: 'parade' }, 422, 'REQUEST_INVALID'],
      ['by a party that is no code', '/announcements', { ...ANNOUNCEMENT, by: 'Japan' }, 422, 'REQUEST_INVALID'],
      ['with a NUL in its note', '/announcements', { ...ANNOUNCEMENT, note: '\u0000' }, 422, 'UNSTORABLE_VALUE'],
      ['checked that is not there', '/announcements/none/check', {}, 404, 'ANNOUNCEMENT_NOT_FOUND'],
      ['checked against no regime', '/announcements/none/check?regime=none', {}, 404, 'REGIME_NOT_FOUND'],
    ])('%s', async (_, path, body, status, code) => {
      await refused(() => world.officer.raw('POST', path, text(body)), status, code);
    }); // prettier-ignore
  });

  describe('a run', () => {
    it.each<Case>([
      ['of no scenario', '/runs', {}, 422, 'REQUEST_INVALID'],
      ['of a scenario that is not there', '/runs', { scenario: 'none' }, 404, 'SCENARIO_NOT_FOUND'],
      ['of a scenario elsewhere on the disk', '/runs', { scenario: '../config' }, 404, 'SCENARIO_NOT_FOUND'],
      ['of a chapter that is not there', '/runs', { scenario: SCENARIO, chapter: 'none' }, 422, 'CHAPTER_NOT_FOUND'],
      ['at speed 0', '/runs', { scenario: SCENARIO, speed: 0 }, 422, 'REQUEST_INVALID'],
      ['at a speed without end', '/runs', { scenario: SCENARIO, speed: 1e300 }, 422, 'REQUEST_INVALID'],
      ['at a speed that is a text', '/runs', { scenario: SCENARIO, speed: '60' }, 422, 'REQUEST_INVALID'],
      ['with a seed that no number holds', '/runs', { scenario: SCENARIO, seed: 1e300 }, 422, 'REQUEST_INVALID'],
      ['with half a seed', '/runs', { scenario: SCENARIO, seed: 0.5 }, 422, 'REQUEST_INVALID'],
      ['paused perhaps', '/runs', { scenario: SCENARIO, paused: 'yes' }, 422, 'REQUEST_INVALID'],
      ['that would be actual', '/runs', { scenario: SCENARIO, mode: 'actual' }, 422, 'REQUEST_INVALID'],
    ])('%s', async (_, path, body, status, code) => {
      await refused(() => world.controller.raw('POST', path, text(body)), status, code);
    });
  });

  describe('a clock command', () => {
    it.each<[string, object, number, string]>([
      ['without an action', {}, 422, 'REQUEST_INVALID'],
      ['of an action that is unknown', { action: 'rewind' }, 422, 'REQUEST_INVALID'],
      ['to no speed', { action: 'speed' }, 422, 'REQUEST_INVALID'],
      ['to speed 0', { action: 'speed', speed: 0 }, 422, 'SPEED_OUT_OF_RANGE'],
      ['to a speed below 0', { action: 'speed', speed: -60 }, 422, 'SPEED_OUT_OF_RANGE'],
      ['to speed 1e9', { action: 'speed', speed: 1e9 }, 422, 'SPEED_OUT_OF_RANGE'],
      ['to a speed that is not a number', { action: 'speed', speed: NaN }, 422, 'REQUEST_INVALID'],
      ['to a speed that is a text', { action: 'speed', speed: 'fast' }, 422, 'REQUEST_INVALID'],
      ['to nowhere', { action: 'jump' }, 422, 'REQUEST_INVALID'],
      ['to null', { action: 'jump', to: null }, 422, 'REQUEST_INVALID'],
      ['to a time of no offset', { action: 'jump', to: '2031-05-20T09:30:00' }, 422, 'REQUEST_INVALID'],
      ['to a time on a day that is none', { action: 'jump', to: '2031-02-30T09:30:00Z' }, 422, 'REQUEST_INVALID'],
      ['to a time in no month', { action: 'jump', to: '2031-13-01T09:30:00Z' }, 422, 'REQUEST_INVALID'],
      ['to a number', { action: 'jump', to: 1_937_000_000_000 }, 422, 'REQUEST_INVALID'],
      ['to before the run', { action: 'jump', to: '2031-05-20T08:59:59+09:00' }, 422, 'JUMP_OUT_OF_RANGE'],
      ['to after the run', { action: 'jump', to: '2031-05-20T11:00:01+09:00' }, 422, 'JUMP_OUT_OF_RANGE'],
      ['that would drop items', { action: 'jump', to: '2031-05-20T10:00:00+09:00', items: 'drop' }, 422, 'REQUEST_INVALID'],
    ])('%s', async (_, body, status, code) => {
      await refused(() => world.controller.raw('POST', `/runs/${world.run}/clock`, text(body)), status, code);
    }); // prettier-ignore

    it.each(['play', 'pause'])('%s to the live watch', async (action) => {
      await refused(() => world.controller.raw('POST', '/runs/live/clock', text({ action })), 409, 'WALL_CLOCK');
    });

    it('to a run that is not there', async () => {
      await refused(() => world.controller.raw('POST', '/runs/none/clock', '{"action":"play"}'), 404, 'RUN_NOT_FOUND');
    });
  });

  describe('a question', () => {
    it.each<[string, string, number, string]>([
      ['for a route that is not there', '/nowhere', 404, 'NOT_FOUND'],
      ['for a run that is not there', '/runs/none', 404, 'RUN_NOT_FOUND'],
      ['for a run whose name holds a NUL', '/runs/a%00b', 422, 'UNSTORABLE_VALUE'],
      ['for a run whose name is no text', '/runs/%E0%A4%A', 400, 'BAD_REQUEST'],
      ['for the report of a run that is not there', '/runs/none/report', 404, 'RUN_NOT_FOUND'],
      ['for the injects of a run that is not there', '/runs/none/injects', 404, 'RUN_NOT_FOUND'],
      ['for a scenario that is not there', '/scenarios/none', 404, 'SCENARIO_NOT_FOUND'],
      ['for a scenario elsewhere on the disk', '/scenarios/..%2F..%2Fconfig', 404, 'SCENARIO_NOT_FOUND'],
      ['for an alert that is not there', '/alerts/none', 404, 'ALERT_NOT_FOUND'],
      ['for a feed that is not there', '/runs/live/feeds/none/items', 403, 'FORBIDDEN_FEED'],
      ['for a feed of no run', '/runs/none/feeds/jp/snapshot', 403, 'FORBIDDEN_FEED'],
      ['after a position that is none', '/runs/live/feeds/jp/items?after=-1', 422, 'REQUEST_INVALID'],
      ['after a text', '/runs/live/feeds/jp/items?after=last', 422, 'REQUEST_INVALID'],
      ['after half a position', '/runs/live/feeds/jp/items?after=1.5', 422, 'REQUEST_INVALID'],
      ['after everything', '/runs/live/feeds/jp/items?after=Infinity', 422, 'REQUEST_INVALID'],
      ['after more than there is', '/runs/live/feeds/jp/items?after=100000', 422, 'CURSOR_UNKNOWN'],
      ['after two positions', '/runs/live/feeds/jp/items?after=0&after=1', 422, 'REQUEST_INVALID'],
      ['in epoch 0', '/runs/live/feeds/jp/items?epoch=0', 422, 'REQUEST_INVALID'],
      ['in an epoch to come', '/runs/live/feeds/jp/items?epoch=2', 422, 'CURSOR_UNKNOWN'],
      ['in an epoch that no column holds', '/runs/live/feeds/jp/items?epoch=99999999999', 422, 'REQUEST_INVALID'],
      ['for no items', '/runs/live/feeds/jp/items?limit=0', 422, 'REQUEST_INVALID'],
      ['for all items', '/runs/live/feeds/jp/items?limit=1000000', 422, 'REQUEST_INVALID'],
    ])('%s', async (_, path, status, code) => {
      await refused(() => world.controller.raw('GET', path), status, code);
    });

    it.each(['PUT', 'PATCH', 'DELETE'])('by %s, which no route takes', async (method) => {
      await refused(() => world.controller.raw(method, '/runs/live', method === 'DELETE' ? undefined : '{}'), 404, 'NOT_FOUND');
    }); // prettier-ignore
  });

  describe('a sign-in', () => {
    it.each<[string, string, object, number, string]>([
      ['without a password', '/auth/token', { username: 'jp-cas' }, 422, 'REQUEST_INVALID'],
      ['of a name that is a list', '/auth/token', { username: ['jp-cas'], password: 'x' }, 422, 'REQUEST_INVALID'],
      ['of a name with a NUL', '/auth/token', { username: 'jp\u0000', password: 'x' }, 422, 'UNSTORABLE_VALUE'],
      ['of nobody', '/auth/token', { username: "' OR 1=1 --", password: 'x' }, 401, 'BAD_CREDENTIALS'],
      ['with a password that has no end', '/auth/token', { username: 'jp-cas', password: 'x'.repeat(201) }, 422, 'REQUEST_INVALID'],
      ['with a refresh token that is none', '/auth/refresh', { refreshToken: 'none' }, 401, 'UNAUTHENTICATED'],
    ])('%s', async (_, path, body, status, code) => {
      await refused(() => Client.withToken(service.url, '').raw('POST', path, text(body)), status, code);
    }); // prettier-ignore
  });

  describe('an idempotency key', () => {
    const send = (
      key: string,
      body: object = ALERT,
      path = '/alerts',
    ): Promise<Answer<{ id: string; code?: string }>> => world.officer.post(path, body, { 'idempotency-key': key });
    const alerts = async (): Promise<number> => (await rows())['alerts'] ?? 0;

    it.each([
      ['too long', 'x'.repeat(201)],
      ['empty', ''],
    ])('is refused when it is %s', async (_, key) => {
      await refused(
        () => world.officer.raw('POST', '/alerts', text(ALERT), { 'idempotency-key': key }),
        422,
        'KEY_INVALID',
      );
    });

    it('gives the first answer again, and sends one alert', async () => {
      const before = await alerts();
      const first = await send('twice');
      expect(first.status).toBe(201);
      expect(await send('twice')).toEqual(first);
      expect(await alerts()).toBe(before + 1);
    });

    it('gives all who send it at once one answer, and sends one alert', async () => {
      const before = await alerts();
      const answers = await Promise.all(Array.from({ length: 10 }, () => send('at once')));
      expect(answers).toEqual(Array.from({ length: 10 }, () => answers[0]));
      expect(answers[0]?.status).toBe(201);
      expect(await alerts()).toBe(before + 1);
    });

    it.each<[string, object, string]>([
      ['another alert', { ...ALERT, event: 'Another' }, '/alerts'],
      ['the same alert to another run', ALERT, '/alerts?run=RUN'],
      ['a notice', ANNOUNCEMENT, '/announcements'],
    ])('is refused for %s', async (_, body, path) => {
      expect((await send('of one')).status).toBe(201);
      await refused(
        () => world.officer.raw('POST', path.replace('RUN', world.run), text(body), { 'idempotency-key': 'of one' }),
        409,
        'KEY_REUSED',
      );
    });

    it('is refused for the same notice with another note', async () => {
      expect((await send('noted', { ...ANNOUNCEMENT, note: 'one' }, '/announcements')).status).toBe(201);
      expect((await send('noted', { ...ANNOUNCEMENT, note: 'two' }, '/announcements')).body.code).toBe('KEY_REUSED');
    });

    it('is not spent by a request that was refused', async () => {
      expect((await send('kept', { ...ALERT, status: 'Actual' })).body.code).toBe('ALERT_INVALID');
      expect((await send('kept')).status).toBe(201);
    });

    it("is each sender's own", async () => {
      const other = await Client.signIn(service.url, 'kr-jcs');
      const mine = await send('shared');
      const theirs = await other.post<{ id: string }>('/alerts', ALERT, { 'idempotency-key': 'shared' });
      expect(theirs.status).toBe(201);
      expect(theirs.body.id).not.toBe(mine.body.id);
    });
  });

  describe('a connection', () => {
    /** The refusal of a handshake, whatever it holds. */
    const refusal = (auth: unknown): Promise<{ message: string; data?: { code?: string; detail?: string } }> =>
      new Promise((resolve, reject) => {
        const socket = io(`${service.url}/desk`, {
          transports: ['websocket'],
          auth: auth as object,
          forceNew: true,
          reconnection: false,
          timeout: 20_000,
        });
        const end = (outcome: () => void): void => {
          socket.close();
          outcome();
        };
        socket.once('connect', () => end(() => reject(new Error('It was let in.'))));
        socket.once('connect_error', (error: Error & { data?: { code?: string } }) => end(() => resolve(error)));
        socket.once('disconnect', (reason) => end(() => resolve({ message: reason })));
      });
    const good = (): object => ({ token: world.officer.token, run: 'live', desk: 'jp-cas' });

    it.each<[string, () => object, string]>([
      ['of nothing', () => ({}), 'UNAUTHENTICATED'],
      ['of a token that is a number', () => ({ ...good(), token: 5 }), 'UNAUTHENTICATED'],
      ['of a token that is none', () => ({ ...good(), token: 'x.y.z' }), 'UNAUTHENTICATED'],
      ['of a token without end', () => ({ ...good(), token: 'x'.repeat(4_001) }), 'UNAUTHENTICATED'],
      ['to no run', () => ({ ...good(), run: undefined }), 'BAD_HANDSHAKE'],
      ['to a list of runs', () => ({ ...good(), run: ['live'] }), 'BAD_HANDSHAKE'],
      ['to a run whose name holds a NUL', () => ({ ...good(), run: '\u0000' }), 'UNSTORABLE_VALUE'],
      ['to a run that is not there', () => ({ ...good(), run: 'none' }), 'RUN_NOT_FOUND'],
      ['to no desk', () => ({ ...good(), desk: undefined }), 'BAD_HANDSHAKE'],
      ['from a position that is a number', () => ({ ...good(), cursor: 5 }), 'BAD_CURSOR'],
      ['from a position that is null', () => ({ ...good(), cursor: null }), 'BAD_CURSOR'],
      ['from a position below 0', () => ({ ...good(), cursor: { epoch: 1, seq: -1 } }), 'BAD_CURSOR'],
      ['from epoch 0', () => ({ ...good(), cursor: { epoch: 0, seq: 0 } }), 'BAD_CURSOR'],
      ['from half a position', () => ({ ...good(), cursor: { epoch: 1, seq: 0.5 } }), 'BAD_CURSOR'],
      ['from a position that no number holds', () => ({ ...good(), cursor: { epoch: 1, seq: 1e300 } }), 'BAD_CURSOR'],
      ['from a position with more to it', () => ({ ...good(), cursor: { epoch: 1, seq: 0, run: 'x' } }), 'BAD_CURSOR'],
      ['from a position without an epoch', () => ({ ...good(), cursor: { seq: 0 } }), 'BAD_CURSOR'],
    ])('%s is refused', async (_, auth, code) => {
      await expectNothingWritten(async () => {
        const { data } = await refusal(auth());
        expect(data?.code).toBe(code);
        expect(data?.detail).toMatch(EXPECTED_SENTENCE);
      });
    });

    it.each([
      ['a text', 'token'],
      ['a list', ['token']],
    ])('that says %s instead of who it is, is refused', async (_, auth) => {
      await expectNothingWritten(async () => {
        expect(await refusal(auth)).toBeDefined();
      });
    });

    it('to a namespace that is not there is refused', async () => {
      const socket = io(`${service.url}/nowhere`, { transports: ['websocket'], forceNew: true, reconnection: false });
      const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
      socket.close();
      expect(error.message).toBe('Invalid namespace');
    });
  });

  describe('a message of a console', () => {
    let desk: DeskSocket;

    beforeAll(async () => {
      desk = await DeskSocket.open(service.url, { token: world.officer.token, run: 'live', desk: 'jp-cas' });
    });
    afterAll(() => desk.close());

    const shown = { kind: 'alert', id: 'none', version: 1 };
    it.each<[string, string, unknown, string]>([
      ['nothing at all', 'received', undefined, 'MESSAGE_INVALID'],
      ['null', 'received', null, 'MESSAGE_INVALID'],
      ['a text', 'received', 'everything', 'MESSAGE_INVALID'],
      ['bytes', 'received', Buffer.from([0, 1, 2]), 'MESSAGE_INVALID'],
      ['a receipt of half an item', 'received', { seq: 0.5 }, 'MESSAGE_INVALID'],
      ['a receipt of what no number holds', 'received', { seq: 1e300 }, 'MESSAGE_INVALID'],
      ['a receipt with more to it', 'received', { seq: 0, desk: 'kr-jcs' }, 'MESSAGE_INVALID'],
      ['a receipt of what was not sent', 'received', { seq: 1_000_000 }, 'CURSOR_UNKNOWN'],
      ['a receipt of an epoch to come', 'received', { seq: 0, epoch: 2 }, 'CURSOR_UNKNOWN'],
      ['a receipt of an epoch that no column holds', 'received', { seq: 0, epoch: 99_999_999_999 }, 'UNSTORABLE_VALUE'],
      ['a display of no kind', 'displayed', { ...shown, kind: 'rumour' }, 'MESSAGE_INVALID'],
      ['a display of version 0', 'displayed', { ...shown, version: 0 }, 'MESSAGE_INVALID'],
      ['a display of a version that no column holds', 'displayed', { ...shown, version: 99_999_999_999 }, 'UNSTORABLE_VALUE'],
      ['a display of what it was not shown', 'displayed', shown, 'ITEM_NOT_SHOWN'],
      ['a display of a NUL', 'displayed', { ...shown, id: '\u0000' }, 'UNSTORABLE_VALUE'],
      ['an acknowledgement without a key', 'acknowledge', shown, 'MESSAGE_INVALID'],
      ['an acknowledgement whose key is too long', 'acknowledge', { ...shown, key: 'x'.repeat(101) }, 'MESSAGE_INVALID'],
      ['an acknowledgement whose note is too long', 'acknowledge', { ...shown, key: 'k', note: 'x'.repeat(1_001) }, 'MESSAGE_INVALID'],
      ['an acknowledgement of what it was not shown', 'acknowledge', { ...shown, key: 'k' }, 'ITEM_NOT_SHOWN'],
      ['an answer without a decision', 'respond', { inject: 'none', body: {}, key: 'k' }, 'MESSAGE_INVALID'],
      ['an answer of spaces', 'respond', { inject: 'none', body: { decision: '  ' }, key: 'k' }, 'MESSAGE_INVALID'],
      ['an answer to no inject', 'respond', { inject: 'none', body: { decision: 'x' }, key: 'k' }, 'INJECT_NOT_FOUND'],
      ['a position without an epoch', 'resume', { seq: 0 }, 'MESSAGE_INVALID'],
      ['a token that is none', 'authenticate', { token: 'x.y.z' }, 'UNAUTHENTICATED'],
      ['an event that is unknown', 'launch', { everything: true }, 'EVENT_UNKNOWN'],
    ])('%s', async (_, event, message, code) => {
      await expectNothingWritten(async () => {
        const answer = await desk.send(event, message);
        expect({ ok: answer.ok, code: answer.code }).toEqual({ ok: false, code });
        expect(answer.detail).toMatch(EXPECTED_SENTENCE);
        // The connection stays, whatever was sent.
        expect(await desk.send('received', { seq: 0 })).toEqual({ ok: true });
        await admin.query('DELETE FROM received');
      });
    }); // prettier-ignore

    it("of another person's token", async () => {
      const { token } = await Client.signIn(service.url, 'jp-mod');
      expect(await desk.send('authenticate', { token })).toMatchObject({ ok: false, code: 'UNAUTHENTICATED' });
    });

    it('that wants no answer is taken all the same', async () => {
      desk.socket.emit('launch', { everything: true });
      desk.socket.emit('received', 'everything');
      expect(await desk.send('received', { seq: 0 })).toEqual({ ok: true });
    });

    it('that is larger than the limit closes its own connection, and no other', async () => {
      const other = await DeskSocket.open(service.url, { token: world.officer.token, run: 'live', desk: 'jp-cas' });
      other.socket.emit('acknowledge', { ...shown, key: 'k', note: 'x'.repeat(100_000) });
      await eventually('the connection is closed', () => !other.socket.connected);
      expect(desk.socket.connected).toBe(true);
      expect(await desk.send('received', { seq: 0 })).toEqual({ ok: true });
      other.close();
    });
  });
});
