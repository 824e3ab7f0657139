import type { Clock } from '../clock/clock.js';
import type { RunTime } from '../time/time.js';

/** What an alert message does to its thread; everything else is told as `alert`. */
export type Act = 'alert' | 'update' | 'cancel';

export interface Candidate {
  readonly version: number;
  readonly act: Act;
}

export type DeliveryDecision =
  { kind: 'deliver' } | { kind: 'suppress'; reason: 'ALREADY_SHOWN' | 'SUPERSEDED' | 'NEVER_SHOWN' | 'CANCELLED' };

/** The newest version of a thread that an audience was shown in this epoch. */
export interface Shown {
  readonly version: number;
  readonly act: Act;
}

/**
 * Whether an audience is shown this version now.
 * A later version never goes before an earlier one, so an earlier one that arrives after it is superseded;
 * a cancel for an audience that never saw the thread would only tell it of what it need not know;
 * a thread that was cancelled stays cancelled.
 */
export function decideDelivery(candidate: Candidate, shown: Shown | undefined): DeliveryDecision {
  if (shown === undefined) {
    return candidate.act === 'cancel' ? { kind: 'suppress', reason: 'NEVER_SHOWN' } : { kind: 'deliver' };
  }
  if (candidate.version === shown.version) {
    return { kind: 'suppress', reason: 'ALREADY_SHOWN' };
  }
  if (candidate.version < shown.version) {
    return { kind: 'suppress', reason: shown.act === 'cancel' ? 'CANCELLED' : 'SUPERSEDED' };
  }
  return shown.act === 'cancel' ? { kind: 'suppress', reason: 'CANCELLED' } : { kind: 'deliver' };
}

/** Wall time after which an item that is only now shown counts as late: a console does not sound for old news. */
export const LATE_AFTER_MS = 5_000;

/**
 * Whether an item due at `dueAt` is late when the run stands at `now`. What a jump passed over is late whatever the speed;
 * else the bound is wall time by the speed that the clock plays at: at 300 times, 5 s are 25 minutes of the run.
 */
export function isLate(
  dueAt: RunTime,
  now: RunTime,
  clock: Pick<Clock, 'speed' | 'segment'>,
  jumped: boolean,
): boolean {
  return (jumped && dueAt < clock.segment.runAt) || now - dueAt > LATE_AFTER_MS * clock.speed;
}
