import { wallTimeAt, type Clock } from '../clock/clock.js';
import { runTime, type RunTime } from '../time/time.js';
import type { Act } from './delivery.js';

/**
 * How long an alert that is over stays in a feed for readers that ask from time to time, in milliseconds. Feeds of CAP keep them for
 * 24 to 48 hours, so that somebody who asks seldom still learns that an alert has ended.
 */
export const KEPT_AFTER_END_MS = 48 * 3_600_000;

/** The newest version of an alert that an audience was shown. */
export interface LastTold {
  readonly act: Act;
  readonly dueAt: RunTime;
  /** RFC 3339, on the time line of the run; undefined for an alert that names no end. */
  readonly expires?: string;
  /** Wall time at which it was told. */
  readonly toldAt: Date;
}

/**
 * Wall time in milliseconds at which an alert leaves such a feed: 48 hours of the run after its end, and never before 48 real hours
 * have passed since it was told, as a fast clock must not take it from a reader that asks once an hour. Undefined while nobody can
 * say: it has no end, or the clock stands still before it.
 */
export function leavesAtMs({ act, dueAt, expires, toldAt }: LastTold, clock: Clock): number | undefined {
  const endAt = act === 'cancel' ? dueAt : expires === undefined ? undefined : Date.parse(expires);
  if (endAt === undefined) {
    return undefined;
  }
  const overAt = runTime(endAt + KEPT_AFTER_END_MS);
  // What a jump passed over left with the jump.
  const overAtMs = overAt <= clock.segment.runAt ? clock.segment.realAt : wallTimeAt(clock, overAt);
  return overAtMs === undefined ? undefined : Math.max(overAtMs, toldAt.getTime() + KEPT_AFTER_END_MS);
}
