import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import { noticeOf, type Notice } from './notice.js';

/**
 * A regime is the machine-checkable part of an agreement or a practice on notices: data, and predicates over a notice. A
 * finding says whether a notice keeps a rule. It never says whether the act is lawful (`legality.ts`), and keeping every
 * rule does not make it so. A state that is no party to a regime is measured by it for comparison only.
 */
export interface Regime {
  /** Stable, in kebab case. */
  id: string;
  title: string;
  /** The states that are bound by it, as ISO 3166 codes; left out where no list of them has been read. */
  parties?: readonly string[];
  /** Whether it is in force, or only proposed, in one sentence; the source of what it says. */
  status: { sentence: string; source: RegimeSource };
  rules: readonly RegimeRule[];
}

/**
 * FIELDS: what a notice must tell; SCOPE: what it reaches; LEAD: how long before; WINDOW: how long it may stay open;
 * EARLY: not too long before; SITE, IMPACT, TRACK: how far from a line; PAIR: other notices that must go with it;
 * SLIP: a new date; OUTSIDE: whether the launch kept to the window; UNIT: how areas are written.
 */
export const RULE_IDS = [
  'FIELDS',
  'SCOPE',
  'LEAD',
  'WINDOW',
  'EARLY',
  'SITE',
  'IMPACT',
  'TRACK',
  'PAIR',
  'SLIP',
  'OUTSIDE',
  'UNIT',
] as const;
export type RegimeRuleName = (typeof RULE_IDS)[number];

/**
 * What a rule stands on. `text`: a source for it has been read. `proposal`: the regime is only proposed, and the figure is this
 * project's. `assumption`: it is commonly said, but no source for it has been read: it never gives more than advice.
 */
export type Basis = 'text' | 'proposal' | 'assumption';

export interface RegimeSource {
  title: string;
  url: string;
}

export interface RegimeRule {
  rule: RegimeRuleName;
  source: RegimeSource;
  basis: Basis;
  /** Of a rule that is about something most notices do not have: whether this one has it. Otherwise it gives no finding. */
  concerns?(notice: Notice): boolean;
  judge(notice: Notice): RegimeJudgement;
}

export type Verdict = 'met' | 'broken' | 'cannot-tell';

export interface RegimeJudgement {
  verdict: Verdict;
  /** What was measured and what it was measured against; units are in the names, hours and km have two decimals. */
  figures: Record<string, number | string | boolean | string[]>;
  /** One English sentence. */
  detail: string;
}

export interface RegimeFinding extends RegimeJudgement {
  rule: RegimeRuleName;
  source: RegimeSource;
  basis: Basis;
  /** Of an assumption only: what the verdict would be if the rule is as assumed. */
  ifAssumed?: Verdict;
}

/** Judges a notice by every rule of a regime. Returns one finding a rule that concerns it, in the order of the regime. */
export function checkNotice(regime: Regime, notice: Notice): RegimeFinding[] {
  return regime.rules
    .filter(({ concerns }) => concerns?.(notice) ?? true)
    .map(({ rule, source, basis, judge }) => {
      const judgement = judge(notice);
      return basis === 'assumption'
        ? {
            rule,
            ...judgement,
            verdict: 'cannot-tell',
            ifAssumed: judgement.verdict,
            detail: `${judgement.detail} No source for this rule has been read, so it is advice only.`,
            source,
            basis,
          }
        : { rule, ...judgement, source, basis };
    });
}

/** The same for an announcement that was received at `receivedAt`: the lead counts from there, not from when it was sent. */
export function checkAnnouncement(
  regime: Regime,
  terms: AnnouncementTerms,
  { receivedAt }: { receivedAt: RunTime },
): RegimeFinding[] {
  return checkNotice(regime, noticeOf(terms, receivedAt));
}

/** How a notice stands to a regime as a whole. */
export interface Standing {
  /** `broken` if a rule is broken, else `cannot-tell` if one cannot be told, else `met`. SCOPE does not count. */
  verdict: Verdict;
  /** Whether the regime reaches this act of this state; if not, the verdict is a comparison. */
  applies: 'yes' | 'no' | 'cannot-tell';
}

export function standingOf(regime: Regime, notice: Notice, findings: readonly RegimeFinding[]): Standing {
  const verdicts = findings.filter(({ rule }) => rule !== 'SCOPE').map(({ verdict }) => verdict);
  const worst = (['broken', 'cannot-tell'] as const).find((each) => verdicts.includes(each));
  return { verdict: worst ?? 'met', applies: applies(regime, notice, findings) };
}

function applies({ parties, rules }: Regime, { by }: Notice, findings: readonly RegimeFinding[]): Standing['applies'] {
  const scope = findings.find(({ rule }) => rule === 'SCOPE')?.verdict;
  const isProposed = rules.some(({ basis }) => basis === 'proposal');
  if (scope === 'broken' || isProposed || (by !== undefined && parties !== undefined && !parties.includes(by))) {
    return 'no';
  }
  return scope === 'cannot-tell' || by === undefined || parties === undefined ? 'cannot-tell' : 'yes';
}
