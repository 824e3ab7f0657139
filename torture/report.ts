import type { Verdict } from './check-history.js';
import type { Shape } from './schedule.js';
import { RULES, type Rule, type Violation } from './violations.js';

/** The figures of one shape. */
export interface Figures {
  readonly shape: Shape;
  readonly seconds: number;
  /** Messages that were to be sent; fewer are when the time is over before. */
  readonly wanted: number;
  readonly sent: number;
  /** Of these. */
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
  /** Answered with 201 a second, while messages were sent, faults included. */
  readonly acceptedPerS: number;
  /** What fell due in the drill by its clock. */
  readonly reports: number;
  /** How long an answer took, in milliseconds, through all faults. */
  readonly answerP50Ms: number | null;
  readonly answerP99Ms: number | null;
  /** Tries of messages without an answer, or with one that the service could not do it just then. */
  readonly failedTries: Readonly<Record<string, number>>;
  readonly consoles: number;
  readonly expected: number;
  readonly made: number;
  readonly dropped: number;
  readonly reconnects: number;
  readonly stale: number;
  readonly resumes: number;
  readonly resets: number;
  readonly acknowledgements: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<Rule, number>>;
  readonly first: readonly Violation[];
}

export const figuresOf = (
  verdict: Verdict,
  rest: Omit<
    Figures,
    'accepted' | 'refused' | 'unknown' | 'reports' | 'expected' | 'made' | 'dropped' | 'violations' | 'first'
  >,
): Figures => {
  const { violations, ...counts } = verdict;
  return { ...rest, ...counts, violations: violations.counts, first: violations.first };
};

export const totalViolations = (all: readonly Figures[]): number =>
  all.flatMap(({ violations }) => Object.values(violations)).reduce((sum, count) => sum + count, 0);

const ROWS = [
  ['seconds', 'seconds'],
  ['messages to send', 'wanted'],
  ['messages sent', 'sent'],
  ['accepted', 'accepted'],
  ['refused', 'refused'],
  ['without an answer', 'unknown'],
  ['accepted a second', 'acceptedPerS'],
  ['reports of the drill', 'reports'],
  ['answered within, p50 ms', 'answerP50Ms'],
  ['answered within, p99 ms', 'answerP99Ms'],
  ['consoles', 'consoles'],
  ['deliveries expected', 'expected'],
  ['items applied', 'made'],
  ['repetitions dropped', 'dropped'],
  ['reconnects', 'reconnects'],
  ['connections given up as stale', 'stale'],
  ['gaps asked for again', 'resumes'],
  ['resets', 'resets'],
  ['acknowledgements answered', 'acknowledgements'],
] as const satisfies readonly (readonly [string, keyof Figures])[];

/** The table, the faults by kind, the one line that counts, and the first violations in words. */
export function report(all: readonly Figures[], seed: number): string {
  const width = Math.max(...ROWS.map(([name]) => name.length));
  const lines = [`${''.padEnd(width)}${all.map(({ shape }) => shape.padStart(12)).join('')}`];
  for (const [name, key] of ROWS) {
    lines.push(`${name.padEnd(width)}${all.map((figures) => String(figures[key]).padStart(12)).join('')}`);
  }
  for (const { shape, faults, failedTries } of all) {
    lines.push('', `faults, ${shape}: ${counted(faults)}`, `failed tries, ${shape}: ${counted(failedTries)}`);
  }
  const sum = (rule: Rule): number => all.reduce((count, { violations }) => count + violations[rule], 0);
  const rules = (Object.keys(RULES) as Rule[]).map((rule) => `${WORDS[rule]} ${sum(rule)}`);
  lines.push('', rules.join(', '), `seed ${seed}`);
  for (const { shape, first } of all) {
    lines.push(...first.map(({ rule, detail }) => `${rule} (${RULES[rule]}), ${shape}: ${detail}`));
  }
  return lines.join('\n');
}

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const WORDS: Readonly<Record<Rule, string>> = {
  LOST: 'lost',
  DUPLICATED: 'duplicated',
  OUT_OF_ORDER: 'out of order',
  VERSION_ORDER: 'versions out of order',
  LEAKED: 'leaked',
  GAP: 'gaps',
  HALF: 'half told',
  INVENTED: 'invented',
  ACK_LOST: 'acknowledgements lost',
  ACK_REFUSED: 'acknowledgements refused',
  CHAIN: 'chains broken',
  REFUSED: 'valid messages refused',
  RESET: 'reset',
  CRASHED: 'crashed',
  STUCK: 'stuck',
};
