import { AlertFlow } from '../support/alert-flow.js';
import { Client } from '../support/client.js';
import { Cluster, describeWithRedis, type Main } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import type { ReconnectingDesk } from '../support/reconnecting-desk.js';
import { ALERT } from '../support/requests.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Two seconds of ticks on the last read, 5 s without, half a second between two looks; the rest is for a busy machine. */
const STALE_WITHIN_MS = 9_000;
/** A console may try the cut-off main again a few times before the balancer's turn brings it to the other. */
const MOVED_WITHIN_MS = 20_000;
const REFUSED_WITHIN_MS = 12_000;

describeWithRedis('two mains, of which one is cut off from PostgreSQL', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let cluster: Cluster;
  let lonely: Main;
  let flow: AlertFlow;
  let desks: ReconnectingDesk[];

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await TcpProxy.before(Number(new URL(database.url).port));
    const through = new URL(database.url);
    through.port = String(proxy.port);
    cluster = await Cluster.start({
      mains: 2,
      workers: 1,
      users: ['controller', 'jp-cas'],
      database,
      mainEnv: [{ DATABASE_URL: through.href }],
    });
    lonely = cluster.mains[0]!;
    const { token } = await cluster.signIn('controller');
    flow = cluster.processes.own(new AlertFlow(cluster.balancer.url, token));
  }, 180_000);
  beforeEach(async () => {
    desks = [];
    // The balancer takes turns, so that some are on each main.
    for (let count = 0; count < 6; count += 1) {
      desks.push(await cluster.openDesk('jp-cas'));
    }
  });
  afterEach(async () => {
    proxy.heal();
    await flow?.stop();
    desks.forEach((desk) => desk.close());
  });
  afterAll(async () => {
    proxy?.close();
    await cluster?.stop();
    await database?.drop();
  });

  /** What the main that is cut off answers to an alert, and when; it must not leave the caller without an answer. */
  async function refusal(): Promise<{ status: number; code?: unknown }> {
    const { token } = await cluster.signIn('controller');
    const { status, body } = await Client.withToken(lonely.url, token).post('/alerts?run=live', ALERT);
    return { status, code: body['code'] };
  }

  /** The main has as many connections to PostgreSQL as it can, none of them at work. */
  async function fillPool(): Promise<void> {
    await Promise.all(Array.from({ length: 16 }, async () => (await fetch(`${lonely.url}/health/ready`)).text()));
  }

  async function partition(
    name: string,
    begin: () => void,
    during: () => Promise<void>,
    end = () => proxy.heal(),
  ): Promise<void> {
    flow.start();
    await flow.more(5);
    await fillPool();
    const beganAt = Date.now();
    begin();
    const staleAt = await Promise.all(
      desks.map((desk) => desk.says(['stale', 'down'], beganAt, STALE_WITHIN_MS).catch(() => undefined)),
    );
    const moved = desks.filter((_, index) => staleAt[index] !== undefined);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.length).toBeLessThan(desks.length);
    const staleMs = Math.max(...staleAt.map((at) => (at ?? 0) - beganAt));
    await Promise.all(moved.map((desk) => desk.whenLive(MOVED_WITHIN_MS)));
    console.info(`${name}: stale after ${staleMs} ms, all live again after ${Date.now() - beganAt} ms`);
    await Promise.all(desks.map((desk) => flow.whenTold(desk, 5_000)));
    await during();
    end();
    await eventually('the main is ready again', async () => (await fetch(`${lonely.url}/health/ready`)).ok, 15_000);
    const back = await cluster.openDesk('jp-cas', 'live', lonely.url);
    await flow.more(10);
    await flow.stop();
    await flow.expectWhole([...desks, back]);
    expect(desks.map(({ resetReason }) => resetReason)).toEqual(desks.map(() => undefined));
    back.close();
    // What was held back all the time arrives late: commands that were sent again, with their keys, long ago.
    proxy.heal();
    await flow.expectWhole(desks);
  }

  it(
    'resets: its consoles move to the other, it refuses, and it serves again when the way is free (pitfalls 6 and 9)',
    () =>
      partition(
        'connections to PostgreSQL are reset',
        () => proxy.cut(),
        async () => {
          expect((await fetch(`${lonely.url}/health/ready`)).status).toBe(503);
          expect(await refusal()).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' });
        },
      ),
    90_000,
  );

  it(
    'silence: its consoles move to the other, it refuses, and it serves again though nobody ends the old connections (pitfalls 6 and 9)',
    () =>
      partition(
        'connections to PostgreSQL are silent',
        () => proxy.stall(),
        async () => {
          const none = new Promise((resolve) => setTimeout(() => resolve('no answer'), REFUSED_WITHIN_MS));
          const ready = fetch(`${lonely.url}/health/ready`).then(({ status }) => status);
          expect(await Promise.all([Promise.race([ready, none]), Promise.race([refusal(), none])])).toEqual([
            503,
            { status: 503, code: 'DATABASE_UNAVAILABLE' },
          ]);
        },
        () => proxy.healForNew(),
      ),
    90_000,
  );
});
