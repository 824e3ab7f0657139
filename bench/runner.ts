import type { CpuMeter } from './cpu-meter.js';
import type { Measure } from './measures/measure.js';
import type { Trial } from './results.js';
import type { System } from './systems/system.js';
import { nowMs } from './time.js';

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
        trials.push(await runOne(measure, system, meters.get(system)!, round));
      }
    }
  }
  return trials;
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
