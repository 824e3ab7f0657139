import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';

/**
 * A regime is the machine-checkable part of an agreement or a practice on notices before launches: data, and
 * predicates over a notice. A finding says whether a notice keeps a rule. It never says whether the launch is lawful,
 * and keeping every rule does not make it so: Security Council resolutions may forbid a launch that was perfectly
 * announced. A state that is no party to a regime is measured by it for comparison only.
 */
export interface Regime {
  id: string;
  title: string;
  /** The states that are bound by it, as party codes. */
  parties: readonly string[];
  rules: readonly RegimeRule[];
}

/** FIELDS: what a notice must tell; SCOPE: which launches; LEAD: how long before; WINDOW: how long it may stay open. */
export type RegimeRuleName = 'FIELDS' | 'SCOPE' | 'LEAD' | 'WINDOW';

export interface RegimeSource {
  title: string;
  url: string;
}

export interface RegimeRule {
  rule: RegimeRuleName;
  /** Only what a source says becomes a rule. */
  source: RegimeSource;
  judge(terms: AnnouncementTerms, context: CheckContext): RegimeJudgement;
}

export interface CheckContext {
  /** When the notice was received: the lead counts from here, not from when it was sent. */
  receivedAt: RunTime;
}

export interface RegimeJudgement {
  verdict: 'met' | 'broken' | 'cannot-tell';
  /** What was measured and what it was measured against; hours are rounded to two decimals. */
  figures: Record<string, number | string | boolean | string[]>;
  /** One English sentence. */
  detail: string;
}

export interface RegimeFinding extends RegimeJudgement {
  rule: RegimeRuleName;
  source: RegimeSource;
}

/** Judges a notice by every rule of a regime. Returns one finding a rule, in the order of the regime. */
export function checkAnnouncement(
  regime: Regime,
  announcement: AnnouncementTerms,
  context: CheckContext,
): RegimeFinding[] {
  return regime.rules.map(({ rule, source, judge }) => ({ rule, ...judge(announcement, context), source }));
}
