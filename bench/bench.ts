import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Processes } from '../test/support/processes.js';
import { CpuMeter } from './cpu-meter.js';
import { burst } from './measures/burst.js';
import { measuresOf } from './measures/measures.js';
import { readOptions, USAGE, type Options } from './options.js';
import { plotOf } from './plot.js';
import { cpuMsOf } from './process-tree.js';
import { failuresOf, faultsBySystem, linesOf, type Trial } from './results.js';
import { progress, runRounds } from './runner.js';
import { EmbeddedTriwatch } from './systems/embedded.js';
import { PlainSystem } from './systems/plain.js';
import { ServedTriwatch } from './systems/served.js';
import type { System } from './systems/system.js';
import { reportOf } from './table.js';

const IDLE_MS = 5_000;
const WARM_CONSOLES = 60;
const WARM_ALERTS = 200;

async function main(options: Options): Promise<number> {
  const processes = new Processes();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void processes.cleanUp().finally(() => process.exit(130)));
  }
  try {
    const starter = { processes, profile: options.profile };
    const systems = options.systems.map((name): System => {
      switch (name) {
        case 'triwatch':
          return new EmbeddedTriwatch(starter);
        case 'triwatch-served':
          return new ServedTriwatch(starter);
        default:
          return new PlainSystem(name, processes);
      }
    });
    for (const system of systems) {
      progress(`starting ${system.name}`);
      await system.start();
    }
    await warmUp(systems, options);
    const idle = await idleShares(systems, options);
    const meters = new Map(systems.map((system) => [system, new CpuMeter(system, idle.get(system) ?? 0)]));
    const trials = await runRounds(measuresOf(options), systems, meters, options.rounds);
    await Promise.all(systems.map((system) => system.stop()));
    return writeResults(trials, [machine(), idleFact(idle)], options);
  } finally {
    await processes.cleanUp();
  }
}

const machine = (): string =>
  `Machine: ${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString()}.`;

/** The share of a core that each system uses while another is measured. */
async function idleShares(systems: readonly System[], { quick }: Options): Promise<Map<System, number>> {
  const before = systems.map((system) => cpuMsOf(system.roots()));
  const duration = quick ? IDLE_MS / 3 : IDLE_MS;
  await sleep(duration);
  return new Map(systems.map((system, index) => [system, (cpuMsOf(system.roots()) - (before[index] ?? 0)) / duration]));
}

function idleFact(shares: ReadonlyMap<System, number>): string {
  const named = [...shares].map(([{ name }, share]) => `${name} ${(share * 100).toFixed(1)} %`);
  return `Idle systems use, of one core: ${named.join(', ')}.`;
}

async function warmUp(systems: readonly System[], { quick }: Options): Promise<void> {
  const warming = burst(WARM_CONSOLES, quick ? 20 : WARM_ALERTS);
  for (const system of systems) {
    progress(`warming up ${system.name}`);
    await warming.run(system, new CpuMeter(system, 0));
  }
}

/** Prints and writes what was measured; returns the exit code. */
function writeResults(trials: readonly Trial[], facts: readonly string[], options: Options): number {
  const lines = linesOf(trials);
  const faults = faultsBySystem(trials);
  write(options.json, JSON.stringify({ facts, options, lines, faults, trials }, undefined, 1));
  write(options.svg, plotOf(lines));
  process.stdout.write(`${reportOf(trials, facts)}\n\nWritten: ${options.json}, ${options.svg}\n`);
  const wrong = failuresOf(trials, faults);
  wrong.forEach((line) => process.stdout.write(`FAILED: ${line}\n`));
  return wrong.length > 0 ? 1 : 0;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

let options: Options | 'help';
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
  process.exit(2);
}
if (options === 'help') {
  process.stdout.write(USAGE);
} else {
  process.exitCode = await main(options);
}
// Kept connections of the benchmark itself must not keep it.
process.exit();
