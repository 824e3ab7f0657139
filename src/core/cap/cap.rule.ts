import type { CapAlert, CapVersion } from './cap.js';
import { findingOf, type CapFinding, type Place, type RuleText } from './cap.finding.js';

/** What rules look at. */
export interface CapMessage {
  readonly alert: CapAlert;
  readonly version: CapVersion;
  /** SHA-1 of bytes, in lower-case hexadecimal: passed in, since core computes with nothing but itself. */
  readonly sha1: (bytes: Uint8Array) => string;
}

/** A rule that the schema cannot see. */
export interface CapRule extends RuleText {
  /** Everywhere that it is broken. */
  readonly find: (message: CapMessage) => readonly Place[];
}

/** The findings of some rules on a message, with the lines of the places where they are known. */
export const findingsOf = (
  rules: readonly CapRule[],
  message: CapMessage,
  lines: ReadonlyMap<string, number>,
): CapFinding[] =>
  rules.flatMap((rule) => rule.find(message).map((place) => findingOf(rule, place, lines.get(place.path))));
