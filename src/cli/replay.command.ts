import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { MAX_SPEED, MIN_SPEED } from '../core/clock/clock.js';
import type { Report } from '../core/wire/report.js';
import type { RunView, StartRunRequest } from '../core/wire/run.js';
import type { ScenarioDetail } from '../core/wire/scenario.js';
import type { Api } from './api.js';
import { EXIT } from './cli-error.js';
import { connect, withConnection } from './connection.js';
import type { ConnectionOptions } from './connection.js';
import { noticeOf, summarise } from './replay-summary.js';
import { ReplaySession, seatsOf } from './replay-session.js';
import { ReplayView } from './replay-view.js';
import { findService } from './service-locator.js';
import { summaryLines } from './summary-text.js';
import { onInterrupt, print, tell, terminalWidth } from './terminal.js';

interface ReplayOptions extends ConnectionOptions {
  speed: number;
  chapter?: string;
  seed?: number;
  json?: boolean;
  plain?: boolean;
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description('play a scenario through the pipeline and show its desks side by side')
    .argument('<scenario>', 'id of the scenario, as in yeonpyeong-2010')
    .option('--speed <factor>', 'run seconds a wall second, 0.1 to 3600', speedOf, 300)
    .option('--chapter <id>', 'the stretch to play (default: the one the scenario names)')
    .option('--seed <seed>', 'seed of whatever is drawn at random, a whole number', seedOf)
    .addOption(new Option('--json', 'print one JSON object at the end and nothing else').conflicts('plain'))
    .option('--plain', 'no status line and no cursor control')
    .addHelpText(
      'after',
      '\nExample:\n  npm run replay -- yeonpyeong-2010 --speed 3600\n\n' +
        'Uses the service at --url, or an embedded one of its own when none runs at the default address.\n' +
        'Exit code 0: every desk received everything in order. 1: it did not. 130: Ctrl-C (the run is paused).',
    );
  withConnection(command).action(async (scenario: string, options: ReplayOptions) => {
    process.exitCode = await replay(scenario, options, command.getOptionValueSource('url') === 'cli');
  });
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
    throw new InvalidArgumentError(`Give a number from ${MIN_SPEED} to ${MAX_SPEED}.`);
  }
  return speed;
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return seed;
}

async function replay(scenario: string, options: ReplayOptions, urlAsked: boolean): Promise<number> {
  const service = await findService(options.url, urlAsked);
  try {
    return await replayOn(await connect({ ...options, url: service.url }, 'controller'), scenario, options);
  } finally {
    await service.stop();
  }
}

async function replayOn(api: Api, id: string, options: ReplayOptions): Promise<number> {
  const scenario = await api.get<ScenarioDetail>(`/scenarios/${encodeURIComponent(id)}`);
  const { chapter, speed, seed } = options;
  const request: StartRunRequest = { scenario: scenario.id, chapter, speed, seed, paused: true };
  const run = await api.post<RunView>('/runs', request);
  let view: ReplayView | undefined;
  const session = new ReplaySession(api, run, {
    items: ({ desk }, items) => view?.add(items.map((item) => ({ desk: desk.id, item }))),
    note: (line) => (view ? view.note(line) : tell(line)),
  });
  const settle = onInterrupt(() => session.interrupt());
  try {
    if (!options.json) {
      const seats = seatsOf(run).filter((seat) => seat.audience !== 'control');
      const pinned = process.stdout.isTTY === true && !options.plain;
      const notice = noticeOf(run, scenario.kind);
      view = new ReplayView(session.record, seats, { notice, timeZone: run.timeZone, pinned });
    }
    await session.play();
    const outcome = await session.finished();
    view?.close();
    view = undefined;
    if (outcome === 'interrupted') {
      await session.pause().catch(() => tell('The service did not answer the pause.'));
      tell(`Interrupted: run ${run.id} stands at the time reached.`);
      return EXIT.interrupted;
    }
    return await conclude(api, session, scenario, options);
  } finally {
    view?.close();
    settle();
    session.close();
  }
}

async function conclude(
  api: Api,
  session: ReplaySession,
  scenario: ScenarioDetail,
  options: ReplayOptions,
): Promise<number> {
  const hasFaults = session.record.faults.length > 0;
  // A service that failed may not answer either: then the summary tells what the desks received.
  const orNothing = (error: unknown): undefined => {
    if (!hasFaults) {
      throw error;
    }
  };
  const run = await api.get<RunView>(`/runs/${session.run.id}`).catch(orNothing);
  const report = await api.get<Report>(`/runs/${session.run.id}/report`).catch(orNothing);
  const summary = summarise(run ?? session.run, scenario, report, session.record);
  print(options.json ? JSON.stringify(summary, null, 2) : summaryLines(summary, terminalWidth()));
  return summary.outcome === 'complete' ? EXIT.ok : EXIT.failed;
}
