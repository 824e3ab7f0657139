import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { compare, MAX_ARRANGEMENTS, MAX_SEEDS } from '../core/compare/compare.js';
import { comparisonFigure } from '../core/compare/compare.figure.js';
import { DomainError } from '../core/domain-error.js';
import type { Scenario, ScenarioChapter } from '../core/scenario/scenario.schema.js';
import type { Comparison } from '../core/wire/comparison.js';
import { readArrangements } from '../platform/config/arrangements-file.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { readSensors } from '../platform/config/sensors-file.js';
import { CliError, EXIT } from './cli-error.js';
import { comparisonLines } from './compare-text.js';
import { libraryScenario } from './library-scenario.js';
import { print, tell, terminalWidth } from './terminal.js';

interface Options {
  arrangements: string[];
  seeds: number;
  chapter?: string;
  strict?: boolean;
  json?: boolean;
  svg?: string;
  language: string;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('who would have known what when under several arrangements, beside the record')
    .argument('<scenario>', 'a scenario of the library')
    .option('--arrangements <ids>', 'comma-separated', idsOf, ['as-it-was', 'tisa-relay', 'realtime-hub'])
    .option('--seeds <number>', `how often latencies are drawn, 1 to ${MAX_SEEDS}`, seedsOf, 200)
    .option('--chapter <id>', 'the chapter (default: the default one)')
    .option('--strict', 'let arrangements carry only what they cover, on days on which they were in force')
    .option('--json', 'print one JSON object')
    .option('--svg <file>', 'write the picture to a file')
    .option('--language <tag>', 'en, ja or ko', languageOf, 'en')
    .addHelpText(
      'after',
      '\nExample:\n  npm run triwatch -- compare yeonpyeong-2010 --arrangements as-it-was,tisa-relay,realtime-hub --seeds 200',
    )
    .action(run);
}

async function run(id: string, options: Options): Promise<void> {
  const scenario = await libraryScenario(id);
  const comparison = compared(() =>
    compare({
      scenario,
      chapter: chapterOf(scenario, options.chapter),
      file: readArrangements(PROJECT_ROOT),
      sensors: readSensors(PROJECT_ROOT),
      arrangements: options.arrangements,
      seeds: options.seeds,
      strict: options.strict ?? false,
    }),
  );
  if (options.svg !== undefined) {
    const file = options.svg;
    await writeFile(file, comparisonFigure(comparison, options.language)).catch((cause: unknown) => {
      throw new CliError(`The file ${file} cannot be written.`, EXIT.failed, { cause });
    });
    tell(`The picture is in ${file}.`);
  }
  print(options.json ? JSON.stringify(comparison, null, 2) : comparisonLines(comparison, options.language, terminalWidth()));
} // prettier-ignore

function chapterOf({ chapters }: Scenario, id: string | undefined): ScenarioChapter {
  const chapter = chapters.find((each) => (id === undefined ? each.default : each.id === id));
  if (!chapter) {
    throw new CliError(`There is no such chapter; choose one of: ${chapters.map((each) => each.id).join(', ')}.`, EXIT.usage); // prettier-ignore
  }
  return chapter;
}

/** An arrangement that is not there is wrong use of the command. */
function compared(work: () => Comparison): Comparison {
  try {
    return work();
  } catch (error) {
    throw error instanceof DomainError ? new CliError(error.message, EXIT.usage, { code: error.code }) : error;
  }
}

function idsOf(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.length > MAX_ARRANGEMENTS || !ids.every((id) => SLUG.test(id))) {
    throw new InvalidArgumentError(`Give up to ${MAX_ARRANGEMENTS} ids with commas between.`);
  }
  return ids;
}

function seedsOf(text: string): number {
  const seeds = Number(text);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MAX_SEEDS) {
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MAX_SEEDS}.`);
  }
  return seeds;
}

function languageOf(text: string): string {
  if (!/^(en|ja|ko)(-[A-Z]{2})?$/.test(text)) {
    throw new InvalidArgumentError('Give en, ja or ko.');
  }
  return text;
}
