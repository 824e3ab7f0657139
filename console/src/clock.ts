import type { ClockView } from '../../src/core/wire/clock.js';

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
