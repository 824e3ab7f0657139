import { Redis } from 'ioredis';
import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { Client } from '../support/client.js';
import { DeskConsole } from '../support/desk-console.js';
import { eventually } from '../support/eventually.js';
import { LoadBalancer } from '../support/load-balancer.js';
import { freePort, Processes, type Program } from '../support/processes.js';
import { DESKS, expectWhole, makeReplay, play, undisturbedDigest, whenOver, type RunView } from '../support/replays.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const REDIS_SERVER = process.env['TEST_REDIS_SERVER'] ?? '';
const PASSWORD = 'a password of the tests';
const MIDDLE = Date.parse('2010-11-23T14:47:00+09:00');

// scripts/test.mjs says so when there is no redis-server.
(REDIS_SERVER ? describe : describe.skip)('two gateways and two workers on PostgreSQL and Redis', () => {
  const processes = new Processes();
  let database: TestDatabase;
  let env: Record<string, string>;
  let redisPort: number;
  let redis: Program;
  let mains: (Program & { url: string })[];
  let workers: Program[];
  let balancer: LoadBalancer;
  let reference: TestApp;
  let undisturbed: Promise<string | undefined>;

  beforeAll(async () => {
    database = await createTestDatabase();
    redisPort = await freePort();
    redis = await startRedis();
    env = {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      TRIWATCH_TOKEN_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      TRIWATCH_SIGNING_KEY: newSigningKey(),
    };
    await addUsers();
    const ports = [await freePort(), await freePort()];
    workers = ports.map(() => processes.built('worker', env));
    await Promise.all(workers.map((worker) => worker.prints(/the worker is ready/)));
    mains = await Promise.all(ports.map((port) => processes.main({ ...env, TRIWATCH_PORT: String(port) })));
    balancer = processes.own(await LoadBalancer.over(ports));
    reference = await startTestApp();
    undisturbed = undisturbedDigest(reference.url);
    undisturbed.catch(() => undefined);
  }, 180_000);
  afterAll(async () => {
    await Promise.allSettled([processes.cleanUp(), undisturbed]);
    await reference?.stop();
    await database?.drop();
  });

  async function startRedis(): Promise<Program> {
    const options = ['--port', redisPort, '--bind', '127.0.0.1', '--hz', 100, '--appendonly', 'no', '--save', ''];
    const program = processes.run(REDIS_SERVER, options.map(String));
    await program.prints(/Ready to accept connections/);
    return program;
  }

  async function addUsers(): Promise<void> {
    const users = [['controller', 'controller'], ...DESKS.map((desk) => [desk, 'officer', '--desk', desk])];
    for (const [username = '', role = '', ...desk] of users) {
      const args = ['user', 'add', '--username', username, '--role', role, ...desk, '--password-file', '-'];
      const added = processes.built('cli', env, args, `${PASSWORD}\n`);
      expect({ ended: await added.whenEnded(), stderr: added.stderr }).toEqual({
        ended: { code: 0, signal: null },
        stderr: '',
      });
    }
  }

  const signIn = (username: string): Promise<Client> => Client.signIn(mains[1]!.url, username, PASSWORD);

  /** Two consoles a desk, which the balancer spreads over both gateways. */
  async function openConsoles(run: string): Promise<Record<string, DeskConsole>[]> {
    const sets: Record<string, DeskConsole>[] = [{}, {}];
    for (const desk of DESKS) {
      const { token } = await signIn(desk);
      for (const set of sets) {
        set[desk] = await processes.own(new DeskConsole(balancer.url, { token, run, desk })).whenConnected();
      }
    }
    return sets;
  }

  async function playOver(control: Client, meanwhile: (seen: DeskConsole) => Promise<void>): Promise<RunView> {
    const run = await makeReplay(control, 3600);
    const consoles = await openConsoles(run.id);
    await play(control, run);
    await meanwhile(consoles[0]!['kr-jcs']!);
    const over = await whenOver(control, run.id);
    for (const set of consoles) {
      await expectWhole(control, run.id, set);
    }
    const late = consoles
      .flatMap((set) => Object.values(set))
      .flatMap(({ items }) => items.filter((item) => item.late));
    expect(late).toEqual([]);
    consoles.flatMap((set) => Object.values(set)).forEach((console) => console.close());
    return over;
  }

  it('tells every desk everything in order, with the digest of the queue on PostgreSQL', async () => {
    const over = await playOver(await signIn('controller'), () => Promise.resolve());
    expect(over.digest).toBe(await undisturbed);
    expect(balancer.taken).toEqual([DESKS.length, DESKS.length]);
  }, 120_000);

  it('loses and doubles nothing when a worker and a gateway are killed', async () => {
    const control = await signIn('controller');
    const over = await playOver(control, async (seen) => {
      await eventually('the middle of the replay', () =>
        seen.items.some(({ body }) => Date.parse(body.known.at) >= MIDDLE),
      );
      await Promise.all([workers[0]!.stop('SIGKILL'), mains[0]!.stop('SIGKILL')]);
    });
    expect(over.digest).toBe(await undisturbed);
    // All six were there; the three of the killed gateway came over to the other.
    expect(balancer.taken[1]).toBe(DESKS.length * 3);
  }, 120_000);

  it('tells live alerts while Redis is away, and works through it again when it is back', async () => {
    const control = await signIn('controller');
    const { token } = await signIn('jp-cas');
    const desk = processes.own(new DeskConsole(mains[1]!.url, { token, run: 'live', desk: 'jp-cas' }));
    await desk.whenConnected();
    await alert(control, desk, 'with Redis');
    await redis.stop('SIGKILL');
    await alert(control, desk, 'without Redis');
    await alert(control, desk, 'still without Redis');
    // One outage, told in one line a process, however often it is tried to connect.
    expect(workers[1]!.stdout.match(/the queue does not answer/g)).toHaveLength(1);
    redis = await startRedis();
    const client = new Redis(redisPort, '127.0.0.1');
    processes.own({ close: () => client.disconnect() });
    // The sweeper would tell the alert anyhow: what shows that the queue works is that its jobs come and go.
    await eventually('a job went through the new Redis', async () => {
      await alert(control, desk, 'with Redis again');
      return Number(await client.get('bull:triwatch:id')) > 0;
    });
    await eventually('no job is left', async () => (await client.llen('bull:triwatch:wait')) === 0);
    await eventually('no job hangs', async () => (await client.llen('bull:triwatch:active')) === 0);
  }, 60_000);

  async function alert(control: Client, desk: DeskConsole, headline: string): Promise<void> {
    const { status, body } = await control.post<{ id: string }>('/alerts?run=live', {
      event: 'Missile launch',
      urgency: 'Immediate',
      severity: 'Extreme',
      certainty: 'Observed',
      info: [{ language: 'en-US', headline }],
    });
    expect({ status, body }).toMatchObject({ status: 201 });
    await eventually(`the alert ${headline}`, () => desk.items.some(({ id }) => id === body.id), 5_000);
  }

  it('stops on SIGTERM within ten seconds, with Redis and without', async () => {
    const second = processes.built('worker', env);
    await second.prints(/the worker is ready/);
    expect(await second.stop('SIGTERM', 10_000)).toEqual({ code: 0, signal: null });
    await redis.stop('SIGKILL');
    const ends = await Promise.all([workers[1]!, mains[1]!].map((program) => program.stop('SIGTERM', 10_000)));
    expect(ends).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ]);
  }, 60_000);
});
