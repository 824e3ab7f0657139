import { Option } from 'commander';
import type { Command } from 'commander';
import { ROLES, sitsAtDesk, type Role } from '../core/wire/session.js';
import { CliError, EXIT } from './cli-error.js';
import { readText } from './read-text.js';
import { print } from './terminal.js';

export interface UserToAdd {
  username: string;
  displayName: string;
  role: Role;
  desk?: string;
  password: string;
}

interface UserOptions extends Omit<UserToAdd, 'password' | 'displayName'> {
  displayName?: string;
  passwordFile: string;
}

const SHORTEST_PASSWORD = 12;
/** What signing in takes at most. */
const LONGEST_PASSWORD = 200;
const LONGEST_NAME = 100;

const EXAMPLE = `
Example:
  npm run triwatch -- user add --username kim --display-name "Kim Minji" --role officer --desk kr-jcs --password-file kim.txt
  head -c 24 /dev/urandom | base64 | tee first.txt | npm run triwatch -- user add --username chief --role controller --password-file -

For served installations: reads DATABASE_URL and DATABASE_OWNER_URL as the service does, and needs no running service. A user of that name who exists already gets these values and this password.`;

/** What the commands do to the accounts (a command itself knows no database). */
export interface Accounts {
  save(user: UserToAdd): Promise<void>;
  setActive(username: string, active: boolean): Promise<void>;
}

export function addUser(program: Command, accounts: Accounts): void {
  const user = program.command('user').description('the people who may sign in to a served installation');
  user
    .command('add')
    .description('let somebody sign in, or change the role, desk and password of somebody who may')
    .requiredOption('--username <name>', 'what they sign in with')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--desk <id>', 'their desk, as in jp-cas; controllers and administrators have none')
    .option('--display-name <name>', 'how others see them (default: the user name)')
    .requiredOption(
      '--password-file <file>',
      `read the password from a file (- for standard input); ${SHORTEST_PASSWORD} characters or more`,
    )
    .addHelpText('after', EXAMPLE)
    .action(async (options: UserOptions) => {
      const added = await userOf(options);
      await accounts.save(added);
      print(`${added.username} may sign in as ${added.role}${added.desk ? ` of ${added.desk}` : ''}.`);
    });
  user
    .command('disable <name>')
    .description('let somebody in no more, also through a provider, and end their sessions within two seconds')
    .action(async (name: string) => {
      await accounts.setActive(name, false);
      print(`${name} may not sign in any more.`);
    });
  user
    .command('enable <name>')
    .description('let somebody in again whom "user disable" shut out')
    .action(async (name: string) => {
      await accounts.setActive(name, true);
      print(`${name} may sign in again.`);
    });
}

async function userOf({ username, displayName, role, desk, passwordFile }: UserOptions): Promise<UserToAdd> {
  if (!/^[^\s\p{Cc}]+$/u.test(username) || username.length > LONGEST_NAME) {
    throw wrong(`A user name has no spaces and at most ${LONGEST_NAME} characters.`);
  }
  if (!sitsAtDesk(role) && desk !== undefined) {
    throw wrong(`Somebody with the role ${role} sits at no desk: leave --desk out.`);
  }
  if (sitsAtDesk(role) && desk === undefined) {
    throw wrong(`Somebody with the role ${role} needs a desk: add --desk, as in --desk jp-cas.`);
  }
  // Editors end a file with a line break that is no part of the password.
  const password = (await readText(passwordFile)).replace(/\r?\n$/, '');
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw wrong(`The password must have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`);
  }
  return { username, displayName: displayName?.trim() || username, role, desk, password };
}

const wrong = (message: string): CliError => new CliError(message, EXIT.usage);
