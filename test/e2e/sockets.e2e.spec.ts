import { io } from 'socket.io-client';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { TokensService } from '../../src/modules/parties/tokens.service.js';
import type { UserPrincipal } from '../../src/platform/database/principal.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, startPaused } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const DESK = 'jp-cas';
const shownOf = ({ kind, id, version }: FeedItem): Pick<FeedItem, 'kind' | 'id' | 'version'> => ({ kind, id, version });

describe('consoles', () => {
  let service: TestApp;
  let tokens: TokensService;
  let controller: Client;
  let officer: Client;
  let person: UserPrincipal;

  beforeAll(async () => {
    service = await startTestApp();
    tokens = service.app.get(TokensService);
    controller = await Client.signIn(service.url, 'controller');
    officer = await Client.signIn(service.url, DESK);
    person = (await tokens.authenticate(officer.token))?.user as UserPrincipal;
  });
  afterAll(() => service.stop());

  const issue = async (): Promise<string> => (await officer.post<{ id: string }>('/alerts', ALERT)).body.id;
  const open = (token = officer.token, desk = DESK): Promise<DeskSocket> =>
    DeskSocket.open(service.url, { token, run: 'live', desk });
  const rows = (table: string): Promise<Record<string, unknown>[]> =>
    queryAsAdmin(service.database, `SELECT * FROM ${table} ORDER BY at`);
  /** A console that was shown a fresh alert. */
  async function shown(): Promise<{ desk: DeskSocket; item: FeedItem }> {
    const id = await issue();
    const desk = await open();
    return { desk, item: await desk.item('the alert', (item) => item.id === id) };
  }

  describe('and their tokens', () => {
    it('are told and closed when the token ends', async () => {
      const { accessToken } = await tokens.issue(person, 2);
      const desk = await open(accessToken);
      await eventually('the connection is closed', () => !desk.socket.connected);
      expect(desk.closings).toEqual([{ reason: 'TOKEN_ENDED' }]);
      await expect(open(accessToken)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
    });

    it('stay with a fresh token of the same person', async () => {
      const { accessToken } = await tokens.issue(person, 3);
      const endsAt = (await tokens.authenticate(accessToken))?.expiresAt.getTime() ?? 0;
      const desk = await open(accessToken);
      expect(await desk.send('authenticate', { token: officer.token })).toEqual({ ok: true });
      // Past the end of the first token, with time for a close to arrive.
      await pause(endsAt - Date.now() + 1_000);
      expect(desk.closings).toEqual([]);
      expect(await desk.send('resume', { epoch: 1, seq: 0 })).toEqual({ ok: true });
      desk.close();
    });

    it.each<[string, (user: UserPrincipal) => UserPrincipal, number]>([
      ['another person', (user) => ({ ...user, id: '00000000-0000-4000-8000-000000000000' }), 60],
      ['another desk', (user) => ({ ...user, desk: 'jp-mod' }), 60],
      ['another role', (user) => ({ ...user, role: 'observer' }), 60],
      ['one run', (user) => ({ ...user, onlyRun: 'live' }), 60],
      ['the past', (user) => user, -60],
    ])('are not renewed by a token of %s', async (_, change, seconds) => {
      const { accessToken } = await tokens.issue(change(person), seconds);
      const desk = await open();
      expect(await desk.send('authenticate', { token: accessToken })).toMatchObject({ ok: false, code: 'UNAUTHENTICATED' });
      expect(desk.socket.connected).toBe(true);
      desk.close();
    }); // prettier-ignore
  });

  describe('and their feed', () => {
    it('miss nothing that is sent while they connect', async () => {
      const sender = await Client.signIn(service.url, 'kr-jcs');
      const ids: string[] = [];
      const desks: DeskSocket[] = [];
      await Promise.all([
        (async () => {
          for (let count = 0; count < 50; count += 1) {
            ids.push((await sender.post<{ id: string }>('/alerts', ALERT)).body.id);
          }
        })(),
        (async () => {
          for (let count = 0; count < 50; count += 1) {
            desks.push(await open());
          }
        })(),
      ]);
      const last = ids.at(-1);
      const { seq } = (await desks[0]?.item('the last alert', ({ id }) => id === last)) ?? { seq: 0 };
      const everything = Array.from({ length: seq }, (_, index) => index + 1);
      for (const desk of desks) {
        await desk.item('the last alert', ({ id }) => id === last);
        // Each once and in order: a console that applies them strictly has nothing to ask for.
        expect(desk.items.map((item) => item.seq)).toEqual(everything);
        expect(desk.resets).toEqual([]);
        desk.close();
      }
      expect(desks[0]?.items.slice(-50).map(({ id }) => id)).toEqual(ids);
    }, 120_000);

    it('get everything, each of two at one desk', async () => {
      const [first, second] = [await open(), await open()];
      const ids = [await issue(), await issue()];
      for (const desk of [first, second]) {
        await desk.item('both alerts', ({ id }) => id === ids[1]);
        expect(desk.items.slice(-2).map(({ id }) => id)).toEqual(ids);
      }
      first.close();
      const third = await issue();
      await second.item('what comes after the other has left', ({ id }) => id === third);
      expect(second.items).toHaveLength(first.items.length + 1);
      second.close();
    });

    it('are ticked when they come and every two seconds, and hear of the clock whenever it changes', async () => {
      const run = await startPaused(controller);
      const desk = await DeskSocket.open(service.url, { token: officer.token, run, desk: DESK });
      await eventually('a tick', () => desk.ticks.some(({ clock }) => clock['state'] === 'paused'));
      await controller.post(`/runs/${run}/clock`, { action: 'speed', speed: 2 });
      await controller.post(`/runs/${run}/clock`, { action: 'play' });
      const changed = await eventually('the changed clock', () =>
        desk.clocks.find(({ state, speed }) => state === 'playing' && speed === 2),
      );
      const tick = await eventually('a tick of it', () => desk.ticks.find(({ clock }) => clock['state'] === 'playing'));
      expect(tick).toMatchObject({ epoch: 1, headSeq: 1, clock: changed });
      expect(Math.abs(Date.parse(tick.at) - Date.now())).toBeLessThan(30_000);
      desk.close();
    });
  });

  describe('and their receipts', () => {
    it('leave how far they have received, which never goes back', async () => {
      const { desk, item } = await shown();
      for (const seq of [item.seq, 1, 0, item.seq]) {
        expect(await desk.send('received', { seq, epoch: 1 })).toEqual({ ok: true });
        expect(await rows('received')).toEqual([
          expect.objectContaining({ run_id: 'live', audience: 'jp', desk: DESK, epoch: 1, seq: String(item.seq) }),
        ]);
      }
      expect(await desk.send('received', { seq: item.seq + 1 })).toMatchObject({ ok: false, code: 'CURSOR_UNKNOWN' });
      desk.close();
    });

    it('leave what they have displayed, once', async () => {
      const { desk, item } = await shown();
      await queryAsAdmin(service.database, 'DELETE FROM displays');
      expect(await desk.send('displayed', shownOf(item))).toEqual({ ok: true });
      const first = await rows('displays');
      expect(first).toEqual([expect.objectContaining({ desk: DESK, item_id: item.id, version: 1, epoch: 1 })]);
      expect(await desk.send('displayed', shownOf(item))).toEqual({ ok: true });
      expect(await rows('displays')).toEqual(first);
      desk.close();
    });

    it.each<[string, (item: FeedItem) => object]>([
      ['another kind', (item) => ({ ...shownOf(item), kind: 'report' })],
      ['another version', (item) => ({ ...shownOf(item), version: 2 })],
      ['another item', (item) => ({ ...shownOf(item), id: `${item.id}x` })],
    ])('are refused for %s than they were shown', async (_, change) => {
      const { desk, item } = await shown();
      const before = [await rows('displays'), await rows('acknowledgements')];
      for (const [event, more] of [['displayed', {}], ['acknowledge', { key: 'other' }]] as const) {
        expect(await desk.send(event, { ...change(item), ...more })).toMatchObject({ ok: false, code: 'ITEM_NOT_SHOWN' });
      }
      expect([await rows('displays'), await rows('acknowledgements')]).toEqual(before);
      desk.close();
    }); // prettier-ignore

    it('name who acknowledged, once for a key, in the snapshot and the report', async () => {
      const { desk, item } = await shown();
      await queryAsAdmin(service.database, 'DELETE FROM acknowledgements');
      const acknowledge = { ...shownOf(item), note: 'Passed on', key: 'first' };
      const answers = await Promise.all(Array.from({ length: 5 }, () => desk.send('acknowledge', acknowledge)));
      expect(answers).toEqual(Array.from({ length: 5 }, () => ({ ok: true })));
      const first = await rows('acknowledgements');
      expect(first).toEqual([
        expect.objectContaining({ desk: DESK, user_id: person.id, person: person.displayName, note: 'Passed on' }),
      ]);

      // A key stands for one item; a second person, or the same once more, has a key of its own.
      const another = await desk.item('another', ({ id }) => id !== item.id);
      expect(await desk.send('acknowledge', { ...shownOf(another), key: 'first' })).toMatchObject({ ok: false, code: 'KEY_REUSED' });
      expect(await rows('acknowledgements')).toEqual(first);
      expect(await desk.send('acknowledge', { ...shownOf(item), key: 'second' })).toEqual({ ok: true });
      expect(await rows('acknowledgements')).toHaveLength(2);

      const entry = { desk: DESK, person: person.displayName };
      const { body: snapshot } = await officer.get('/runs/live/feeds/jp/snapshot');
      expect(snapshot['acknowledged']).toEqual([
        expect.objectContaining({ ...entry, ...shownOf(item), note: 'Passed on' }),
        expect.objectContaining({ ...entry, ...shownOf(item) }),
      ]);
      const { body: report } = await controller.get<{ shown: (FeedItem & { audience: string; acknowledged: object[] })[] }>('/runs/live/report');
      const acknowledged = report.shown.filter((each) => each.acknowledged.length > 0);
      expect(acknowledged.map(({ audience, id }) => ({ audience, id }))).toEqual([{ audience: 'jp', id: item.id }]);
      expect(acknowledged[0]?.acknowledged).toHaveLength(2);
      // Another party learns of the item, and not of who acknowledged it here.
      const { body: other } = await (await Client.signIn(service.url, 'kr-jcs')).get('/runs/live/feeds/kr/snapshot');
      expect(other['acknowledged']).toEqual([]);
      desk.close();
    }); // prettier-ignore

    it('are refused to whoever looks on, and leave nothing', async () => {
      const { desk, item } = await shown();
      desk.close();
      await service.app
        .get(SignInService)
        .saveAccounts([{ username: 'watcher', displayName: 'Watcher', role: 'observer', desk: DESK, password: DEMO_PASSWORD }]);
      const observer = await Client.signIn(service.url, 'watcher');
      const tables = ['received', 'displays', 'acknowledgements', 'audit'];
      const before = await Promise.all(tables.map(rows));
      const acknowledge = { ...shownOf(item), key: 'onlooker' };
      const tried: [string, string, object][] = [
        [controller.token, 'received', { seq: 1 }],
        [controller.token, 'displayed', shownOf(item)],
        [controller.token, 'acknowledge', acknowledge],
        [observer.token, 'acknowledge', acknowledge],
      ];
      for (const [token, event, message] of tried) {
        const onlooker = await open(token);
        await onlooker.item('the alert, which it does see', ({ id }) => id === item.id);
        expect(await onlooker.send(event, message)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
        onlooker.close();
      }
      expect(await Promise.all(tables.map(rows))).toEqual(before);
    }); // prettier-ignore
  });

  describe('and where they come from', () => {
    const connect = (origin?: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = io(`${service.url}/desk`, {
          transports: ['websocket'],
          auth: { token: officer.token, run: 'live', desk: DESK },
          extraHeaders: origin === undefined ? {} : { origin },
          forceNew: true,
          reconnection: false,
        });
        const end = (outcome: string): void => {
          socket.close();
          resolve(outcome);
        };
        socket.once('connect', () => end('connected'));
        socket.once('connect_error', () => end('refused'));
      });

    it.each<[string, () => string | undefined, string]>([
      ['a program', () => undefined, 'connected'],
      ['a page of this service', () => service.url, 'connected'],
      ['a page of this service behind TLS', () => service.url.replace('http:', 'https:'), 'connected'],
      ['a page of another site', () => 'https://evil.example', 'refused'],
      ['a page of another port', () => 'http://127.0.0.1:1', 'refused'],
      ['a page whose address begins like ours', () => `${service.url}.evil.example`, 'refused'],
      ['a page without an origin', () => 'null', 'refused'],
    ])('%s', async (_, origin, outcome) => {
      expect(await connect(origin())).toBe(outcome);
    });

    it('is a WebSocket, and no request after request', async () => {
      const response = await fetch(`${service.url}/socket.io/?EIO=4&transport=polling`);
      expect(response.status).toBe(400);
    });
  });

  it('are told when the service stops', async () => {
    const other = await startTestApp();
    const { token } = await Client.signIn(other.url, DESK);
    const desk = await DeskSocket.open(other.url, { token, run: 'live', desk: DESK });
    await other.stop();
    await eventually('the connection is closed', () => !desk.socket.connected);
    expect(desk.closings).toEqual([{ reason: 'SERVICE_STOPS' }]);
  });
});
