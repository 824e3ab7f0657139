import type { AnnouncementTerms, ObservedLaunch } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import { isoOf, runTimeOf } from '../time/time.js';
import { areaContains, kmOutside } from './area.js';
import { stateNames } from './state-names.js';

/** One version of an announcement as the service holds it. */
export interface AnnouncementRecord {
  id: string;
  version: number;
  terms: AnnouncementTerms;
  /** When this version, or the cancellation that it is, was received. */
  receivedAt: RunTime;
  cancelled: boolean;
}

/**
 * How an observed launch stands to the notices given before it. It says nothing about whether the launch was lawful.
 */
export type LaunchMatch =
  | { verdict: 'announced'; announcement: string; reason: string }
  | { verdict: 'outside-window'; announcement: string; reason: string }
  | { verdict: 'outside-area'; announcement: string; reason: string }
  | { verdict: 'unannounced'; announcement?: undefined; reason: string };

interface Candidate {
  record: AnnouncementRecord;
  /** How far outside the window the launch was, in milliseconds: negative before it, zero inside. */
  offsetMs: number;
  placeTold: boolean;
}

/**
 * Matches a launch to the announcements that were known before it. Of each announcement the last version received
 * before the launch counts; what is received at the moment of the launch or later is no notice. With `now`, what is
 * received after that run time is not yet known either. The caller leaves out what is long over: the nearest window
 * counts however far away it is.
 */
export function matchLaunch(
  launch: ObservedLaunch,
  open: readonly AnnouncementRecord[],
  { now }: { now?: RunTime } = {},
): LaunchMatch {
  const launchedAt = runTimeOf(launch.at);
  const standing = lastVersions(
    open.filter(({ receivedAt }) => receivedAt < launchedAt && (now === undefined || receivedAt <= now)),
  ).filter(({ cancelled }) => !cancelled);
  const sameState = standing.filter(({ terms }) => launch.by === undefined || terms.by === launch.by);
  const candidates = sameState
    .filter(({ terms }) => !terms.launchArea || areaContains(terms.launchArea, launch.latitude, launch.longitude))
    .map((record) => candidateOf(record, launchedAt))
    .sort(byFit);
  const best = candidates[0];
  if (!best) {
    const elsewhere = launch.by === undefined ? undefined : openElsewhere(sameState, launch, launchedAt);
    return elsewhere ?? { verdict: 'unannounced', reason: whyNone(launch, standing.length, sameState.length) };
  }
  const announcement = best.record.id;
  const place = placeReason(best);
  return best.offsetMs === 0
    ? { verdict: 'announced', announcement, reason: `The launch was inside the announced window. ${place}` }
    : { verdict: 'outside-window', announcement, reason: `The launch was ${distance(best)}. ${place}` };
}

/**
 * A notice of the same state whose window is open, and whose launch area lies elsewhere. Only of a launch whose state is
 * known: otherwise it is no more than another launch at the time.
 */
function openElsewhere(
  records: readonly AnnouncementRecord[],
  launch: ObservedLaunch,
  launchedAt: RunTime,
): LaunchMatch | undefined {
  const [nearest] = records
    .flatMap((record) => {
      const { launchArea } = record.terms;
      const awayKm = launchArea ? kmOutside(launchArea, launch.latitude, launch.longitude) : 0;
      return candidateOf(record, launchedAt).offsetMs === 0 ? [{ record, awayKm }] : [];
    })
    .sort((a, b) => a.awayKm - b.awayKm || (a.record.id < b.record.id ? -1 : 1));
  return (
    nearest && {
      verdict: 'outside-area',
      announcement: nearest.record.id,
      reason: `The launch was inside the announced window, ${Math.round(nearest.awayKm)} km outside the announced launch area.`,
    }
  );
}

/** The last version of each announcement. */
export function lastVersions(records: readonly AnnouncementRecord[]): AnnouncementRecord[] {
  const last = new Map<string, AnnouncementRecord>();
  for (const record of records) {
    const other = last.get(record.id);
    if (!other || other.version < record.version) {
      last.set(record.id, record);
    }
  }
  return [...last.values()];
}

function candidateOf(record: AnnouncementRecord, launchedAt: RunTime): Candidate {
  const start = runTimeOf(record.terms.windowStart);
  const end = runTimeOf(record.terms.windowEnd);
  const offsetMs = launchedAt < start ? launchedAt - start : Math.max(launchedAt - end, 0);
  return { record, offsetMs, placeTold: record.terms.launchArea !== undefined };
}

/** The nearest window first; of equals the notice that tells its place, then the older one; the id settles the rest. */
function byFit(a: Candidate, b: Candidate): number {
  return (
    Math.abs(a.offsetMs) - Math.abs(b.offsetMs) ||
    Number(b.placeTold) - Number(a.placeTold) ||
    a.record.receivedAt - b.record.receivedAt ||
    (a.record.id < b.record.id ? -1 : 1)
  );
}

function whyNone(launch: ObservedLaunch, standing: number, sameState: number): string {
  if (standing === 0) {
    return 'No announcement that still stood had been received before the launch.';
  }
  return sameState === 0
    ? `No announcement by ${stateNames(launch.by ?? '')['en-US']} that still stood had been received before the launch.`
    : 'The launch point lies outside the launch area of every announcement received before the launch.';
}

function placeReason({ placeTold }: Candidate): string {
  return placeTold
    ? 'The launch point lies inside the announced launch area.'
    : 'The announcement gives no launch area, so it cannot be told apart by place.';
}

function distance({ offsetMs, record }: Candidate): string {
  const length = durationText(Math.abs(offsetMs));
  return offsetMs < 0
    ? `${length} before the announced window opened at ${isoOf(runTimeOf(record.terms.windowStart))}`
    : `${length} after the announced window closed at ${isoOf(runTimeOf(record.terms.windowEnd))}`;
}

function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes === 0 ? `${Math.ceil(ms / 1000)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
