import { Command, CommanderError } from 'commander';
import { addAlert } from './cli/alert.command.js';
import { addAnnounce } from './cli/announce.command.js';
import { addCap } from './cli/cap.command.js';
import { addAudit } from './cli/audit.command.js';
import { CliError, EXIT, linesOfProblem } from './cli/cli-error.js';
import { addCompare } from './cli/compare.command.js';
import { addFeed } from './cli/feed.command.js';
import { addFlight } from './cli/flight.command.js';
import { addKey } from './cli/key.command.js';
import { addMigrate } from './cli/migrate.command.js';
import { addNotice } from './cli/notice.command.js';
import { addPhrase } from './cli/phrase.command.js';
import { addReplay } from './cli/replay.command.js';
import { addRestraint } from './cli/restraint.command.js';
import { addRestore } from './cli/restore.command.js';
import { addScenario } from './cli/scenario.command.js';
import { addSource } from './cli/source.command.js';
import { addThreshold } from './cli/threshold.command.js';
import { addUser } from './cli/user.command.js';
import { addWatch } from './cli/watch.command.js';
import { addWebhook } from './cli/webhook.command.js';
import { DomainError } from './core/domain-error.js';
import { OperationalError } from './platform/operational-error.js';

const program = new Command('triwatch')
  .description('Trilateral incident notification in a terminal')
  .exitOverride()
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(`triwatch: ${oneLine(text.replace(/^error: /, ''))}\n`) })
  .addHelpText(
    'after',
    '\nExample:\n  npm run replay -- yeonpyeong-2010 --speed 300\n\n' +
      'Exit codes: 0 done, 1 failed or refused, 2 wrong use, 3 no service answers, 130 interrupted.',
  );
[
  addReplay,
  addWatch,
  addAlert,
  addPhrase,
  addAnnounce,
  addNotice,
  addThreshold,
  addFeed,
  addSource,
  addWebhook,
  addScenario,
  addCap,
  addFlight,
  addCompare,
  addRestraint,
  addMigrate,
].forEach((add) => add(program));
// Loaded at need: a command that speaks to a service should not wait for the database's libraries.
addUser(program, {
  save: async (user) => (await import('./accounts.js')).saveUser(user),
  setActive: async (username, active) => (await import('./accounts.js')).setUserActive(username, active),
});
addRestore(program, async () => (await import('./restore.js')).declareRestored());
addKey(program, async () => (await import('./keys.js')).keysOf());
addAudit(program, async (trusted) => (await import('./audit.js')).verifyAll(trusted));

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const problem = problemOf(error);
  process.stderr.write(`${linesOfProblem(problem).join('\n')}\n`);
  return problem.exitCode;
}

function problemOf(error: unknown): CliError {
  if (error instanceof CliError) {
    return error;
  }
  if (error instanceof DomainError) {
    return new CliError(error.message, EXIT.failed, { code: error.code });
  }
  return error instanceof OperationalError
    ? new CliError(error.message, error.exitCode, { code: error.code })
    : new CliError(messageOf(error), EXIT.failed);
}

const messageOf = (error: unknown): string =>
  oneLine(error instanceof Error ? error.message : String(error)) || 'Something failed without saying why.';

/** A reader that has gone away, as in `watch | head`, is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// What is written goes out first; what still waits (a keep-alive connection, a timer) does not hold the terminal.
process.stdout.write('', () => process.exit());
