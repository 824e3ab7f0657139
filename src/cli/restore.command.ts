import type { Command } from 'commander';
import { createInterface } from 'node:readline/promises';
import { CliError, EXIT } from './cli-error.js';
import { print, tell } from './terminal.js';

const WORD = 'restored';

const EXAMPLE = `
Example:
  npm run triwatch -- restore

The service notices by itself that a dump was read into another cluster, that PostgreSQL went back to a point in time, or that a standby took over. A data folder, or the volume of one, that was copied back looks as it did: say so with this command before consoles connect. Served: reads DATABASE_URL and DATABASE_OWNER_URL. Embedded: stop the service first.`;

/** Adds the command; `declare` opens the epochs and returns how many feeds there are (a command itself knows no database). */
export function addRestore(program: Command, declare: () => Promise<number>): void {
  program
    .command('restore')
    .description('say that the database was put back to an earlier state, so that every console reads anew')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLE)
    .action(async ({ yes }: { yes?: boolean }) => {
      if (!yes) {
        await confirm();
      }
      print(`Every one of ${await declare()} feeds has begun a new epoch.`);
    });
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new CliError('Nobody is there to confirm it: add --yes.', EXIT.usage);
  }
  tell('Every console of every run will clear its list and read it again. Nothing is lost.');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await prompt.question(`Type "${WORD}" to go on: `)).trim() !== WORD) {
      throw new CliError('Nothing was changed.', EXIT.failed);
    }
  } finally {
    prompt.close();
  }
}
