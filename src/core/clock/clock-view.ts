import { isoOf } from '../time/time.js';
import type { ClockView } from '../wire/clock.js';
import type { Clock } from './clock.js';

/** A clock as it goes over the wire. */
export function clockView(clock: Clock): ClockView {
  return {
    revision: clock.revision,
    state: clock.state,
    speed: clock.speed,
    rate: clock.segment.rate,
    realAt: isoOf(clock.segment.realAt),
    runAt: isoOf(clock.segment.runAt),
    startAt: clock.startAt === undefined ? null : isoOf(clock.startAt),
    endAt: clock.endAt === undefined ? null : isoOf(clock.endAt),
  };
}

/**
 * The run time, in milliseconds since the Unix epoch, that a clock shows at a moment of server wall time.
 * It never passes the end of the run. A console works it out itself, between the clocks that it is told.
 */
export function runNowOf(clock: ClockView, serverNowMs: number): number {
  const elapsedMs = Math.max(0, serverNowMs - Date.parse(clock.realAt));
  const now = Date.parse(clock.runAt) + elapsedMs * clock.rate;
  return clock.endAt === null ? now : Math.min(now, Date.parse(clock.endAt));
}

/** How far a run is through its chapter, from 0 to 1; undefined for a run without an end, such as the live watch. */
export function progressOf(clock: ClockView, runNowMs: number): number | undefined {
  if (clock.startAt === null || clock.endAt === null) {
    return undefined;
  }
  const start = Date.parse(clock.startAt);
  const length = Date.parse(clock.endAt) - start;
  return length <= 0 ? 1 : Math.min(1, Math.max(0, (runNowMs - start) / length));
}
