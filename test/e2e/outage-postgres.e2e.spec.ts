import { Client as Postgres } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { AlertFlow } from '../support/alert-flow.js';
import { Cluster, describeWithRedis } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { endPostgres, Processes } from '../support/processes.js';
import type { ReconnectingDesk } from '../support/reconnecting-desk.js';

const OUTAGE_MS = 8_000;
const OWNER = 'outage_owner';
const LOGIN = 'outage_login';

describeWithRedis('the served shape without its PostgreSQL', () => {
  const processes = new Processes();
  let dataDir: string;
  let cluster: Cluster;
  let flow: AlertFlow;
  let desks: ReconnectingDesk[];

  beforeAll(async () => {
    dataDir = await processes.dataDir();
    const server = await startPostgres();
    await makeRoles(server);
    const urlFor = (role: string): string => server.urlFor(role, role, 'outage');
    const database = { url: urlFor(LOGIN), ownerUrl: urlFor(OWNER) };
    cluster = await Cluster.start(
      { mains: 1, workers: 1, users: ['controller', 'jp-cas', 'kr-jcs'], database },
      processes,
    );
    const { token } = await cluster.signIn('controller');
    flow = processes.own(new AlertFlow(cluster.mains[0]!.url, token));
    desks = [await cluster.openDesk('jp-cas'), await cluster.openDesk('kr-jcs')];
  }, 180_000);
  afterAll(() => processes.cleanUp());

  /** The server is nobody's: it stays down when it is killed, and comes back on its port with the next call. */
  const startPostgres = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDir, log: () => undefined, keepRunning: true });

  async function makeRoles(server: EmbeddedPostgres): Promise<void> {
    const admin = new Postgres({ connectionString: server.urlFor(server.superuser, server.password, 'postgres') });
    await admin.connect();
    await admin.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${OWNER}'`);
    await admin.query(`CREATE ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD '${LOGIN}'`);
    await admin.query(`CREATE DATABASE outage OWNER ${OWNER}`);
    await admin.end();
  }

  it('refuses commands at once, says that it is not ready, leaves consoles what they have and tells all after the return', async () => {
    const [main, worker] = [cluster.mains[0]!, cluster.workers[0]!];
    flow.start();
    await flow.more(10);
    await Promise.all(desks.map((desk) => flow.whenTold(desk)));
    const had = desks.map(({ items }) => items.length);

    const downAt = Date.now();
    await endPostgres(dataDir, 'SIGKILL');
    const refused = await eventually('an alert is refused', () => flow.refusals.find(({ at }) => at >= downAt), 4_000);
    expect(refused).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    // The watch asks four times a second; a refusal may be faster than its next question.
    const ready = await eventually(
      'the service is not ready',
      async () => {
        const answer = await fetch(`${main.url}/health/ready`);
        return answer.status === 503 && answer;
      },
      2_000,
    );
    expect(await ready.json()).toMatchObject({ status: 'not-ready', reason: 'DATABASE_UNAVAILABLE' });
    expect((await fetch(`${main.url}/health/live`)).status).toBe(200);
    // The node may tick for 2 s on its last read; 5 s later the console says so.
    const staleAt = await Promise.all(desks.map((desk) => desk.says(['stale'], downAt, 9_000)));
    expect(desks.map(({ items }, index) => items.length >= had[index]!)).toEqual([true, true]);
    await pause(Math.max(0, downAt + OUTAGE_MS - Date.now()));

    await startPostgres();
    const backAt = Date.now();
    await Promise.all(desks.map((desk) => desk.whenLive(15_000)));
    const liveMs = Date.now() - backAt;
    await flow.more(10);
    await flow.stop();
    await flow.expectWhole(desks);
    const answers = flow.refusals.map(({ status, code }) => `${status} ${code}`);
    expect([...new Set(answers)]).toEqual(['503 DATABASE_UNAVAILABLE']);
    const slowest = Math.max(...flow.refusals.map(({ tookMs }) => tookMs));
    const staleMs = Math.max(...staleAt) - downAt;
    console.info(
      `PostgreSQL away, served: stale after ${staleMs} ms, slowest refusal ${slowest} ms, live ${liveMs} ms after the return`,
    );
    expect({ main: main.ended, worker: worker.ended }).toEqual({ main: undefined, worker: undefined });
    expect(desks.map(({ resetReason }) => resetReason)).toEqual([undefined, undefined]);
  }, 90_000);
});
