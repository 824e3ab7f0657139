import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as pause } from 'node:timers/promises';
import type { InjectView } from '../../src/core/wire/inject.js';
import type { RunView } from '../../src/core/wire/run.js';
import { AlertFlow } from '../support/alert-flow.js';
import type { Client } from '../support/client.js';
import { Cluster, describeWithRedis } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import type { ReconnectingDesk } from '../support/reconnecting-desk.js';

const OUTAGE_MS = 20_000;
/** The service promises half a second, and this machine is busy. */
const LATER_AT_MOST_MS = 2_000;
/** The service promises two seconds for a deadline. */
const DEADLINE_LATE_AT_MOST_MS = 4_000;
/** Run seconds a wall second: the deadlines of 5 and 15 minutes come 5 and 15 s after the clock starts. */
const SPEED = 60;
const INJECTS = ['ask-public-warning', 'ask-posture'];

describeWithRedis('the served shape without its Redis', () => {
  let cluster: Cluster;
  let control: Client;
  let flow: AlertFlow;
  let desk: ReconnectingDesk;

  beforeAll(async () => {
    cluster = await Cluster.start({ mains: 1, workers: 2, users: ['controller', 'jp-cas'] });
    control = await cluster.signIn('controller');
    flow = cluster.processes.own(new AlertFlow(cluster.balancer.url, control.token, 200));
    desk = await cluster.openDesk('jp-cas');
  }, 180_000);
  afterAll(() => cluster?.stop());

  /** A run that stands still just after it has asked: the time for the answers runs once it plays. */
  async function askAndWait(): Promise<RunView> {
    const { body: run } = await control.post<RunView>('/runs', {
      scenario: 'notice-and-clash',
      speed: SPEED,
      paused: true,
    });
    for (const inject of INJECTS) {
      expect((await control.post(`/runs/${run.id}/injects/${inject}/send`)).status).toBe(200);
    }
    return run;
  }

  /** How late the console was told that nobody had answered, for each inject: wall time against the clock of the run. */
  async function latenessOfDeadlines(run: RunView, console: ReconnectingDesk): Promise<number[]> {
    const { body } = await control.get<RunView>(`/runs/${run.id}`);
    const { realAt, runAt, rate } = body.clock;
    const { body: injects } = await control.get<InjectView[]>(`/runs/${run.id}/injects`);
    const late: number[] = [];
    for (const inject of injects.filter(({ id }) => INJECTS.includes(id))) {
      const { deadlineAt } = inject.deliveries.find(({ audience }) => audience === 'jp')!;
      const dueAt = Date.parse(realAt) + (Date.parse(deadlineAt) - Date.parse(runAt)) / rate;
      late.push((await console.when(`unanswered.${inject.id}.jp`, 1, OUTAGE_MS)) - dueAt);
    }
    return late;
  }

  /** One outage from `begin` to `end`: what is accepted in it, and what falls due in it, is told as good as ever. */
  async function outage(name: string, begin: () => Promise<unknown>, end: () => Promise<void>): Promise<void> {
    const run = await askAndWait();
    const player = await cluster.openDesk('jp-cas', run.id);
    await player.when(INJECTS[0]!);
    const normalFrom = Date.now();
    flow.start();
    await flow.more(15);
    const beganAt = Date.now();
    await begin();
    // A clock that is set going during the outage has no timer but the sweeper.
    expect((await control.post(`/runs/${run.id}/clock`, { action: 'play' })).status).toBe(200);
    const late = await latenessOfDeadlines(run, player);
    await pause(Math.max(0, beganAt + OUTAGE_MS - Date.now()));
    const endedAt = Date.now();
    await end();
    await canaryRuns();
    const recoveredAt = Date.now();
    await flow.more(15);
    await flow.stop();
    await flow.expectWhole([desk]);

    const normal = figures(flow.latencies(desk, normalFrom, beganAt));
    const during = figures(flow.latencies(desk, beganAt, endedAt));
    const after = figures(flow.latencies(desk, recoveredAt));
    const rounded = late.map(Math.round).join(' and ');
    console.info(
      `Redis ${name}: accepted -> console ${normal.text} before, ${during.text} during, ${after.text} after; ` +
        `deadlines ${rounded} ms late; its jobs run ${recoveredAt - endedAt} ms after its return`,
    );
    expect(flow.refusals).toEqual([]);
    expect(during.median - normal.median).toBeLessThan(LATER_AT_MOST_MS);
    expect(during.most - normal.most).toBeLessThan(LATER_AT_MOST_MS);
    expect(Math.max(...late)).toBeLessThan(DEADLINE_LATE_AT_MOST_MS);
    expect(Math.min(...late)).toBeGreaterThan(-100);
    expect(desk.states.filter(({ at }) => at >= normalFrom)).toEqual([]);
    player.close();
    await control.post(`/runs/${run.id}/clock`, { action: 'pause' });
  }

  /** Jobs at once and after a delay, put in from outside, are done: by a worker, since the sweeper takes none. */
  async function canaryRuns(): Promise<void> {
    const connection = new Redis(cluster.redisUrl, { maxRetriesPerRequest: null });
    const queue = new Queue('triwatch', { connection });
    try {
      const jobs = [
        await queue.add('drain', { run: 'live' }),
        await queue.add('drain', { run: 'live' }, { delay: 500 }),
      ];
      await eventually(
        'a worker has done the jobs',
        async () => (await Promise.all(jobs.map((job) => job.getState()))).every((state) => state === 'completed'),
        15_000,
      );
      await eventually('no job waits or hangs', async () => {
        const { waiting = 0, active = 0 } = await queue.getJobCounts('waiting', 'active');
        return waiting + active === 0;
      });
    } finally {
      await queue.close();
      connection.disconnect();
    }
  }

  it('frozen for 20 s it delays no alert and no deadline, and its jobs run again when it thaws (pitfalls 2 and 10)', async () => {
    await outage(
      'frozen',
      () => Promise.resolve(process.kill(cluster.redis.pid, 'SIGSTOP')),
      () => Promise.resolve(void process.kill(cluster.redis.pid, 'SIGCONT')),
    );
  }, 90_000);

  it('killed for 20 s, with all its jobs, it delays no alert and no deadline, and new jobs run (pitfalls 2, 10 and 11)', async () => {
    await outage(
      'killed',
      () => cluster.redis.stop('SIGKILL'),
      () => cluster.startRedis(),
    );
  }, 90_000);
});

function figures(latencies: readonly number[]): { median: number; most: number; text: string } {
  const median = latencies[Math.floor(latencies.length / 2)] ?? NaN;
  const most = latencies.at(-1) ?? NaN;
  return { median, most, text: `${median} ms (at most ${most}, of ${latencies.length})` };
}
