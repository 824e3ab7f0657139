import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { SCOPES, type KeyView, type MadeKey, type MakeKeyRequest, type Scope } from '../core/wire/session.js';
import { print, tell } from './terminal.js';

/** What the commands work through (a command itself knows no database). */
export interface Keys {
  make(wanted: MakeKeyRequest): Promise<MadeKey>;
  list(): Promise<KeyView[]>;
  revoke(idOrPrefix: string): Promise<KeyView>;
}

interface AddOptions {
  name: string;
  desk: string;
  scope: Scope[];
  days: number;
}

const EXAMPLE = `
Example:
  npm run triwatch -- key add --name siren --desk jp-cas --scope feeds:read --days 90 > siren.key

Works on the database itself. The key is printed once and kept as a hash; send it as "Authorization: Bearer twk_...". A key is good for the live watch at its desk, for what its scopes name, and never drafts or approves. One that was revoked is over within two seconds.`;

/** Adds the commands. */
export function addKey(program: Command, keys: () => Promise<Keys>): void {
  const key = program.command('key').description('keys of machines');
  key
    .command('add')
    .description('make a key and print it')
    .requiredOption('--name <name>', 'what uses it')
    .requiredOption('--desk <id>', 'at whose desk, as in jp-cas')
    .addOption(new Option('--scope <scopes...>', 'what it is good for').choices(SCOPES).makeOptionMandatory())
    .requiredOption('--days <count>', 'for how long, 1 to 365', daysOf)
    .addHelpText('after', EXAMPLE)
    .action(async ({ name, desk, scope, days }: AddOptions) => {
      const made = await (await keys()).make({ name, desk, scopes: scope, days });
      tell(
        `${made.name} may ${made.scopes.join(', ')} at ${made.desk} until ${made.expiresAt}. The key is not shown again.`,
      );
      print(made.key);
    });
  key
    .command('list')
    .description('name the keys that were made')
    .option('--json', 'print one JSON array')
    .action(async ({ json }: { json?: boolean }) => {
      const list = await (await keys()).list();
      print(json ? JSON.stringify(list) : list.map(lineOf));
    });
  key
    .command('revoke')
    .description('end a key for good')
    .addArgument(new Argument('<key>', 'its id, or how it begins'))
    .action(async (idOrPrefix: string) => {
      const { name, prefix } = await (await keys()).revoke(idOrPrefix);
      print(`${prefix}... (${name}) is revoked.`);
    });
}

function lineOf({ prefix, name, desk, scopes, expiresAt, revokedAt, lastUsedAt }: KeyView): string {
  const state = revokedAt ? `revoked ${revokedAt}` : `until ${expiresAt}`;
  return `${prefix}...  ${name}  ${desk}  ${scopes.join(',')}  ${state}  last used ${lastUsedAt ?? 'never'}`;
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 365) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 365.');
  }
  return days;
}
