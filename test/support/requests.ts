import { randomUUID } from 'node:crypto';
import type { AlertDraftView } from '../../src/core/wire/alert.js';
import type { Client } from './client.js';
import { eventually } from './eventually.js';

/** What the requests of this file are made for: a paused run of `notice-and-clash` and clients of its people. */
export interface World {
  readonly run: string;
  readonly controller: Client;
  /** Of the desk jp-cas. */
  readonly officer: Client;
  readonly administrator: Client;
  /** Sources take two. */
  readonly otherAdministrator: Client;
  /** Of the desk jp-cas; there are drafts only where the service allows what is actual. */
  readonly drafter: Client;
}

export interface Call {
  readonly path: string;
  readonly body?: object;
  /** Who makes it, where it is no controller. */
  readonly by?: Client;
  /** The status of its success. */
  readonly status: number;
}

export const SCENARIO = 'notice-and-clash';

export const ALERT = {
  event: 'Ballistic missile launch',
  urgency: 'Immediate',
  severity: 'Extreme',
  certainty: 'Observed',
  info: [
    { language: 'ja-JP', headline: 'ミサイル発射', description: '発射を確認した。' },
    { language: 'ko-KR', headline: '미사일 발사', description: '발사를 확인함.' },
    { language: 'en-US', headline: 'Missile launch', description: 'A launch was seen.' },
  ],
};

/** A message in the JSON mirror of CAP, of the status of the live watch, under a new identifier each time. */
export const capMessage = (more: object = {}): object => ({
  identifier: randomUUID(),
  sender: 'warnings@weather.example',
  sent: '2026-11-24T12:00:00+09:00',
  status: 'Test',
  msgType: 'Alert',
  scope: 'Public',
  info: [
    {
      ...{
        language: 'en-US',
        category: ['Met'],
        event: 'Gale',
        urgency: 'Expected',
        severity: 'Severe',
        certainty: 'Likely',
      },
      headline: 'Gale warning',
      area: [{ areaDesc: 'Coast', polygon: ['35,139 35,140 36,140 36,139 35,139'] }],
    },
  ],
  ...more,
});

export const ANNOUNCEMENT = {
  act: 'missile-test',
  vehicleClass: 'ICBM',
  windowStart: '2051-05-20T09:00:00+09:00',
  windowEnd: '2051-05-21T09:00:00+09:00',
  launchArea: { circle: { latitude: 40.9, longitude: 129.7, radiusKm: 20 } },
  impactAreas: [{ circle: { latitude: 38.5, longitude: 168.4, radiusKm: 150 } }],
};

/** An act that is told of only after the event that it waits for. */
export const MEMORIAL = {
  act: 'memorial-act',
  windowStart: ANNOUNCEMENT.windowStart,
  windowEnd: ANNOUNCEMENT.windowEnd,
  embargo: { event: 'ceremony over' },
};

export const DECLARATION = { acts: ['fire'], against: ['KP'], unless: { kind: 'attacked' } };

/** Starts a run that stands still at its beginning. */
export async function startPaused(controller: Client, scenario = SCENARIO): Promise<string> {
  const { body } = await controller.post<{ id: string }>('/runs', { scenario, paused: true });
  return body.id;
}

export const worldOf = async (
  controller: Client,
  officer: Client,
  [administrator, otherAdministrator]: readonly [Client, Client],
  drafter = officer,
): Promise<World> => ({
  run: await startPaused(controller),
  controller,
  officer,
  administrator,
  otherAdministrator,
  drafter,
});

/** A draft on the run `actual`, as its drafter sees it. */
export async function draftOf(drafter: Client, message: object = ALERT): Promise<AlertDraftView> {
  const { body } = await drafter.post<{ id: string }>('/alerts?run=actual', message);
  return (await drafter.get<AlertDraftView>(`/alerts/drafts/${body.id}?run=actual`)).body;
}

/** An inject of the run that was not sent yet. */
async function nextInject({ controller, run }: World): Promise<string> {
  const { body } = await controller.get<{ id: string; deliveries: { state: string }[] }[]>(`/runs/${run}/injects`);
  return body.find(({ deliveries }) => deliveries.every(({ state }) => state === 'pending'))?.id ?? 'none-left';
}

/** A branch that is still to be decided, in a run of its own. */
async function openBranch({ controller }: World): Promise<{ path: string; body: object }> {
  const run = await startPaused(controller, 'notice-regime-clash');
  return { path: `/runs/${run}/injects/ask-short-notice/branch`, body: { answer: 'object' } };
}

const made = async (by: Client, path: string, body: object): Promise<string> =>
  (await by.post<{ id: string }>(path, body)).body.id;

let sources = 0;
const sourceOf = (): object => ({
  id: `source-${(sources += 1)}`,
  url: 'http://127.0.0.1:1/',
  sender: 'agency@example.org',
  party: 'KR',
  names: { 'ja-JP': '機関', 'ko-KR': '기관', 'en-US': 'Agency' },
});
/** A source that the other administrator proposed. */
const source = ({ otherAdministrator }: World): Promise<string> => made(otherAdministrator, '/sources', sourceOf());
/** One that both agreed on. */
async function trusted(world: World): Promise<string> {
  const id = await source(world);
  await world.administrator.post(`/sources/${id}/approve`);
  return id;
}

/** Nobody listens there, and nothing is told in the run. */
const webhookOf = (run: string): object => ({ url: 'http://127.0.0.1:1/', run, audience: 'jp' });

/** A webhook of the officer, the only active one of the run. */
async function webhook({ officer, run }: World): Promise<string> {
  const { body } = await officer.get<{ id: string; state: string }[]>('/webhooks');
  await Promise.all(body.map(({ id }) => officer.post(`/webhooks/${id}/disable`)));
  return made(officer, '/webhooks', webhookOf(run));
}

/** An alert of the officer that stands in the feed of the officer's audience. */
async function told(officer: Client, run: string): Promise<string> {
  const id = await made(officer, `/alerts?run=${run}`, ALERT);
  await eventually('the alert is told', async () => {
    const { body } = await officer.get<{ items: { id: string }[] }>(`/runs/${run}/feeds/jp/items?limit=500`);
    return body.items.some((item) => item.id === id);
  });
  return id;
}

/** For every route of the API below /api/v1: a request that succeeds for whoever may make it, where actual is allowed. */
export const REQUESTS: Readonly<Record<string, (world: World) => Call | Promise<Call>>> = {
  'POST /auth/token': () => ({
    path: '/auth/token',
    body: { username: 'jp-mod', password: 'test-demo-password' },
    status: 200,
  }),
  'POST /auth/refresh': async ({ officer }) => {
    const session = await officer.post<{ refreshToken: string }>('/auth/token', {
      username: 'jp-mod',
      password: 'test-demo-password',
    });
    return { path: '/auth/refresh', body: { refreshToken: session.body.refreshToken }, status: 200 };
  },
  'POST /auth/sign-out': async ({ officer }) => {
    const session = await officer.post<{ accessToken: string }>('/auth/token', {
      username: 'jp-mod',
      password: 'test-demo-password',
    });
    return { path: '/auth/sign-out', body: {}, by: officer.as(session.body.accessToken), status: 204 };
  },
  'POST /auth/join': async ({ controller, run }) => {
    const codes = await controller.post<{ code: string }[]>(`/runs/${run}/join-codes`, { desk: 'jp-cas' });
    return { path: '/auth/join', body: { code: codes.body[0]?.code, name: 'Sato' }, status: 200 };
  },
  'GET /auth/oidc': () => ({ path: '/auth/oidc', status: 200 }),
  // Nobody configured a provider for the tests that use these; test/e2e/oidc.e2e.spec.ts has one.
  'GET /auth/oidc/start': () => ({ path: '/auth/oidc/start', status: 404 }),
  'GET /auth/oidc/callback': () => ({ path: '/auth/oidc/callback', status: 302 }),
  'GET /keys': () => ({ path: '/keys', status: 200 }),
  'POST /keys': ({ administrator }) => ({
    path: '/keys',
    by: administrator,
    body: { name: 'siren', desk: 'jp-cas', scopes: ['feeds:read'], days: 30 },
    status: 201,
  }),
  'POST /keys/:key/revoke': async ({ administrator }) => {
    const key = await administrator.post<{ id: string }>('/keys', {
      name: 'siren',
      desk: 'jp-cas',
      scopes: ['feeds:read'],
      days: 30,
    });
    return { path: `/keys/${key.body.id}/revoke`, by: administrator, status: 200 };
  },
  'GET /runs/:run/join-codes': ({ run }) => ({ path: `/runs/${run}/join-codes`, status: 200 }),
  'POST /runs/:run/join-codes': ({ run }) => ({
    path: `/runs/${run}/join-codes`,
    body: { desk: 'jp-cas' },
    status: 201,
  }),
  'POST /runs/:run/join-codes/:code/revoke': async ({ controller, run }) => {
    const codes = await controller.post<{ id: string }[]>(`/runs/${run}/join-codes`, { desk: 'jp-cas' });
    return { path: `/runs/${run}/join-codes/${codes.body[0]?.id}/revoke`, status: 200 };
  },
  'GET /auth/me': () => ({ path: '/auth/me', status: 200 }),
  'GET /signing-keys': () => ({ path: '/signing-keys', status: 200 }),
  'GET /demo': () => ({ path: '/demo', status: 200 }),
  'POST /demo/replay': () => ({ path: '/demo/replay', body: {}, status: 201 }),
  'GET /scenarios/:scenario/compare': () => ({ path: `/scenarios/${SCENARIO}/compare?seeds=5`, status: 200 }),
  'GET /scenarios/:scenario/compare/figure': () => ({
    path: `/scenarios/${SCENARIO}/compare/figure?seeds=5&language=ko`,
    status: 200,
  }),
  'GET /arrangements': () => ({ path: '/arrangements', status: 200 }),
  'GET /desks': () => ({ path: '/desks', status: 200 }),
  'GET /scenarios': () => ({ path: '/scenarios', status: 200 }),
  'GET /scenarios/:scenario': () => ({ path: `/scenarios/${SCENARIO}`, status: 200 }),
  'GET /runs': () => ({ path: '/runs', status: 200 }),
  'POST /runs': () => ({ path: '/runs', body: { scenario: SCENARIO, paused: true }, status: 201 }),
  'GET /runs/:run': ({ run }) => ({ path: `/runs/${run}`, status: 200 }),
  'POST /runs/:run/clock': ({ run }) => ({
    path: `/runs/${run}/clock`,
    body: { action: 'speed', speed: 2 },
    status: 200,
  }),
  'GET /runs/:run/injects': ({ run }) => ({ path: `/runs/${run}/injects`, status: 200 }),
  'POST /runs/:run/injects/:inject/send': async (world) => ({
    path: `/runs/${world.run}/injects/${await nextInject(world)}/send`,
    status: 200,
  }),
  'POST /runs/:run/injects/:inject/branch': async (world) => ({
    ...(await openBranch(world)),
    status: 200,
  }),
  'GET /runs/:run/report': ({ run }) => ({ path: `/runs/${run}/report`, status: 200 }),
  'GET /runs/:run/feeds/:audience/items': ({ run }) => ({ path: `/runs/${run}/feeds/jp/items`, status: 200 }),
  'GET /runs/:run/feeds/:audience/snapshot': ({ run }) => ({ path: `/runs/${run}/feeds/jp/snapshot`, status: 200 }),
  'GET /runs/:run/feeds/:audience/head': ({ run }) => ({ path: `/runs/${run}/feeds/jp/head`, status: 200 }),
  'GET /runs/:run/feeds/:audience/stream': ({ run }) => ({ path: `/runs/${run}/feeds/jp/stream`, status: 200 }),
  'GET /runs/:run/feeds/:audience/atom': ({ run }) => ({ path: `/runs/${run}/feeds/jp/atom`, status: 200 }),
  'POST /alerts': () => ({ path: '/alerts?run=test', body: ALERT, status: 201 }),
  'POST /alerts/cap': () => ({ path: '/alerts/cap?run=test', body: capMessage(), status: 201 }),
  'GET /runs/:run/feeds/:audience/cap/:id/:version': async ({ officer, run }) => ({
    path: `/runs/${run}/feeds/jp/cap/${await told(officer, run)}/1`,
    status: 200,
  }),
  'POST /cap/validate': () => ({ path: '/cap/validate', body: capMessage(), status: 200 }),
  'POST /alerts/:id/update': async ({ officer }) => ({
    path: `/alerts/${await made(officer, '/alerts?run=test', ALERT)}/update?run=test`,
    body: ALERT,
    status: 201,
  }),
  'POST /alerts/:id/cancel': async ({ officer }) => ({
    path: `/alerts/${await made(officer, '/alerts?run=test', ALERT)}/cancel?run=test`,
    body: {},
    status: 201,
  }),
  'GET /alerts/:id/prepared': async ({ officer }) => ({
    path: `/alerts/${await made(officer, '/alerts?run=test', ALERT)}/prepared?run=test`,
    status: 200,
  }),
  'GET /alerts/drafts': () => ({ path: '/alerts/drafts?run=actual', status: 200 }),
  'GET /alerts/drafts/:id': async ({ drafter }) => ({
    path: `/alerts/drafts/${(await draftOf(drafter)).id}?run=actual`,
    status: 200,
  }),
  'PUT /alerts/drafts/:id': async ({ drafter }) => ({
    path: `/alerts/drafts/${(await draftOf(drafter)).id}?run=actual`,
    body: ALERT,
    status: 202,
  }),
  'POST /alerts/:id/approve': async ({ drafter }) => {
    const { id, hash } = await draftOf(drafter);
    const confirmation = '実発令 Ballistic missile launch 宛先3';
    return {
      path: `/alerts/${id}/approve?run=actual`,
      body: { hash, confirmation, password: 'test-demo-password' },
      status: 201,
    };
  },
  'POST /alerts/:id/reject': async ({ drafter }) => ({
    path: `/alerts/${(await draftOf(drafter)).id}/reject?run=actual`,
    body: {},
    status: 200,
  }),
  'POST /alerts/:id/withdraw': async ({ drafter }) => ({
    path: `/alerts/${(await draftOf(drafter)).id}/withdraw?run=actual`,
    status: 200,
  }),
  'GET /alerts/:id': async ({ officer }) => ({
    path: `/alerts/${await made(officer, '/alerts?run=test', ALERT)}?run=test`,
    status: 200,
  }),
  'GET /phrases': () => ({ path: '/phrases', status: 200 }),
  'POST /sources': ({ administrator }) => ({ path: '/sources', by: administrator, body: sourceOf(), status: 201 }),
  'GET /sources': () => ({ path: '/sources', status: 200 }),
  'POST /sources/:id/approve': async (world) => ({
    path: `/sources/${await source(world)}/approve`,
    by: world.administrator,
    status: 200,
  }),
  'POST /sources/:id/suspend': async (world) => ({ path: `/sources/${await trusted(world)}/suspend`, status: 200 }),
  'GET /sources/:id/documents': async (world) => ({ path: `/sources/${await source(world)}/documents`, status: 200 }),
  'POST /webhooks': ({ run }) => ({ path: '/webhooks', body: webhookOf(run), status: 201 }),
  'GET /webhooks': () => ({ path: '/webhooks', status: 200 }),
  'POST /webhooks/:id/rotate': async (world) => ({ path: `/webhooks/${await webhook(world)}/rotate`, status: 200 }),
  'POST /webhooks/:id/disable': async (world) => ({ path: `/webhooks/${await webhook(world)}/disable`, status: 200 }),
  'GET /webhooks/:id/deliveries': async (world) => ({
    path: `/webhooks/${await webhook(world)}/deliveries`,
    status: 200,
  }),
  'POST /webhooks/:id/resend': async (world) => ({ path: `/webhooks/${await webhook(world)}/resend`, status: 200 }),
  'POST /announcements': () => ({ path: '/announcements?run=test', body: { ...ANNOUNCEMENT, by: 'JP' }, status: 201 }),
  'POST /declarations': () => ({ path: '/declarations?run=test', body: { ...DECLARATION, by: 'JP' }, status: 201 }),
  'POST /declarations/:id/withdraw': async ({ officer }) => ({
    path: `/declarations/${await made(officer, '/declarations?run=test', DECLARATION)}/withdraw?run=test`,
    body: {},
    status: 201,
  }),
  'GET /declarations': () => ({ path: '/declarations?run=test', status: 200 }),
  'GET /runs/:run/ledger': ({ run }) => ({ path: `/runs/${run}/ledger`, status: 200 }),
  'POST /notices/check': () => ({
    path: '/notices/check?regime=hcoc-2002',
    body: { act: 'missile-test' },
    status: 200,
  }),
  'GET /thresholds': () => ({ path: '/thresholds?subject=food', status: 200 }),
  'POST /thresholds/check': () => ({
    path: '/thresholds/check',
    body: { measurements: [{ substance: 'tritium', medium: 'sea-near', value: 910, unit: 'Bq/L' }] },
    status: 200,
  }),
  'POST /announcements/:id/amend': async ({ officer }) => ({
    path: `/announcements/${await made(officer, '/announcements?run=test', ANNOUNCEMENT)}/amend?run=test`,
    body: ANNOUNCEMENT,
    status: 201,
  }),
  'POST /announcements/:id/cancel': async ({ officer }) => ({
    path: `/announcements/${await made(officer, '/announcements?run=test', ANNOUNCEMENT)}/cancel?run=test`,
    body: {},
    status: 201,
  }),
  'POST /announcements/:id/report': async ({ officer }) => ({
    path: `/announcements/${await made(officer, '/announcements?run=test', ANNOUNCEMENT)}/report?run=test`,
    body: { occurredAt: '2024-01-01T00:00:00Z', outcome: 'as-announced' },
    status: 201,
  }),
  'POST /announcements/:id/release': async ({ officer }) => ({
    path: `/announcements/${await made(officer, '/announcements?run=test', MEMORIAL)}/release?run=test`,
    body: { declared: 'ceremony over' },
    status: 201,
  }),
  'POST /announcements/:id/check': async ({ officer }) => ({
    path: `/announcements/${await made(officer, '/announcements?run=test', ANNOUNCEMENT)}/check?run=test`,
    status: 200,
  }),
};
