import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { scenarioCounts } from '../core/scenario/scenario.counts.js';
import { parseScenario } from '../core/scenario/scenario.parse.js';
import { scenarioSchema } from '../core/scenario/scenario.schema.js';
import { loadConfig } from '../platform/config/config.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { CliError, EXIT } from './cli-error.js';
import { table } from './columns.js';
import { nameIn } from './item-text.js';
import { readText } from './read-text.js';
import { print, tell, terminalWidth } from './terminal.js';

export function addScenario(program: Command): void {
  const scenario = program.command('scenario').description('check, list and describe scenario files');
  scenario
    .command('check')
    .description('check a scenario file and name every fault with line and column')
    .argument('<file>', 'the YAML file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npm run triwatch -- scenario check scenarios/yeonpyeong-2010/scenario.yaml')
    .action(check);
  scenario
    .command('schema')
    .description('print the JSON Schema of scenario files, for editors')
    .addHelpText('after', '\nExample:\n  npm run --silent triwatch -- scenario schema > scenario.schema.json')
    .action(() => print(JSON.stringify(z.toJSONSchema(scenarioSchema, { io: 'input' }), null, 2)));
  scenario
    .command('list')
    .description('list the scenario files of a folder')
    .option('--dir <folder>', 'the folder that holds a folder for each scenario (default: that of the service)')
    .addHelpText('after', '\nExample:\n  npm run triwatch -- scenario list')
    .action(list);
}

async function check(file: string, options: { json?: boolean }): Promise<void> {
  const parsed = parseScenario(await readText(file));
  const faults = 'faults' in parsed ? parsed.faults : [];
  const counts = 'scenario' in parsed ? scenarioCounts(parsed.scenario) : undefined;
  process.exitCode = faults.length > 0 ? EXIT.failed : EXIT.ok;
  if (options.json) {
    print(JSON.stringify({ file, valid: faults.length === 0, counts, faults }, null, 2));
  } else if (counts) {
    print(
      `${file}: valid; ${Object.entries(counts)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}`,
    );
  } else {
    print(faults.map(({ line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`));
  }
}

async function list(options: { dir?: string }): Promise<void> {
  const dir = options.dir ?? loadConfig(process.env, PROJECT_ROOT).scenariosDir;
  const folders = await readdir(dir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new CliError(`The folder ${dir} cannot be read.`, EXIT.usage, { cause });
  });
  const rows: string[][] = [];
  for (const folder of folders.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(dir, folder.name, 'scenario.yaml');
    if (!existsSync(file)) {
      continue;
    }
    const parsed = parseScenario(await readText(file));
    if ('scenario' in parsed) {
      const { id, kind, job, names, timeline, chapters } = parsed.scenario;
      const chapterIds = chapters.map((chapter) => (chapter.default ? `${chapter.id} *` : chapter.id)).join('\n');
      rows.push([id, kind, job, String(timeline.length), chapterIds, nameIn(names, 'en-US')]);
    } else {
      process.exitCode = EXIT.failed;
      tell(`${file} has ${parsed.faults.length} fault(s); see: npm run triwatch -- scenario check ${file}`);
    }
  }
  print(table([['id', 'kind', 'job', 'items', 'chapters (* default)', 'name'], ...rows], terminalWidth(), 5));
}
