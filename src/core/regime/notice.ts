import type { AnnouncementTerms, Area } from '../scenario/scenario.schema.js';
import { runTimeOf, type RunTime } from '../time/time.js';
import type { PolygonPoints } from '../announcement/area.js';

/** One nautical mile in kilometres, by definition. */
export const KM_PER_NM = 1.852;

/** An area as a notice gives it: the unit of a radius is part of what is judged, so it is kept and may be missing. */
export type NoticeArea =
  { polygon: PolygonPoints } | { circle: { latitude: number; longitude: number; radius: number; unit?: 'km' | 'NM' } };

/** Between two run times, equal where the instant is known. */
export interface Between {
  earliest: RunTime;
  latest: RunTime;
}

export const HAZARDS = ['radiological', 'health', 'water', 'food', 'spill', 'other'] as const;
export const BASINGS = ['land', 'sea', 'air'] as const;
export const AIRCRAFT = ['fixed-wing', 'rotary', 'uav', 'balloon'] as const;

/** A notice that goes with this one: its window and areas must cover those of this one. */
export interface Companion {
  windowStart?: RunTime;
  windowEnd?: RunTime;
  areas: NoticeArea[];
}

/**
 * What rules judge: everything that a notice may say, whatever form it came in. What a notice does not say is left out,
 * and rules that need it answer `cannot-tell` or that a field is missing.
 */
export interface Notice {
  /** The announcing state, as an ISO 3166 code. */
  by?: string;
  act?: AnnouncementTerms['act'];
  hazard?: (typeof HAZARDS)[number];
  vehicleClass?: AnnouncementTerms['vehicleClass'];
  basing?: (typeof BASINGS)[number];
  aircraft?: (typeof AIRCRAFT)[number];
  windowStart?: RunTime;
  windowEnd?: RunTime;
  /** Hours of each day within the window, in minutes of the UTC day; `to` before `from` runs over midnight. */
  daily?: { fromMinute: number; toMinute: number };
  /** When the notice reached whom it is for. The lead counts from here, not from when it was sent. */
  received?: Between;
  /** When a health event was assessed, or an accident happened. */
  assessedAt?: RunTime;
  occurredAt?: RunTime;
  launchArea?: NoticeArea;
  /** A launch or impact area given by name only, as in "eastern Pacific". */
  launchPlace?: string;
  impactAreas: NoticeArea[];
  impactPlace?: string;
  rangeKm?: number;
  apogeeKm?: number;
  /** Degrees from true north. */
  bearingDeg?: number;
  /** How many launches; one notice may be for several. */
  launches?: number;
  /** The planned ground track, where the notice gives one. */
  track?: PolygonPoints;
  subject?: string;
  /** ICAO code of the flight information region. */
  fir?: string;
  notam?: Companion;
  navarea?: Companion;
  /** The notice that this one replaces. */
  previous?: { windowStart?: RunTime; windowEnd?: RunTime; cancelled: boolean };
  observed?: { at: RunTime; latitude?: number; longitude?: number };
  /** Article 5 (a) to (h) of the Early Notification Convention; and what the IHR ask for, by name. */
  reported: Readonly<Record<string, 'known' | 'unknown' | 'pending'>>;
  /** Where the line lies that distances are measured to, if the notice brings one of its own. */
  line?: PolygonPoints;
}

/** A notice made of the terms of an announcement that was received at a known time. */
export function noticeOf(terms: AnnouncementTerms, receivedAt: RunTime): Notice {
  return {
    by: terms.by,
    act: terms.act,
    vehicleClass: terms.vehicleClass,
    windowStart: runTimeOf(terms.windowStart),
    windowEnd: runTimeOf(terms.windowEnd),
    received: { earliest: receivedAt, latest: receivedAt },
    launchArea: terms.launchArea && noticeAreaOf(terms.launchArea),
    impactAreas: terms.impactAreas.map(noticeAreaOf),
    reported: {},
  };
}

function noticeAreaOf(area: Area): NoticeArea {
  if ('polygon' in area) {
    return area;
  }
  const { latitude, longitude, radiusKm } = area.circle;
  return { circle: { latitude, longitude, radius: radiusKm, unit: 'km' } };
}

/** The radius of a circle in kilometres. Without a unit the larger one is taken, so that no distance reads as kept that is not. */
export const radiusKmOf = ({ radius, unit }: { radius: number; unit?: 'km' | 'NM' }): number =>
  unit === 'km' ? radius : radius * KM_PER_NM;
