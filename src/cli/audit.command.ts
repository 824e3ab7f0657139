import type { Command } from 'commander';
import type { SigningKeys } from '../core/wire/signed-head.js';
import { CliError, EXIT } from './cli-error.js';
import { keysIn } from './key-file.js';
import { readText } from './read-text.js';
import { print } from './terminal.js';

/** What a check of a database found: of its record, and of its feeds. */
export interface WholeCheck {
  audit: {
    rows: number;
    checkpoint?: { seq: number; at: string; keyId: string; token: string };
    findings: readonly Finding[];
  };
  feeds: {
    epochs: number;
    items: number;
    findings: readonly (Finding & { run: string; audience: string; epoch: number })[];
  };
}

interface Finding {
  fault: string;
  message: string;
}

interface VerifyOptions {
  json?: boolean;
  keys?: string;
  kept?: string;
}

type Verify = (trusted: { keys?: SigningKeys; checkpoint?: string }) => Promise<WholeCheck>;

const EXAMPLE = `
Example:
  npm run triwatch -- audit verify --json > kept.json
  npm run triwatch -- audit verify --keys keys.json --kept kept.json

Works on the database itself, also while the service runs, and changes nothing: it refuses a schema of another version. Ends with 0 when the record and every feed are as they were sealed and signed, with 1 otherwise. Served: reads DATABASE_URL and DATABASE_OWNER_URL. Whoever owns the database can replace all of it, the public keys too: keep keys and a check from time to time in another place, and name them.`;

/** Adds the command; `verify` checks the database (a command itself knows none). */
export function addAudit(program: Command, verify: Verify): void {
  program
    .command('audit')
    .description('the record of every command')
    .command('verify')
    .description('find what was changed, removed, put in or reordered in the record or in a feed')
    .option('--keys <file>', 'trust the public keys in this file (JWK set)')
    .option('--kept <file>', 'also hold the record against an earlier answer of this command with --json')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async ({ json, keys, kept }: VerifyOptions) => {
      const check = await verify({
        keys: keys === undefined ? undefined : keysIn(keys, await readText(keys)),
        checkpoint: kept === undefined ? undefined : checkpointIn(kept, await readText(kept)),
      });
      const ok = check.audit.findings.length === 0 && check.feeds.findings.length === 0;
      print(json ? JSON.stringify({ ok, ...check }) : linesOf(check));
      process.exitCode = ok ? EXIT.ok : EXIT.failed;
    });
}

function checkpointIn(file: string, text: string): string {
  try {
    const { audit } = JSON.parse(text) as Partial<WholeCheck>;
    if (typeof audit?.checkpoint?.token === 'string') {
      return audit.checkpoint.token;
    }
  } catch {
    // Told below, as for JSON that is something else.
  }
  throw new CliError(`${file} is no answer of "audit verify --json" with a checkpoint.`, EXIT.usage);
}

function linesOf({ audit, feeds }: WholeCheck): string[] {
  const { checkpoint } = audit;
  const signed = checkpoint
    ? `signed up to ${checkpoint.seq} at ${checkpoint.at} with the key ${checkpoint.keyId}`
    : 'nothing signed yet';
  return [
    `Record: ${verdict(audit.findings)}, ${audit.rows} rows sealed, ${signed}.`,
    ...audit.findings.map(({ fault, message }) => `  ${fault}: ${message}`),
    `Feeds: ${verdict(feeds.findings)}, ${feeds.items} items in ${feeds.epochs} epochs.`,
    ...feeds.findings.map(
      ({ run, audience, epoch, fault, message }) => `  ${fault}: ${run} ${audience}, epoch ${epoch}: ${message}`,
    ),
  ];
}

const verdict = (findings: readonly Finding[]): string =>
  findings.length === 0
    ? 'whole'
    : `NOT AS IT WAS (${findings.length} ${findings.length === 1 ? 'finding' : 'findings'})`;
