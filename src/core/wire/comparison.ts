import type { Field, SpanS } from '../arrangement/arrangement.schema.js';
import type { Names } from '../scenario/scenario.schema.js';

/** Seconds: a tenth of the seeds lie at or below p10, half at or below p50, nine tenths at or below p90. */
export interface Spread {
  p10: number;
  p50: number;
  p90: number;
}

/**
 * Who would have known what when under several arrangements, beside what the record says. Seconds count from the time of each
 * event. What is not known is null, never a guess. The same input gives the same bytes.
 */
export interface Comparison {
  scenario: string;
  names: Names;
  chapter: string;
  /** Ids in the order asked for. */
  arrangements: string[];
  seeds: number;
  strict: boolean;
  capitals: Record<string, Record<string, CapitalFigures>>;
  items: ComparedItem[];
  /** Warning times of the flights of the scenario that begin in the chapter. */
  flights: ComparedFlight[];
  terms: ArrangementTerms[];
  assumptions: Assumption[];
  sources: { id: string; title: string; publisher: string; date?: string; url: string; tier: string }[];
}

/** What an arrangement means for a capital, over the items that it has neither first-hand nor from a publication. */
export interface CapitalFigures {
  /** How many items those are. */
  items: number;
  /** Of how many it knows in at least half of the seeds. */
  known: number;
  /** Of those, how many the record does not say it knew. */
  newlyKnown: number;
  /** From event to knowing, the middle one of the items known. */
  medianKnownAfterS: number | null;
  /** Earlier than by the record, the middle one of the items that the record has too. */
  medianSavedS: number | null;
  /** Of how many items some or all fields never reach it. */
  withheld: number;
}

export interface ComparedItem {
  id: string;
  version: number;
  kind: string;
  headlines: Names;
  /** RFC 3339 in UTC. */
  at: string;
  precision: string;
  parties: Record<string, ComparedParty>;
}

export interface ComparedParty {
  /** Whether it did or saw this itself: no arrangement tells it. */
  firstHand: boolean;
  /** By the record; null where no source says that it knew. */
  record: { knownAfterS: number; basis: string; precision: string } | null;
  under: Record<string, Outcome>;
}

export interface ComparedFlight {
  id: string;
  names: Names;
  /** RFC 3339 in UTC. */
  launchAt: string;
  /** Why the model does not fly it; its figures are then missing. */
  outside?: string;
  /** When each party has word from its own sensors, in seconds after the launch; null where none of them sees it. */
  sights: { party: string; toldAfterS: number | null }[];
  cities: ComparedCity[];
}

export interface ComparedCity {
  place: string;
  names: Names;
  party: string;
  /** When the missile is nearest over the ground, in seconds after the launch, and how far and high it is then. */
  nearestAfterS: number;
  distanceKm: number;
  altitudeKm: number;
  /** From the shelter text until then, by arrangement: negative when the text comes later; null where none comes or none is modelled. */
  warningS: Record<string, { textAfterS: Spread; leftS: Spread } | null>;
}

export interface Outcome {
  /** In how many of the seeds it knows at all, from 0 to 1. */
  share: number;
  /** Until it knows anything of it. */
  knownAfterS: Spread | null;
  /** Until it knows all of it. */
  wholeAfterS: Spread | null;
  savedS: Spread | null;
  /** What it is told first, in most seeds. */
  firstFields: Field[];
  /** What never reaches it, in most seeds. */
  withheld: Field[];
  /** The channels by which it first knows, in most seeds; none by the record. */
  path: string[];
}

/** An arrangement as it was used. */
export interface ArrangementTerms {
  id: string;
  names: Names;
  summary: Names;
  hypothetical: boolean;
  since?: string;
  until?: string;
  /** Whether it was used for a day on which it was not in force. */
  outsideDates: boolean;
  /** How many of the items its agreement does not cover. */
  outsideSubject: number;
  facts: string[];
}

/** A figure that the result rests on. */
export interface Assumption {
  id: string;
  basis: 'sourced' | 'assumed' | 'rule';
  text: string;
  latencyS?: SpanS;
  approvalS?: SpanS;
  availability?: number;
  sources: string[];
}
