import type { INestApplication } from '@nestjs/common';
import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { TokensService } from '../../src/modules/parties/tokens.service.js';
import { ROLES, type Role } from '../../src/core/wire/session.js';
import { CLIENT_EVENTS } from '../../src/modules/realtime/events.js';
import type { UserPrincipal } from '../../src/platform/database/principal.js';
import {
  EVENT_ACCESS,
  LIMITED_ALSO,
  LIMITED_NEVER,
  ROUTE_ACCESS,
  type Access,
} from '../../src/platform/http/access-table.js';
import { assertRoutesListed, needsAccess, routesOf } from '../../src/platform/http/routes.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { REQUESTS, startPaused, worldOf, type World } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

const PREFIX = '/api/v1';
const API_ROUTES = Object.keys(ROUTE_ACCESS).filter((route) => route.includes(PREFIX));
const UNSIGNED = ['nobody', 'expired', 'forged', 'unsigned'];
const SIGNED = [...ROLES, 'limited'];

type Outcome = 'sign in' | 'refused' | 'allowed';

const may = (access: Access | undefined, role: UserPrincipal['role']): boolean =>
  access === 'anyone' || (access?.includes(role) ?? false);

/** What the access table says of a caller. */
function expected(route: string, caller: string): Outcome {
  const access = ROUTE_ACCESS[route];
  if (access !== 'anyone' && UNSIGNED.includes(caller)) {
    return 'sign in';
  }
  if (caller === 'limited' && access !== 'anyone' && !route.includes('/:run') && !LIMITED_ALSO.includes(route)) {
    return 'refused';
  }
  if (caller === 'limited' && LIMITED_NEVER.includes(route)) {
    return 'refused';
  }
  const role = caller === 'limited' ? 'controller' : (caller as UserPrincipal['role']);
  return may(access, role) ? 'allowed' : 'refused';
}

describe('access', () => {
  let service: TestApp;
  let world: World;
  const tokens: Record<string, string> = { nobody: '' };
  let issueLimited: (run?: string) => Promise<string>;
  /** Names of the accounts, by what they are here. */
  const signedIn: Record<string, string> = {};

  beforeAll(async () => {
    service = await startTestApp({ allowActual: true });
    await service.app
      .get(SignInService)
      .saveAccounts([
        { username: 'watcher', displayName: 'Watcher', role: 'observer', desk: 'jp-cas', password: DEMO_PASSWORD },
      ]);
    Object.assign(signedIn, {
      observer: 'watcher',
      officer: 'jp-cas',
      drafter: 'jp-cas-drafter',
      approver: 'jp-cas-approver',
      controller: 'controller',
      administrator: 'administrator',
    } satisfies Record<Role, string>);
    for (const [caller, username] of Object.entries(signedIn)) {
      tokens[caller] = (await Client.signIn(service.url, username)).token;
    }
    const administrators = [client('administrator'), await Client.signIn(service.url, 'administrator-2')] as const;
    world = await worldOf(client('controller'), client('officer'), administrators, client('drafter'));
    const issuer = service.app.get(TokensService);
    const controller = (await issuer.authenticate(tokens['controller'] ?? ''))?.user as UserPrincipal;
    // As the demonstration has it: of nobody who has an account.
    issueLimited = async (run = world.run) =>
      (await issuer.issue({ ...controller, id: randomUUID(), sessionId: undefined, onlyRun: run })).accessToken;
    tokens['limited'] = await issueLimited();
    tokens['expired'] = (await issuer.issue(controller, -60)).accessToken;
    tokens['forged'] = await new SignJWT({ username: 'controller', displayName: 'x', role: 'controller' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(controller.id)
      .setIssuer('triwatch')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('another secret of somebody else, long enough'));
    const [, payload] = (tokens['controller'] ?? '').split('.');
    tokens['unsigned'] = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  });
  afterAll(() => service.stop());

  const client = (caller: string): Client => Client.withToken(service.url, tokens[caller] ?? '');

  async function outcomeOf(route: string, caller: string, of: World = world): Promise<Outcome> {
    const build = REQUESTS[route.replace(PREFIX, '')];
    if (!build) {
      throw new Error(`No request is written for ${route}; add it to test/support/requests.ts.`);
    }
    const [method = ''] = route.split(' ');
    // Only who wrote on a draft withdraws it.
    const drafter = caller === 'approver' && route.endsWith('/withdraw') ? client('approver') : of.drafter;
    // Only who registered a webhook, and control, see to it.
    const officer =
      ['drafter', 'approver'].includes(caller) && route.includes('/webhooks/') ? client(caller) : of.officer;
    const call = await build({ ...of, drafter, officer });
    // Some requests begin a run of their own, which is then the one that it is limited to.
    const [, run] = /^\/runs\/([^/?]+)\/./.exec(call.path) ?? [];
    const by =
      caller === 'limited' && of === world && run !== undefined
        ? Client.withToken(service.url, await issueLimited(run))
        : client(caller);
    const { status, body } = await by.send(method, call.path, call.body);
    if (status === 204 && route.endsWith('/sign-out')) {
      tokens[caller] =
        caller === 'limited' ? await issueLimited() : (await Client.signIn(service.url, signedIn[caller] ?? '')).token;
      world = {
        ...world,
        controller: client('controller'),
        officer: client('officer'),
        administrator: client('administrator'),
        drafter: client('drafter'),
      };
    }
    if (status === 401) {
      expect(body).toMatchObject({ code: 'UNAUTHENTICATED' });
      return 'sign in';
    }
    if (status === 403) {
      expect(body).toMatchObject({ code: 'FORBIDDEN' });
      return 'refused';
    }
    expect({ route, caller, status }).toEqual({ route, caller, status: call.status });
    return 'allowed';
  }

  describe('to routes', () => {
    it('is listed for every route, and for no other', () => {
      const served = routesOf(service.app).filter(needsAccess);
      expect(served.sort()).toEqual(Object.keys(ROUTE_ACCESS).sort());
    });

    it('stops the start when a route is not listed', () => {
      const serving = (path: string): INestApplication =>
        ({
          getHttpAdapter: () => ({
            getInstance: () => ({
              router: { stack: [{}, { route: { path, methods: { post: true } } }] },
            }),
          }),
        }) as unknown as INestApplication;
      expect(() => assertRoutesListed(serving('/api/v1/runs'))).not.toThrow();
      expect(() => assertRoutesListed(serving('/api/v1/forgotten'))).toThrow('POST /api/v1/forgotten');
    });

    it.each(API_ROUTES)('%s is as the table says', async (route) => {
      const outcomes: Record<string, Outcome> = {};
      const table: Record<string, Outcome> = {};
      for (const caller of [...UNSIGNED, ...SIGNED]) {
        outcomes[caller] = await outcomeOf(route, caller);
        table[caller] = expected(route, caller);
      }
      expect(outcomes).toEqual(table);
    });

    it.each(API_ROUTES.filter((route) => route.includes('/:run')))(
      '%s is closed to a controller who is limited to another run',
      async (route) => {
        const other = { ...world, run: await startPaused(world.controller) };
        expect(await outcomeOf(route, 'limited', other)).toBe('refused');
      },
    );

    it.each(['GET /health/live', 'GET /health/ready'])('%s is open to anybody', async (route) => {
      const { status } = await fetch(`${service.url}${route.split(' ')[1]}`);
      expect(status).toBe(200);
    });

    it.each([
      ['another scheme', (token: string) => `Basic ${token}`],
      ['two spaces', (token: string) => `Bearer  ${token}`],
      ['no token', () => 'Bearer'],
      ['a token with more behind it', (token: string) => `Bearer ${token}x`],
    ])('refuses an Authorization header with %s', async (_, header) => {
      const authorization = header(tokens['controller'] ?? '');
      const { status } = await fetch(`${service.url}/api/v1/runs`, { headers: { authorization } });
      expect(status).toBe(401);
    });
  });

  describe('to the demonstration', () => {
    const replay = (headers: Record<string, string>): Promise<{ status: number; body: string }> =>
      new Promise((resolve, reject) => {
        const sent = request(`${service.url}/api/v1/demo/replay`, { method: 'POST', headers }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        });
        sent.on('error', reject);
        sent.end();
      });

    it.each([
      ['a name of another site that leads here', { host: 'evil.example' }],
      ['a page of another site', { origin: 'https://evil.example' }],
      ['a page without an origin, as in a frame', { origin: 'null' }],
    ])('is refused to %s', async (_, headers) => {
      const { status, body } = await replay(headers);
      expect({ status, body }).toEqual({ status: 403, body: expect.stringContaining('DEMO_UNAVAILABLE') as string });
    });

    it('gives a token for its own run alone', async () => {
      const { run, accessToken } = JSON.parse((await replay({})).body) as { run: { id: string }; accessToken: string };
      const demo = Client.withToken(service.url, accessToken);
      expect((await demo.get(`/runs/${run.id}`)).status).toBe(200);
      expect((await demo.get(`/runs/${world.run}`)).status).toBe(403);
      expect((await demo.get('/runs')).status).toBe(403);
      expect((await demo.post('/runs', { scenario: 'notice-and-clash' })).status).toBe(403);
      expect((await demo.get('/scenarios/yeonpyeong-2010')).status).toBe(200);
      expect((await demo.get('/scenarios/notice-and-clash')).status).toBe(403);
      expect((await demo.get('/scenarios/none')).status).toBe(403);
      expect((await demo.get('/scenarios')).status).toBe(403);
    });
  });

  describe('to what an exercise has in store', () => {
    const OPEN = ['id', 'kind', 'job', 'names', 'timeZone', 'parties'];
    const WHOLE = [...OPEN, 'summary', 'chapters', 'items'];

    it.each([
      ['officer', OPEN],
      ['observer', OPEN],
      ['controller', WHOLE],
    ])('is what the list of scenarios tells the %s', async (caller, fields) => {
      const { body } = await client(caller).get<{ id: string }[]>('/scenarios');
      const fieldsOf = (id: string): string[] => Object.keys(body.find((each) => each.id === id) ?? {});
      expect(fieldsOf('notice-and-clash').sort()).toEqual([...fields].sort());
      expect(fieldsOf('yeonpyeong-2010').sort()).toEqual([...WHOLE].sort());
    });
  });

  describe('to sockets', () => {
    /** The code with which a connection is refused; undefined when it stands. */
    async function refusal(auth: { token: string; run: string; desk: string }): Promise<string | undefined> {
      try {
        (await DeskSocket.open(service.url, auth)).close();
        return undefined;
      } catch (error) {
        return (error as { data?: { code?: string } }).data?.code;
      }
    }

    it.each([
      ['nobody', 'jp-cas', 'UNAUTHENTICATED'],
      ['expired', 'control', 'UNAUTHENTICATED'],
      ['forged', 'control', 'UNAUTHENTICATED'],
      ['unsigned', 'control', 'UNAUTHENTICATED'],
      ['officer', 'jp-cas', undefined],
      ['officer', 'jp-mod', 'FORBIDDEN_FEED'],
      ['officer', 'kr-jcs', 'FORBIDDEN_FEED'],
      ['officer', 'control', 'FORBIDDEN_FEED'],
      ['officer', 'no-such', 'FORBIDDEN_FEED'],
      ['observer', 'jp-cas', undefined],
      ['observer', 'jp-mod', 'FORBIDDEN_FEED'],
      ['observer', 'control', 'FORBIDDEN_FEED'],
      ['drafter', 'jp-cas', undefined],
      ['drafter', 'kr-jcs', 'FORBIDDEN_FEED'],
      ['drafter', 'control', 'FORBIDDEN_FEED'],
      ['approver', 'jp-cas', undefined],
      ['approver', 'kr-jcs', 'FORBIDDEN_FEED'],
      ['approver', 'control', 'FORBIDDEN_FEED'],
      // Nobody's feed is an administrator's: the run itself is not there for them.
      ['administrator', 'jp-cas', 'RUN_NOT_FOUND'],
      ['administrator', 'control', 'RUN_NOT_FOUND'],
      ['controller', 'control', undefined],
      ['controller', 'kr-jcs', undefined],
      ['controller', 'no-such', 'FORBIDDEN_FEED'],
      ['limited', 'control', undefined],
      ['limited', 'jp-cas', undefined],
    ])('%s at the desk %s gets %s', async (caller, desk, code) => {
      expect(await refusal({ token: tokens[caller] ?? '', run: world.run, desk })).toBe(code);
    });

    it.each([
      ['a run that is not there', 'controller', () => 'no-such-run', 'control'],
      ['a run that it is not limited to', 'limited', () => 'test', 'control'],
    ])('refuses %s', async (_, caller, run, desk) => {
      expect(await refusal({ token: tokens[caller] ?? '', run: run(), desk })).toBe('RUN_NOT_FOUND');
    });

    const MESSAGES: Record<string, (token: string) => object> = {
      received: () => ({ seq: 0 }),
      displayed: () => ({ kind: 'alert', id: 'none', version: 1 }),
      acknowledge: () => ({ kind: 'alert', id: 'none', version: 1, key: 'k' }),
      respond: () => ({ inject: 'none', body: { decision: 'x' }, key: 'k' }),
      resume: () => ({ epoch: 1, seq: 0 }),
      authenticate: (token) => ({ token }),
    };

    it('is listed for every event, and for no other', () => {
      expect(Object.keys(EVENT_ACCESS).sort()).toEqual(Object.keys(CLIENT_EVENTS).sort());
      expect(Object.keys(MESSAGES).sort()).toEqual(Object.keys(EVENT_ACCESS).sort());
    });

    it.each(['received', 'displayed', 'acknowledge', 'respond'])(
      'the event %s comes from the officer of the desk, not from whoever looks on there',
      async (event) => {
        for (const caller of ['observer', 'drafter', 'approver', 'controller']) {
          const token = tokens[caller] ?? '';
          const socket = await DeskSocket.open(service.url, { token, run: world.run, desk: 'jp-cas' });
          expect(await socket.send(event, MESSAGES[event]?.(token))).toMatchObject({ ok: false, code: 'FORBIDDEN' });
          socket.close();
        }
      },
    );

    it.each(Object.keys(EVENT_ACCESS))('the event %s is as the table says', async (event) => {
      const outcomes: Record<string, boolean> = {};
      const table: Record<string, boolean> = {};
      for (const [caller, desk] of [
        ['observer', 'jp-cas'],
        ['officer', 'jp-cas'],
        ['drafter', 'jp-cas'],
        ['approver', 'jp-cas'],
        ['controller', 'control'],
        ['controller', 'jp-cas'],
        ['limited', 'jp-cas'],
      ] as const) {
        const token = tokens[caller] ?? '';
        const socket = await DeskSocket.open(service.url, { token, run: world.run, desk });
        const { code } = await socket.send(event, MESSAGES[event]?.(token));
        socket.close();
        // Beyond the table, what is named here is not there; that says that the event was let through.
        expect([undefined, 'FORBIDDEN', 'ITEM_NOT_SHOWN', 'INJECT_NOT_FOUND']).toContain(code);
        outcomes[`${caller} at ${desk}`] = code !== 'FORBIDDEN';
        table[`${caller} at ${desk}`] = may(EVENT_ACCESS[event], caller === 'limited' ? 'controller' : caller);
      }
      expect(outcomes).toEqual(table);
    });
  });
});
