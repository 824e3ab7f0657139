import type { ClockView } from '../core/wire/clock.js';

/** Adds a clock that was told, in order of revision; a repeated revision changes nothing. */
export function addClock(clocks: readonly ClockView[], told: ClockView): ClockView[] {
  if (clocks.some((clock) => clock.revision === told.revision)) {
    return [...clocks];
  }
  return [...clocks, told].sort((a, b) => a.revision - b.revision);
}

/**
 * The wall time (ms) at which something due at `dueRunAt` was due, by the clocks that were in force.
 * The first stretch of play that reaches the due time counts; what was due before a stretch began was due at
 * its beginning. Undefined while the clock has never played.
 */
export function dueWallOf(clocks: readonly ClockView[], dueRunAt: number): number | undefined {
  let due: number | undefined;
  for (const [index, clock] of clocks.entries()) {
    if (clock.rate <= 0) {
      continue;
    }
    const realAt = Date.parse(clock.realAt);
    due = realAt + Math.max(0, dueRunAt - Date.parse(clock.runAt)) / clock.rate;
    const next = clocks[index + 1];
    if (!next || due < Date.parse(next.realAt)) {
      return due;
    }
  }
  return due;
}
