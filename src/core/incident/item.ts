import type { ActReport, Embargo, Stage } from '../announcement/stage.js';
import type { AlertArea } from '../area/alert-area.js';
import type { Field } from '../arrangement/arrangement.schema.js';
import type { AnnouncementTerms, Names, ObservedLaunch, ScenarioSource, Texts } from '../scenario/scenario.schema.js';
import type { Mode } from '../scenario/mode.js';
import type { ThresholdCheck } from '../threshold/crossing.js';

/** What a feed carries. */
export type ItemKind = 'report' | 'alert' | 'announcement' | 'inject' | 'message' | 'decision';

/**
 * The body of an item as an audience is shown it: these bytes are hashed, chained and sent.
 * It holds every language of the item; the console shows the desk's own first. Instants are RFC 3339 in UTC
 * on the run's time line. It never holds wall time or a random id, so that a replay gives the same digest.
 */
export interface ItemBody {
  /** The mode of the run: no item may leave its run without it. */
  mode: Mode;
  texts: Texts;
  actor?: Names;
  /** When it happened, as well as it is known; absent for things that are not events. */
  event?: {
    precision: 'exact' | 'approximate' | 'range';
    at: string;
    until?: string;
  };
  /** When this audience knew; equals the item's due time in the run. */
  known: { at: string; basis: string; precision?: string; note?: string; sources?: string[] };
  severity?: string;
  urgency?: string;
  certainty?: string;
  place?: { names: Names; latitude?: number; longitude?: number; uncertaintyKm?: number; note?: string };
  conflicts?: { about: Names; values: { value: Names; sources: string[] }[] }[];
  sources?: (ScenarioSource & { id: string })[];
  announcement?: AnnouncementBody;
  launch?: ObservedLaunch;
  match?: {
    verdict: 'announced' | 'outside-window' | 'outside-area' | 'unannounced';
    launch: string;
    announcement?: string;
  };
  inject?: InjectBody;
  response?: ResponseBody;
  areas?: AlertArea[];
  /** Of an item that tells only some fields of another. */
  part?: PartBody;
  note?: string;
}

/** What passed of an item under an arrangement, and which fields did not; the words of those are not here. */
export interface PartBody {
  /** Of the item. Which item it is is not told: its id says what happened, and that may be withheld. */
  version: number;
  fields: Field[];
  withheld: Field[];
  launchPoint?: PointBody;
  impactPoint?: PointBody;
  flightTrack?: { bearingDeg: number; rangeKm?: number };
}

export interface PointBody {
  names?: Names;
  latitude?: number;
  longitude?: number;
  uncertaintyKm?: number;
}

export interface AnnouncementBody extends AnnouncementTerms {
  receivedAt: string;
  /** What this version does; left out of a first one. */
  stage?: Exclude<Stage, 'announce'>;
  embargo?: Embargo;
  /** Who released it from its embargo. */
  releasedBy?: string;
  report?: ActReport;
  /** What its measurements cross, for whom; left out where it has none. */
  thresholds?: ThresholdCheck[];
  check: { regime: string; findings: { rule: string; verdict: 'met' | 'broken' | 'cannot-tell'; detail: string }[] };
}

export interface InjectBody {
  deadlineAt: string;
  question: Texts;
  options?: { id: string; names: Names }[];
}

export interface ResponseBody {
  inject: string;
  audience: string;
  desk: string;
  person: string;
  decision: string;
  option?: string;
  answeredAt: string;
  deadlineAt: string;
  inTime: boolean;
}
