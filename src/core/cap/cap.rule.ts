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

/** Places of one rule that are told at most. */
const MOST_PLACES = 100;

/** The findings of some rules on a message, with the lines of the places where they are known. */
export const findingsOf = (
  rules: readonly CapRule[],
  message: CapMessage,
  lines: ReadonlyMap<string, number>,
): CapFinding[] =>
  rules.flatMap((rule) =>
    rule
      .find(message)
      .slice(0, MOST_PLACES)
      .map((place) => findingOf(rule, place, lineOf(lines, place.path))),
  );

/** The line of a place; of one that is missing, that of what it is missing from. */
function lineOf(lines: ReadonlyMap<string, number>, path: string): number | undefined {
  const line = lines.get(path);
  return line !== undefined || path === '' ? line : lineOf(lines, path.replace(/(^|\.)[^.]*$/, ''));
}
