import { Option, type Command } from 'commander';
import type { Crossing, ThresholdCheck } from '../core/threshold/crossing.js';
import { readMeasurements } from '../core/threshold/measurement.read.js';
import type { Measurement } from '../core/threshold/measurement.js';
import { thresholdChecks } from '../core/threshold/threshold.checks.js';
import { thresholdTables } from '../core/threshold/threshold.doc.js';
import { THRESHOLD_SUBJECTS, type Threshold } from '../core/threshold/threshold.schema.js';
import { thresholdList } from '../core/threshold/threshold.view.js';
import type { ThresholdList } from '../core/wire/threshold.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { readThresholds } from '../platform/config/thresholds-file.js';
import { CliError, EXIT } from './cli-error.js';
import { printable, table } from './columns.js';
import { readText } from './read-text.js';
import { print, terminalWidth } from './terminal.js';

const VERDICTS: Record<Crossing['verdict'], string> = {
  crossed: 'crossed',
  'not-crossed': 'not crossed',
  'cannot-tell': 'cannot tell',
};

const CHECK_HELP = `
A file is a list of measurements, or a notice that carries it as "measurements":
  measurements:
    - { substance: tritium, medium: sea-near, value: 910, unit: Bq/L }
    - { substance: caesium, medium: food, below: 10, unit: Bq/kg }
    - { substance: ambient-dose, medium: air, from: 0.9, to: 1.2, unit: µSv/h }

Exit codes: 0 the measurements could be judged, whatever they cross; 1 they are not of the form; 2 wrong use.`;

export function addThreshold(program: Command): void {
  const threshold = program
    .command('threshold')
    .description('thresholds of each party for water, food and radiation, and what a measurement crosses, without a service'); // prettier-ignore
  threshold
    .command('list')
    .description('every sourced threshold by quantity, strictest first, beside the proposed common one')
    .addOption(new Option('--subject <subject>', 'of one subject').choices(THRESHOLD_SUBJECTS))
    .option('--json', 'print one JSON object')
    .option('--markdown', 'print the tables of docs/thresholds.md')
    .action(list);
  threshold
    .command('check')
    .description('which thresholds measurements cross, for whom and by what factor, and what cannot be told')
    .argument('<file>', 'measurements, or a notice with them, as YAML or JSON; - for standard input')
    .option('--json', 'print one JSON object')
    .addHelpText('after', CHECK_HELP)
    .action(check);
}

function list(options: { subject?: Threshold['subject']; json?: boolean; markdown?: boolean }): void {
  const file = readThresholds(PROJECT_ROOT);
  if (options.markdown) {
    print(thresholdTables(file));
    return;
  }
  const view = thresholdList(file, options.subject);
  print(options.json ? JSON.stringify(view, null, 2) : listLines(view));
}

function listLines({ common, quantities }: ThresholdList): string[] {
  const rows = quantities.flatMap(({ substance, medium, common: proposed, spread, thresholds }) => [
    [
      `${substance.names['en-US']}, ${medium.names['en-US']}`,
      'proposed',
      `${proposed.value} ${proposed.unit}`,
      spread === 1 ? '' : `${spread} times apart`,
    ],
    ...thresholds.map(({ by, value, unit, kind, names, sources }) => [
      '',
      by,
      `${value} ${unit}`,
      `${kind}: ${names['en-US']} (${sources.map(({ publisher, tier }) => `${publisher}, ${tier}`).join('; ')})`,
    ]),
  ]);
  return [...table([['quantity', 'who', 'figure', 'what'], ...rows], terminalWidth(), 3), '', common.reason];
}

async function check(path: string, options: { json?: boolean }): Promise<void> {
  const read = readMeasurements(await readText(path));
  if ('faults' in read) {
    throw new CliError(`${path} holds no measurements that can be judged.`, EXIT.failed, {
      code: 'MEASUREMENTS_INVALID',
      findings: read.faults,
    });
  }
  const judged = thresholdChecks(readThresholds(PROJECT_ROOT), read.measurements);
  print(options.json ? JSON.stringify(judged, null, 2) : judged.checks.flatMap(checkLines));
}

function checkLines({ measurement, crossings, common, why }: ThresholdCheck): string[] {
  const rows = crossings.map(({ threshold, by, limit, verdict, factor, why: untold }) => [
    by,
    `${limit.value} ${limit.unit}`,
    VERDICTS[verdict],
    untold ?? (factor === undefined ? '' : `× ${factor}`),
    common.includes(threshold) ? `${threshold} (proposed common)` : threshold,
  ]);
  return [
    printable(measuredLine(measurement)),
    ...(why ? [`  not compared: ${why}`] : table([['for', 'threshold', 'verdict', 'factor', 'id'], ...rows], terminalWidth(), 4)), // prettier-ignore
    '',
  ];
}

function measuredLine({ substance, medium, value, below, from, to, unit, place }: Measurement): string {
  const figure = value ?? (below === undefined ? `${from} to ${to}` : `below ${below}`);
  return `${substance}, ${medium ?? 'medium not stated'}${place ? ` (${place})` : ''}: ${figure} ${unit ?? '(unit not stated)'}`;
}
