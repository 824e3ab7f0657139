import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';
import { startEmbedded } from './embedded-cluster.js';
import { readOptions, USAGE, type Options } from './options.js';
import { report, totalViolations, type Figures } from './report.js';
import { durationOf, playRound } from './round.js';
import { DRILL, drillFile, drillReports } from './scenario.js';
import type { Shape } from './schedule.js';
import { startServed } from './served-cluster.js';

const MOST_REPORTS = 300;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

// Whoever reads what is printed may be gone before what was started is stopped.
[process.stdout, process.stderr].forEach((stream) => stream.on('error', () => undefined));

/** Rejects when this process is asked to end, so that nothing that it started is left behind. */
const interrupted = new Promise<never>((_resolve, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error(`Ended by ${signal}.`)));
  }
});
interrupted.catch(() => undefined);

/** Runs one shape from its start to its end. Alerts and faults are shared out over the shapes. */
async function torture(shape: Shape, options: Options): Promise<Figures> {
  const share = options.shapes.length;
  const alerts = Math.ceil(options.alerts / share);
  const faults = shape === 'served' ? Math.ceil(options.faults / share) : Math.floor(options.faults / share);
  const { rate, seed, plant } = options;
  const reports = drillReports(
    seed,
    Math.min(MOST_REPORTS, Math.ceil(alerts / 10)),
    durationOf({ alerts, rate, faults }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'triwatch-torture-'));
  let cluster: Cluster | undefined;
  try {
    await chmod(folder, 0o755);
    await mkdir(join(folder, DRILL));
    await writeFile(join(folder, DRILL, 'scenario.yaml'), drillFile(reports));
    say(`${shape}: starting`);
    cluster = await (shape === 'served' ? startServed(folder, options.redisServer) : startEmbedded(folder));
    const round = playRound(cluster, {
      ...{ shape, alerts, faults, rate, seed, plant, reports },
      maxMs: (options.maxMinutes * 60_000) / share,
      quietMs: options.quietSeconds * 1_000,
      log: (line) => say(`${shape}: ${line}`),
    });
    return await Promise.race([round, interrupted]);
  } finally {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  let options: Options | 'help';
  try {
    options = readOptions(process.argv.slice(2), () => randomInt(4_294_967_295));
  } catch (error) {
    say(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { redisServer, shapes, seed, json } = options;
  if (shapes.includes('served') && spawnSync(redisServer, ['--version']).status !== 0) {
    say(
      `${redisServer} cannot be run; install Redis, name it with --redis-server, or leave it out with --shape embedded.`,
    );
    return 2;
  }
  say(`seed ${seed}`);
  const figures: Figures[] = [];
  for (const shape of shapes) {
    const done = await torture(shape, options);
    figures.push(done);
    // The next shape may take long, or be ended.
    say(`${shape}: ${totalViolations([done])} violations`);
  }
  process.stdout.write(`${report(figures, seed)}\n`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ seed, figures }, null, 2)}\n`);
  }
  return totalViolations(figures) > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  // Whatever was still under way is of no use any more, and what was started is stopped.
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
