import { setTimeout as sleep } from 'node:timers/promises';
import type { CpuMeter } from './cpu-meter.js';
import type { Measure } from './measures/measure.js';
import { signalTree } from './process-tree.js';
import type { Trial } from './results.js';
import type { System } from './systems/system.js';
import { nowMs } from './time.js';

/** So long a system has to find out that it was stopped, and to be itself again, before it is measured. */
const AWAKE_MS = 3_000;

/** Says on stderr how far it is. */
export const progress = (line: string): void => void process.stderr.write(`bench: ${line}\n`);

/**
 * Measures round by round, each system after the other within a measure, beginning with another one each round, so that
 * what changes on the machine meets all alike.
 */
export async function runRounds(
  measures: readonly Measure[],
  systems: readonly System[],
  meters: ReadonlyMap<System, CpuMeter>,
  rounds: number,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const measure of measures.filter((each) => round < (each.rounds ?? rounds))) {
      const ours = systems.filter(({ name }) => measure.systems.includes(name));
      for (const system of ours.map((_, index) => ours[(index + round) % ours.length]!)) {
        trials.push(await alone(system, systems, () => runOne(measure, system, meters.get(system)!, round)));
      }
    }
  }
  return trials;
}

/**
 * Does the work while every other system is stopped: five that poll and tick beside the one that is measured would take from
 * it what no neighbour takes in use.
 */
async function alone<T>(system: System, systems: readonly System[], work: () => Promise<T>): Promise<T> {
  const others = systems.filter((other) => other !== system).flatMap((other) => other.roots());
  signalTree(others, 'SIGSTOP');
  try {
    await sleep(AWAKE_MS);
    return await work();
  } finally {
    signalTree(others, 'SIGCONT');
  }
}

/** One that fails is on record and does not end the others. */
async function runOne(measure: Measure, system: System, cpu: CpuMeter, round: number): Promise<Trial> {
  const { name, consoles } = measure;
  const what = `round ${round + 1}, ${name}, ${consoles} consoles, ${system.name}`;
  const trial = { measure: name, consoles, round, system: system.name };
  try {
    if (measure.fresh) {
      await system.restart();
    }
    const startedAt = nowMs();
    const outcome = await measure.run(system, cpu);
    const figures = Object.entries(outcome.figures).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`);
    progress(`${what}: ${figures.join(', ')} (${((nowMs() - startedAt) / 1_000).toFixed(1)} s)`);
    return { ...trial, ...outcome };
  } catch (error) {
    progress(`${what}: failed: ${(error as Error).message}`);
    return { ...trial, figures: {}, error: `${what}: ${(error as Error).message}` };
  }
}
