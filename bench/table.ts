import { faultsBySystem, linesOf, pooledP99, type Line, type SystemFaults, type Trial } from './results.js';
import type { Spread } from './stats.js';

/** Says how the figures came about; stands above the table. */
const NOTES = `Latency is to the moment at which the last console has read the alert. From "POST sent": the publisher writes the request, for
every system alike. From "accepted": for Triwatch the arrival of the 201 at the publisher; for commit-then-emit the end of its commit; for the plain
broadcasts the end of the request's body. The last two say it in a header, by the monotonic clock that all processes share.
The targets of the paced p50 hold for both; p99 may be twice the p50's ratio, and says so when that p50 missed its own target.
All systems are started once, run side by side and are idle while another is measured; each round measures each system, in
an order that turns from round to round. "memory" and "stalled" start the servers anew. CPU is user and system time of all
processes of a system, PostgreSQL and Redis with it, up to 1.5 s after the last delivery, less what the idle system uses. Alerts have 1 KB of JSON and three languages, go to three feeds, and are
posted over HTTP; a third of the consoles follows each feed; consoles of Triwatch send receipts. Ratios are to the system
named, in the same round: median (min..max).`;

/** The whole printed result. */
export function reportOf(trials: readonly Trial[], facts: readonly string[]): string {
  return [
    NOTES,
    ...facts,
    '',
    tableOf(HEAD, linesOf(trials).map(cellsOf)),
    '',
    'p99 ms from accepted to the last console, over the alerts of all rounds',
    tableOf(['consoles', 'system', 'p99'], pooledCells(trials)),
    '',
    'Deliveries (the deliveries of stalled consoles and of "resume" after its deadline are not missed)',
    tableOf(FAULTS_HEAD, faultsBySystem(trials).map(faultCells)),
  ].join('\n');
}

const HEAD = ['measure', 'consoles', 'figure', 'system', 'value (min..max)', 'ratio (min..max)', 'to', 'target', ''];

const FAULTS_HEAD = ['system', 'deliveries', 'lost', 'doubled', 'out of order', 'gaps in seq', 'reconnects'].concat([
  'refused receipts',
  'refused alerts',
]);

const faultCells = (of: SystemFaults): string[] =>
  [of.system, of.deliveries, of.losses, of.duplicates, of.disorder, of.gaps, of.reconnects]
    .concat([of.refusedReceipts, of.refusedAlerts])
    .map(String);

function cellsOf({ figure, consoles, system, value, ratio, target, met, ofMissed }: Line): string[] {
  const bound = target?.most === undefined ? `>= ${target?.least}` : `<= ${Number(target.most.toFixed(2))}`;
  return [
    figure.measure,
    String(consoles),
    figure.label,
    system,
    spreadText(value, figure.digits),
    spreadText(ratio, 2),
    ratio ? (figure.base ?? '') : '',
    target ? bound : '',
    target ? `${met ? 'met' : 'MISSED'}${ofMissed ? ' (of a missed p50)' : ''}` : '',
  ];
}

function pooledCells(trials: readonly Trial[]): string[][] {
  const paced = trials.filter(({ measure }) => measure === 'paced');
  const kinds = new Map(paced.map(({ consoles, system }) => [`${consoles} ${system}`, { consoles, system }]));
  return [...kinds.values()]
    .sort((a, b) => a.consoles - b.consoles)
    .map(({ consoles, system }) => [String(consoles), system, pooledP99(trials, consoles, system).toFixed(2)]);
}

const spreadText = (of: Spread | undefined, digits: number): string =>
  of ? `${of.median.toFixed(digits)} (${of.min.toFixed(digits)}..${of.max.toFixed(digits)})` : '';

/** Columns as wide as their widest cell. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(lineOf).join('\n');
}
