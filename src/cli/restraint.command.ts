import type { Command } from 'commander';
import { ledgerOf } from '../core/restraint/ledger.js';
import { declarationsOf, logOf } from '../core/restraint/scenario-log.js';
import { sourcesOf } from '../core/incident/item-body.js';
import type { Ledger } from '../core/wire/restraint.js';
import { ledgerLines } from './ledger-text.js';
import { libraryScenario } from './library-scenario.js';
import { print, terminalWidth } from './terminal.js';

const HELP = `
Examples:
  npm run triwatch -- restraint yeonpyeong-2010
  npm run --silent triwatch -- restraint yeonpyeong-2010 --json

Exit codes: 0 the ledger is printed, whatever stands in it; 1 the scenario cannot be read; 2 wrong use.`;

export function addRestraint(program: Command): void {
  program
    .command('restraint')
    .description('declarations of restraint beside the event log of a scenario: who kept what, who was first, what answered')
    .argument('<scenario>', 'a scenario of the library')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(run); // prettier-ignore
}

async function run(id: string, options: { json?: boolean }): Promise<void> {
  const scenario = await libraryScenario(id);
  const ledger = ledgerOf(
    declarationsOf(scenario),
    logOf(scenario).map(({ act }) => act),
  );
  print(
    options.json
      ? JSON.stringify({ scenario: scenario.id, ...ledger, sources: sourcesOf(scenario, sourceIdsOf(ledger)) }, null, 2)
      : ledgerLines(ledger, scenario.timeZone, terminalWidth()),
  );
}

const sourceIdsOf = ({ declarations, acts }: Ledger): string[] => [
  ...declarations.flatMap(({ sources }) => sources),
  ...acts.flatMap(({ sources, claims }) => [...sources, ...claims.flatMap((claim) => claim.sources)]),
];
