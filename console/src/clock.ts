import type { ClockView } from './wire.js';

/**
 * The run time, in milliseconds since the Unix epoch, that a clock shows at a moment of server wall time.
 * It never passes the end of the run.
 */
export function runTimeAt(clock: ClockView, serverNowMs: number): number {
  const runAt = Date.parse(clock.runAt);
  const elapsed = Math.max(0, serverNowMs - Date.parse(clock.realAt)) * clock.rate;
  const now = runAt + elapsed;
  return clock.endAt === null ? now : Math.min(now, Date.parse(clock.endAt));
}

/** How far the run is through its chapter, from 0 to 1; undefined for a run without an end, such as the live watch. */
export function progressOf(clock: ClockView, runNowMs: number): number | undefined {
  if (clock.startAt === null || clock.endAt === null) {
    return undefined;
  }
  const start = Date.parse(clock.startAt);
  const length = Date.parse(clock.endAt) - start;
  return length <= 0 ? 1 : Math.min(1, Math.max(0, (runNowMs - start) / length));
}

/** The clock that is valid after a newer one arrived; a tick that was overtaken by a command does not turn it back. */
export function newerClock(current: ClockView | undefined, next: ClockView): ClockView {
  return current && current.revision > next.revision ? current : next;
}

/**
 * Whether the run is over at this moment. A console works it out itself, because the end of a chapter
 * is reached by time alone and the server need not say so at once.
 */
export function hasEnded(clock: ClockView, runNowMs: number): boolean {
  return clock.state === 'ended' || (clock.endAt !== null && runNowMs >= Date.parse(clock.endAt));
}
