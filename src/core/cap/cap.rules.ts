import type { CapReading } from './cap.read.js';
import type { CapFinding, RuleText } from './cap.finding.js';
import { findingsOf, type CapMessage, type CapRule } from './cap.rule.js';
import { AREA } from './rules/area.js';
import { IDENTITY } from './rules/identity.js';
import { LANGUAGE } from './rules/language.js';
import { POSITIONS } from './rules/positions.js';
import { PROFILES } from './rules/profiles.js';
import { READING } from './rules/reading.js';
import { REFERENCES } from './rules/references.js';
import { RESOURCE } from './rules/resource.js';
import { SCOPE } from './rules/scope.js';
import { SHAPES } from './rules/shapes.js';
import { TEXT } from './rules/text.js';
import { TIMES } from './rules/times.js';

/** Every rule on what a message says, which the schema cannot see, by theme. */
export const RULE_THEMES: Readonly<Record<string, readonly CapRule[]>> = {
  Identity: IDENTITY,
  References: REFERENCES,
  'Scope, status and type': SCOPE,
  Times: TIMES,
  Languages: LANGUAGE,
  Texts: TEXT,
  Areas: AREA,
  Shapes: SHAPES,
  Positions: POSITIONS,
  Resources: RESOURCE,
  Profiles: PROFILES,
};

/** Every rule that a finding on a document that was read may name, besides `XSD`. */
export const CAP_RULES: readonly RuleText[] = [...Object.values(READING), ...Object.values(RULE_THEMES).flat()];

/** Everything that there is to say about an alert that was read: how it was written, then what it says. */
export function judgeCap(reading: CapReading, sha1: CapMessage['sha1']): CapFinding[] {
  const { alert, version, findings, lines } = reading;
  return [...findings, ...findingsOf(Object.values(RULE_THEMES).flat(), { alert, version, sha1 }, lines)];
}
