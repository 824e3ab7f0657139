import type { Area, Names } from '../scenario/scenario.schema.js';
import type { DurationMs, RunTime } from '../time/time.js';
import type { ClaimedAct, LogAct, RestrainedAct } from './log-acts.js';

/** Between which instants something lies; both are the same where its time is exact. */
export interface Span {
  readonly earliest: RunTime;
  readonly latest: RunTime;
}

/** What one party is on record as saying of a disputed act. */
export interface Claim {
  readonly by: string;
  readonly says: ClaimedAct;
  readonly note?: Names;
  readonly sources: readonly string[];
}

/** One act of the event log. */
export interface LoggedAct {
  /** Unique in its log. */
  readonly id: string;
  readonly act: LogAct;
  /** Who acted and upon whom, by the two letters of the state; nobody is acted upon by a drill. */
  readonly by: string;
  readonly against: readonly string[];
  /** When it began. */
  readonly begins: Span;
  readonly precision: 'exact' | 'approximate' | 'range';
  readonly position?: { readonly latitude: number; readonly longitude: number; readonly uncertaintyKm: number };
  readonly place?: Names;
  readonly texts?: Names;
  /** Not empty where parties differ on whether it happened, or on what it was: then it is disputed. */
  readonly claims: readonly Claim[];
  readonly sources: readonly string[];
}

/** "We do not do this to them, there, in this time, unless attacked." */
export interface Declaration {
  readonly id: string;
  readonly party: string;
  /** `posed` is laid beside a log for study: the party is not on record as having stated it. */
  readonly basis: 'stated' | 'posed';
  readonly acts: readonly RestrainedAct[];
  /** Towards whom; everybody when left out. */
  readonly against?: readonly string[];
  /** Without it the party does not act at all. `within` counts from the beginning of the attack. */
  readonly unless?: { readonly kind: 'attacked'; readonly by?: readonly string[]; readonly withinMs?: DurationMs };
  /** Where what is done takes effect; everywhere when left out. */
  readonly area?: Area;
  readonly from: RunTime;
  /** The first instant at which it no longer holds. */
  readonly until?: RunTime;
  readonly withdrawnAt?: RunTime;
  readonly note?: string;
  readonly sources: readonly string[];
}

export const VERDICTS = ['kept', 'broken', 'answered', 'disputed', 'cannot-tell'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a verdict is what it is. */
export type Reason =
  | 'act-not-named'
  | 'not-towards-them'
  | 'outside-area'
  | 'no-condition'
  | 'no-attack-before'
  | 'attack-before'
  | 'act-disputed'
  | 'attack-disputed'
  | 'term-uncertain'
  | 'place-uncertain'
  | 'order-uncertain';

/** How one act stands to one declaration of the party that acted. */
export interface Judgement {
  readonly declaration: string;
  readonly act: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** Where the act was answered: the attack, and the least and most time from its beginning to that of the answer. */
  readonly answers?: { readonly act: string; readonly gapMs: readonly [least: DurationMs, most: DurationMs] };
  /** The acts that the verdict turns on where it is `disputed` or `cannot-tell`. */
  readonly turnsOn: readonly string[];
}

export const isDisputed = ({ claims }: Pick<LoggedAct, 'claims'>): boolean => claims.length > 0;

/** Three-valued: what two spans, or a place and an area, allow to be said. */
export type Known = 'yes' | 'no' | 'cannot-tell';

/** Whether one begins before another; spans that touch leave it open. */
export function isBefore(one: Span, other: Span): Known {
  if (one.latest < other.earliest) {
    return 'yes';
  }
  return one.earliest > other.latest ? 'no' : 'cannot-tell';
}

/** The order of a ledger: by time, then by id, so that the order in which a log was written changes nothing. */
export const byTime = (a: LoggedAct, b: LoggedAct): number =>
  a.begins.earliest - b.begins.earliest ||
  a.begins.latest - b.begins.latest ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
