import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import type { ZoneTime } from './announcement.time.js';
import type { LaunchMatch } from './match-launch.js';
import type { ActReport, Stage } from './stage.js';

/** A latitude or longitude in degrees and minutes, rounded to a tenth of a minute. */
export interface Angle {
  hemisphere: 'N' | 'S' | 'E' | 'W';
  degrees: number;
  /** As in 30 or 30.5. */
  minutes: string;
}

export interface Position {
  latitude: Angle;
  longitude: Angle;
}

/** What a notice says, with the parts that differ by language already put into words. */
export interface NoticeFacts {
  by: string;
  act: AnnouncementTerms['act'];
  vehicleClass?: AnnouncementTerms['vehicleClass'];
  start: string;
  end: string;
  launchArea?: string;
  impactAreas: string[];
}

/** The acts that have a vehicle, a launch area and areas of impact. */
export type LaunchAct = 'missile-test' | 'satellite-launch';

export const isLaunch = ({ act }: Pick<NoticeFacts, 'act'>): boolean =>
  act === 'missile-test' || act === 'satellite-launch';

/** What is said of a launch that was observed and compared with the notices. */
export interface MatchFacts {
  verdict: LaunchMatch['verdict'];
  by?: string;
  at: string;
  position: string;
  /** The window of the notice it was compared with. */
  window?: { start: string; end: string };
}

export interface HeadlineAndDescription {
  headline: string;
  description: string;
}

/** How a duty officer writes about announcements in one language. A further language is one more of these. */
export interface AnnouncementPhrases {
  /** The zone in which its readers keep their clocks; times are told in it and in UTC. */
  timeZone: string;
  time(utc: ZoneTime, local: ZoneTime): string;
  position(position: Position): string;
  circle(centre: string, radiusKm: number): string;
  polygon(points: string[]): string;
  /** For a polygon with too many points to read out. */
  longPolygon(points: number): string;
  /** What a headline begins with, by what the version does. */
  stage: Record<Stage, string>;
  /** A sentence on what came of the act, with the space that follows it. */
  report(at: string, outcome: ActReport['outcome']): string;
  notice(facts: NoticeFacts): HeadlineAndDescription;
  match(facts: MatchFacts): HeadlineAndDescription;
}
