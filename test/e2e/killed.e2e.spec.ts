import { setTimeout as pause } from 'node:timers/promises';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { Client } from '../support/client.js';
import { DeskConsole } from '../support/desk-console.js';
import { eventually } from '../support/eventually.js';
import { endPostgres, freePort, Processes, postgresOf } from '../support/processes.js';
import {
  DESKS,
  expectWhole,
  makeReplay,
  play,
  readRun,
  undisturbedDigest,
  whenOver,
  type RunView,
} from '../support/replays.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

/** The first barrage of 23 November 2010 began at 14:34; by 14:47 all three desks have something, and much is to come. */
const MIDDLE = Date.parse('2010-11-23T14:47:00+09:00');

interface Played {
  /** The run before the kill, after the start that follows it, and at its end. */
  before: RunView;
  after: RunView;
  over: RunView;
  consoles: Record<string, DeskConsole>;
  /** Items that the console in Korea had before the kill. */
  seen: number;
  /** Wall time at which the service was back. */
  readyAt: number;
}

/** The wall time at which an item fell due by the clock of its run. */
const dueAt = ({ body }: FeedItem, { clock }: RunView): number =>
  Date.parse(clock.realAt) + (Date.parse(body.known.at) - Date.parse(clock.runAt)) / clock.rate;

describe('a service that is killed in the middle of a replay', () => {
  const processes = new Processes();
  let reference: TestApp;
  let undisturbed: Promise<string | undefined>;

  beforeAll(async () => {
    reference = await startTestApp();
    undisturbed = undisturbedDigest(reference.url);
    undisturbed.catch(() => undefined);
  });
  afterAll(async () => {
    await Promise.allSettled([processes.cleanUp(), undisturbed]);
    await reference.stop();
  });

  /** Plays at `speed`, runs `interrupt` in the middle, starts the service anew and plays on to the end. */
  async function playThrough(
    speed: number,
    interrupt: (main: { stop(signal: 'SIGKILL'): Promise<unknown> }, dataDir: string) => Promise<void>,
  ): Promise<Played> {
    const dataDir = await processes.dataDir();
    const env = {
      TRIWATCH_DATA_DIR: dataDir,
      TRIWATCH_PORT: String(await freePort()),
      TRIWATCH_DEMO_PASSWORD: DEMO_PASSWORD,
    };
    const main = await processes.main(env);
    const control = await Client.signIn(main.url, 'controller');
    const run = await makeReplay(control, speed);
    const consoles: Record<string, DeskConsole> = {};
    for (const desk of DESKS) {
      const { token } = await Client.signIn(main.url, desk);
      consoles[desk] = await processes.own(new DeskConsole(main.url, { token, run: run.id, desk })).whenConnected();
    }
    await play(control, run);
    const before = await readRun(control, run.id);
    const korea = consoles['kr-jcs']!;
    await eventually('the middle of the replay', () =>
      korea.items.some(({ body }) => Date.parse(body.known.at) >= MIDDLE),
    );
    await interrupt(main, dataDir);
    const seen = korea.items.length;
    await processes.main(env);
    const readyAt = Date.now();
    const after = await readRun(control, run.id);
    const over = await whenOver(control, run.id);
    await expectWhole(control, run.id, consoles);
    return { before, after, over, consoles, seen, readyAt };
  }

  it('goes on from its clock, tells at once what fell due meanwhile, and ends with the same digest', async () => {
    const { before, after, over, consoles, seen, readyAt } = await playThrough(2400, async (main, dataDir) => {
      await main.stop('SIGKILL');
      expect(postgresOf(dataDir)).toBeDefined();
      // Longer than the five seconds after which something is old news.
      await pause(6_500);
    });
    expect(before.clock.state).toBe('playing');
    expect(after.clock).toEqual(before.clock);
    expect(over.digest).toBe(await undisturbed);
    const korea = consoles['kr-jcs']!;
    expect(korea.connections).toBe(2);
    expect(korea.items.slice(0, seen).filter(({ late }) => late)).toEqual([]);
    const late = korea.items.filter(({ late }) => late);
    expect(late.length).toBeGreaterThan(3);
    // Faster than the clock would have them, that is without waiting between them.
    const span = (times: number[]): number => times.at(-1)! - times[0]!;
    const dueWithinMs = span(late.map((item) => dueAt(item, before)));
    expect(span(late.map(({ realAt }) => Date.parse(realAt)))).toBeLessThan(dueWithinMs);
    // On a very busy machine the start may take so long that nothing is left to fall due after it.
    const dueAfterwards = korea.items.filter((item) => dueAt(item, before) > readyAt);
    expect(dueAfterwards.filter((item) => item.late)).toEqual([]);
  }, 120_000);

  it('loses and doubles nothing when its PostgreSQL is killed as well', async () => {
    const { before, after, over, consoles } = await playThrough(3600, async (main, dataDir) => {
      await Promise.all([main.stop('SIGKILL'), endPostgres(dataDir, 'SIGKILL')]);
      expect(postgresOf(dataDir)).toBeUndefined();
    });
    expect(after.clock).toEqual(before.clock);
    expect(over.digest).toBe(await undisturbed);
    expect(Object.values(consoles).map(({ connections }) => connections)).toEqual([2, 2, 2]);
  }, 120_000);
});
