import type { Finding } from '../wire/problem.js';

/** error: what the standard requires is broken; warning: likely to mislead or to be misread; advice: good practice. */
export type Severity = 'error' | 'warning' | 'advice';

export interface CapFinding extends Finding {
  severity: Severity;
  /** Of the document, counted from 1; XML only. */
  line?: number;
}

/** Where a rule is broken: the element, with the JSON mirror's names, and what it holds. The whole document is an empty path. */
export interface Place {
  readonly path: string;
  readonly value?: string;
}

/** A rule as it is listed in `docs/cap.md`. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence that says what to do. */
  readonly says: string;
  /** Where the rule comes from; CAP and a number is the section of CAP 1.2. */
  readonly source: string;
}

const MOST_SHOWN = 120;

/** A value cut to what fits into a sentence. */
const shown = (value: string): string => {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
};

/** The finding that a rule is broken at a place: its sentence, and what stands there. */
export function findingOf({ id, severity, says }: RuleText, { path, value }: Place, line?: number): CapFinding {
  const message = value === undefined ? `${says}.` : `${says}; it says "${shown(value)}".`;
  return { rule: id, severity, path, message, ...(line === undefined ? {} : { line }) };
}

/** A document may be sent when no finding is an error. */
export const isValid = (findings: readonly CapFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error');
