import type { CapReading } from './cap.read.js';
import type { RuleText, CapFinding } from './cap.finding.js';
import { findingsOf, type CapMessage, type CapRule } from './cap.rule.js';
import { IDENTITY } from './rules/identity.js';
import { READING } from './rules/reading.js';

/** Every rule that the schema cannot see, by theme. */
export const TEXT_RULES: readonly CapRule[] = [...IDENTITY];

/** Every rule that a finding may name besides `XSD` and those of a document that was not read. */
export const CAP_RULES: readonly RuleText[] = [...Object.values(READING), ...TEXT_RULES];

/** Everything that there is to say about an alert that was read: how it was written, then what it says. */
export function judgeCap(reading: CapReading, sha1: CapMessage['sha1']): CapFinding[] {
  const { alert, version, findings, lines } = reading;
  return [...findings, ...findingsOf(TEXT_RULES, { alert, version, sha1 }, lines)];
}
