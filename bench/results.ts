import { addFaults, noFaults, type Faults } from './clients/tally.js';
import { FIGURES, type Figure, type Target } from './figures.js';
import type { Outcome } from './measures/measure.js';
import type { MeasureName } from './options.js';
import { percentile, spread, type Spread } from './stats.js';
import type { SystemName } from './systems/system.js';

/** One measure of one system in one round. */
export interface Trial extends Outcome {
  measure: MeasureName;
  consoles: number;
  round: number;
  system: SystemName;
  /** Why it could not be measured. */
  error?: string;
}

/** One line of the table: a figure of a system over all rounds. */
export interface Line {
  figure: Figure;
  consoles: number;
  system: SystemName;
  value?: Spread;
  /** To the base in the same round. */
  ratio?: Spread;
  target?: Target;
  met?: boolean;
  /** The target follows from a median that missed its own. */
  ofMissed?: boolean;
}

/** All figures of all systems with their ratios, in the order of the figures. */
export function linesOf(trials: readonly Trial[]): Line[] {
  return FIGURES.flatMap((figure) => {
    const those = trials.filter(({ measure, figures }) => measure === figure.measure && figure.key in figures);
    const kinds = new Map(those.map((trial) => [`${trial.consoles} ${trial.system}`, trial]));
    return [...kinds.values()]
      .sort((a, b) => a.consoles - b.consoles)
      .map(({ consoles, system }) => lineOf(figure, consoles, system, those));
  }).map((line, _, lines) => judgedTail(line, lines));
}

function lineOf(figure: Figure, consoles: number, system: SystemName, trials: readonly Trial[]): Line {
  const ours = trials.filter((trial) => trial.consoles === consoles && trial.system === system);
  const valueOf = (trial: Trial | undefined): number => trial?.figures[figure.key] ?? NaN;
  const ratios = ours
    .map((trial) => ({ own: valueOf(trial), base: valueOf(trials.find((base) => isBase(base, trial, figure))) }))
    // Nothing is so and so many times nothing.
    .filter(({ own, base }) => base !== 0 && !Number.isNaN(own / base))
    .map(({ own, base }) => own / base);
  const line: Line = {
    ...{ figure, consoles, system },
    value: spread(ours.map(valueOf).filter((value) => !Number.isNaN(value))),
    ratio: figure.base === undefined ? undefined : spread(ratios),
  };
  const target = system.startsWith('triwatch') ? (figure.targets?.[consoles] ?? figure.targets?.[0]) : undefined;
  return target ? { ...line, target, met: isMet(line, target) } : line;
}

const isBase = (base: Trial, trial: Trial, figure: Figure): boolean =>
  base.system === figure.base && base.round === trial.round && base.consoles === trial.consoles;

/** p99 is to be no worse than twice the p50 ratio of the same system, whether that met its own target or not. */
function judgedTail(line: Line, lines: readonly Line[]): Line {
  const { figure, system, consoles } = line;
  if (figure.tailOf === undefined || !system.startsWith('triwatch')) {
    return line;
  }
  const middle = lines.find(
    (other) =>
      other.figure.measure === figure.measure &&
      other.figure.key === figure.tailOf &&
      other.system === system &&
      other.consoles === consoles,
  );
  if (middle?.target === undefined || middle.ratio === undefined) {
    return line;
  }
  const target: Target = { of: 'ratio', most: 2 * middle.ratio.median };
  return { ...line, target, met: isMet(line, target), ofMissed: middle.met !== true };
}

/** The median of the rounds is what is held against a target. */
function isMet({ ratio, value }: Line, { of, most = Infinity, least = -Infinity }: Target): boolean {
  const middle = (of === 'ratio' ? ratio : value)?.median ?? NaN;
  return middle <= most && middle >= least;
}

/** What went wrong with the deliveries of a system in all measures. */
export interface SystemFaults extends Faults {
  system: SystemName;
  deliveries: number;
  reconnects: number;
  refusedReceipts: number;
  refusedAlerts: number;
}

export function faultsBySystem(trials: readonly Trial[]): SystemFaults[] {
  const systems = [...new Set(trials.map(({ system }) => system))];
  return systems.map((system) => {
    const counted = trials.filter((trial) => trial.system === system).flatMap(({ faults }) => (faults ? [faults] : []));
    const sum = (key: 'deliveries' | 'reconnects' | 'refusedReceipts' | 'refusedAlerts'): number =>
      counted.reduce((total, faults) => total + faults[key], 0);
    return {
      system,
      deliveries: sum('deliveries'),
      ...counted.reduce<Faults>(
        ({ losses, duplicates, disorder, gaps }, more) => addFaults({ losses, duplicates, disorder, gaps }, more),
        noFaults(),
      ),
      reconnects: sum('reconnects'),
      refusedReceipts: sum('refusedReceipts'),
      refusedAlerts: sum('refusedAlerts'),
    };
  });
}

/** What makes the benchmark fail: what could not be measured, and the service losing, doubling or disordering anything. */
export function failuresOf(trials: readonly Trial[], faults: readonly SystemFaults[]): string[] {
  const wrong = faults.filter(
    ({ system, losses, duplicates, disorder, gaps }) =>
      system.startsWith('triwatch') && losses + duplicates + disorder + gaps > 0,
  );
  return [
    ...trials.flatMap(({ error }) => (error === undefined ? [] : [error])),
    ...wrong.map(({ system }) => `${system} lost, doubled or disordered deliveries`),
  ];
}

/** The 99th percentile over the alerts of all rounds together, which one round has too few of. */
export function pooledP99(trials: readonly Trial[], consoles: number, system: SystemName): number {
  return percentile(
    trials
      .filter((trial) => trial.measure === 'paced' && trial.consoles === consoles && trial.system === system)
      .flatMap(({ samples = [] }) => samples),
    0.99,
  );
}
