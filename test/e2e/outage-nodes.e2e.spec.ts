import { setTimeout as pause } from 'node:timers/promises';
import { AlertFlow } from '../support/alert-flow.js';
import { Cluster, describeWithRedis } from '../support/cluster.js';
import { DeskConsole } from '../support/desk-console.js';
import { eventually } from '../support/eventually.js';
import type { ReconnectingDesk } from '../support/reconnecting-desk.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** The console says so after 5 s without a tick and looks twice a second; the rest is for a busy machine. */
const STALE_WITHIN_MS = 7_000;

describeWithRedis('two mains, of which one stops, is paused or is lost to a console', () => {
  let cluster: Cluster;
  let flow: AlertFlow;
  const desks: ReconnectingDesk[] = [];

  beforeAll(async () => {
    cluster = await Cluster.start({ mains: 2, workers: 1, users: ['controller', 'jp-cas', 'kr-jcs'] });
    const { token } = await cluster.signIn('controller');
    flow = cluster.processes.own(new AlertFlow(cluster.balancer.url, token));
    // The balancer takes turns, so that half of the consoles are on each main.
    for (let count = 0; count < 6; count += 1) {
      desks.push(await cluster.openDesk(count % 2 === 0 ? 'jp-cas' : 'kr-jcs'));
    }
  }, 180_000);
  afterAll(async () => {
    await cluster?.stop();
  });

  /** Has alerts flow for as long as `work` takes, and holds that every console gets all of them, each once. */
  async function whileAlertsFlow(consoles: readonly ReconnectingDesk[], work: () => Promise<void>): Promise<void> {
    flow.start();
    await work();
    await flow.more(10);
    await flow.stop();
    await flow.expectWhole(consoles);
    expect(consoles.map(({ resetReason }) => resetReason)).toEqual(consoles.map(() => undefined));
  }

  it('a main that is paused for 30 s loses its consoles to the other; nothing is told twice or lost (pitfalls 5 and 6)', async () => {
    await whileAlertsFlow(desks, async () => {
      await flow.more(5);
      const paused = cluster.mains[0]!;
      const pausedAt = Date.now();
      process.kill(paused.pid, 'SIGSTOP');
      const left = await Promise.all(
        desks.map((desk) => desk.says(['stale', 'down'], pausedAt, STALE_WITHIN_MS).catch(() => undefined)),
      );
      const moved = desks.filter((_, index) => left[index] !== undefined);
      expect(moved).toHaveLength(desks.length / 2);
      await Promise.all(moved.map((desk) => desk.whenLive(20_000)));
      const staleMs = Math.max(...left.map((at) => (at ?? 0) - pausedAt));
      console.info(`a paused main: stale after ${staleMs} ms, all live again after ${Date.now() - pausedAt} ms`);
      await flow.more(5);
      await Promise.all(desks.map((desk) => flow.whenTold(desk, 5_000)));
      await pause(Math.max(0, pausedAt + 30_000 - Date.now()));
      process.kill(paused.pid, 'SIGCONT');
      // What waited at its door is done now, or was done by the other when it was sent again.
      await eventually('the main that was paused is ready', async () => (await fetch(`${paused.url}/health/ready`)).ok);
    });
  }, 90_000);

  it('mains that are replaced one after the other tell their consoles, who come back scattered and miss nothing (pitfall 28)', async () => {
    const { token } = await cluster.signIn('jp-cas');
    const raw = [0, 1].map(() =>
      cluster.processes.own(new DeskConsole(cluster.balancer.url, { token, run: 'live', desk: 'jp-cas' })),
    );
    await Promise.all(raw.map((console) => console.whenConnected()));
    await whileAlertsFlow(desks, async () => {
      // The second first: that is where the consoles are since the first was paused.
      for (const index of [1, 0]) {
        await flow.more(5);
        const stoppedAt = Date.now();
        expect(await cluster.mains[index]!.stop('SIGTERM', 15_000)).toEqual({ code: 0, signal: null });
        const moved = desks.filter(({ states }) => states.at(-1)!.at >= stoppedAt);
        expect(moved.length).toBeGreaterThanOrEqual(desks.length / 2);
        const back = await Promise.all(moved.map((desk) => desk.says(['live'], stoppedAt, 15_000)));
        // They wait for a time that chance gives them; all at one moment would be a storm.
        expect(Math.max(...back) - Math.min(...back)).toBeGreaterThan(50);
        await flow.more(5);
        await cluster.startMain(index);
      }
    });
    expect(raw.map(({ closings }) => new Set(closings))).toEqual(raw.map(() => new Set(['SERVICE_STOPS'])));
    await flow.expectWhole(raw);
    // No command was answered by anything but an acceptance or a word that says to send it again.
    const others = flow.refusals.filter(({ status, code }) => status !== 0 && code !== 'STOPPING');
    expect(others).toEqual([]);
  }, 240_000);

  it('a console that is lost without a word is noticed by its main within 10 s (pitfall 6)', async () => {
    const main = cluster.mains[0]!;
    const proxy = cluster.processes.own(await TcpProxy.before(Number(new URL(main.url).port)));
    const consoles = async (): Promise<number> => {
      const text = await (await fetch(`${main.url}/metrics`)).text();
      // One line for each channel.
      const counts = [...text.matchAll(/^triwatch_consoles(?:\{[^}]*\})? (\d+)/gm)];
      return counts.reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const { token } = await cluster.signIn('jp-cas');
    const before = await consoles();
    const lost = cluster.processes.own(new DeskConsole(proxy.url, { token, run: 'live', desk: 'jp-cas' }));
    await lost.whenConnected();
    await eventually('the main counts the console', async () => (await consoles()) === before + 1, 5_000);
    const lostAt = Date.now();
    proxy.stall();
    await eventually('the main counts it no more', async () => (await consoles()) === before, 12_000);
    console.info(`a lost console: noticed after ${Date.now() - lostAt} ms`);
  }, 30_000);
});
