import { setTimeout as pause } from 'node:timers/promises';
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
  ): Promise<{ before: RunView; after: RunView; over: RunView; consoles: Record<string, DeskConsole>; seen: number }> {
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
      consoles[desk] = await new DeskConsole(main.url, { token, run: run.id, desk }).whenConnected();
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
    const after = await readRun(control, run.id);
    const over = await whenOver(control, run.id);
    await expectWhole(control, run.id, consoles);
    Object.values(consoles).forEach((console) => console.close());
    return { before, after, over, consoles, seen };
  }

  it('goes on from its clock, tells at once what fell due meanwhile, and ends with the same digest', async () => {
    const { before, after, over, consoles, seen } = await playThrough(2400, async (main, dataDir) => {
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
    // One after the other without waiting for the clock, which takes seconds from the first of them to the last.
    const shownWithinMs = Date.parse(late.at(-1)!.realAt) - Date.parse(late[0]!.realAt);
    expect(shownWithinMs).toBeLessThan(1_000);
    expect(korea.items.at(-1)?.late).toBe(false);
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
