import type { ItemsEvent, TickEvent } from '../../src/core/wire/desk-events.js';
import type { ClockView } from '../../src/core/wire/clock.js';
import type { Cursor } from '../../src/core/wire/feed.js';
import { TokensService } from '../../src/modules/parties/tokens.service.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SseClient } from '../support/sse-client.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MIDDLE = '2031-05-20T09:40:00+09:00';
/** As many as one person may have open. */
const LIMIT = 20;

describe('the channel of server-sent events', () => {
  let service: TestApp;
  let officer: Client;
  let run: SteeredRun;
  const streams: SseClient[] = [];

  beforeAll(async () => {
    service = await startTestApp();
    officer = await Client.signIn(service.url, 'kr-jcs');
    run = await SteeredRun.start(service, SCENARIO);
    await run.jump(MIDDLE);
  }, 120_000);
  afterAll(() => service.stop());
  afterEach(async () => {
    await Promise.all(streams.splice(0).map((stream) => stream.close()));
    await eventually('the streams are let go', async () => (await gauge()) === 0);
  });

  const address = (query = '', at = service): string => `${at.url}/api/v1/runs/${run.id}/feeds/kr/stream${query}`;

  async function open(cursor?: Cursor, query = '', token = officer.token): Promise<SseClient> {
    const stream = await SseClient.open(address(query), { token, cursor });
    streams.push(stream);
    return stream;
  }

  const refusal = (options: { query?: string; headers?: Record<string, string> }): Promise<object> =>
    fetch(address(options.query), { headers: { authorization: `Bearer ${officer.token}`, ...options.headers } }).then(
      async (answer) => ({ status: answer.status, ...((await answer.json()) as object) }),
    );

  const head = async (): Promise<number> => (await run.feed('kr')).length;
  const alert = (): Promise<unknown> => officer.post(`/alerts?run=${run.id}`, ALERT);
  const gauge = async (): Promise<number> => {
    const text = await service.app.get(Metrics).text();
    return Number(/^triwatch_consoles\{channel="sse"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  it('may be kept, changed or held back by nothing on the way', async () => {
    const { response, ...stream } = await open();
    expect(stream).toBeDefined();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  it('says the same as the socket, and where the reader is after it', async () => {
    const stream = await open();
    const desk = await DeskSocket.open(service.url, { token: officer.token, run: run.id, desk: 'kr-jcs' });
    const last = await head();
    await eventually('everything', () => stream.items.length >= last && desk.items.length >= last);
    expect(stream.items).toEqual(desk.items);
    for (const { lastEventId, data } of stream.events.filter(({ event }) => event === 'items')) {
      const { run: of, audience, epoch, items } = JSON.parse(data) as ItemsEvent;
      expect({ of, audience }).toEqual({ of: run.id, audience: 'kr' });
      expect(lastEventId).toBe(`${epoch}:${items.at(-1)?.seq}`);
    }
    expect(stream.retryMs).toBeGreaterThan(0);
    desk.close();
  });

  it('ticks, and tells of the clock (pitfall 6)', async () => {
    const stream = await open();
    const ticks = (): TickEvent[] => stream.bodies<TickEvent>('tick');
    await eventually('ticks', () => ticks().length >= 2);
    expect(ticks().at(-1)).toMatchObject({ epoch: 1, headSeq: await head(), clock: { state: 'paused' } });
    const { clock } = await run.clock({ action: 'speed', speed: 30 });
    await eventually('the clock', () => stream.bodies<ClockView>('clock').some((told) => told.speed === 30));
    expect(stream.bodies<ClockView>('clock')).toEqual([clock]);
  });

  it.each(['1', 'x', '1:-1', '0:1', '1:2:3'])('refuses the position %j before it begins', async (word) => {
    const bad = { status: 422, code: 'BAD_CURSOR' };
    expect(await refusal({ headers: { 'last-event-id': word } })).toMatchObject(bad);
    expect(await refusal({ query: `?lastEventId=${word}` })).toMatchObject(bad);
  });

  it('takes the position from the address where a client cannot set headers, and from the header where both are', async () => {
    const last = await head();
    const byAddress = await open(undefined, `?lastEventId=1:${last - 1}`);
    const byHeader = await open({ epoch: 1, seq: last - 2 }, '?lastEventId=1:1');
    await eventually('what is lacking', () => byAddress.items.length >= 1 && byHeader.items.length >= 2);
    expect(byAddress.items.map(({ seq }) => seq)).toEqual([last]);
    expect(byHeader.items.map(({ seq }) => seq)).toEqual([last - 1, last]);
  });

  it('ends with the token, and goes on with a new one without a gap (pitfall 19)', async () => {
    const tokens = service.app.get(TokensService);
    const { user } = (await tokens.authenticate(officer.token))!;
    const first = await open(undefined, '', (await tokens.issue(user, 2)).accessToken);
    const start = await head();
    await eventually('everything', () => first.items.length >= start);
    await first.whenEnded();
    expect(first.bodies('closing')).toEqual([{ reason: 'TOKEN_ENDED' }]);
    expect(first.events.at(-1)?.event).toBe('closing');
    await alert();
    await run.settled();
    const second = await open(first.cursor);
    await eventually('the rest', () => second.items.length >= 1);
    expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual(
      Array.from({ length: start + 1 }, (_, index) => index + 1),
    );
  });

  it('is open so many times for one person', async () => {
    for (let count = 0; count < LIMIT; count += 1) {
      await open();
    }
    expect(await gauge()).toBe(LIMIT);
    expect(await refusal({})).toMatchObject({ status: 429, code: 'TOO_MANY_STREAMS' });
    await open(undefined, '', run.control.token);
    await streams[0]?.close();
    await eventually('there is room again', () => open().catch(() => undefined));
  });

  it('answers whether it is there without beginning', async () => {
    const { status, headers } = await fetch(address(), {
      method: 'HEAD',
      headers: { authorization: `Bearer ${officer.token}` },
    });
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/event-stream; charset=utf-8',
    });
  });

  it('says so when the service stops, and does not hold it up', async () => {
    const other = await startTestApp({ database: service.database, work: false });
    const stream = await SseClient.open(address('', other), { token: officer.token });
    await eventually('a tick', () => stream.bodies('tick').length > 0);
    await other.stop();
    expect(stream.bodies('closing')).toEqual([{ reason: 'SERVICE_STOPS' }]);
    await stream.whenEnded();
  });
});
