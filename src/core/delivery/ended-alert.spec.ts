import { startClock, wallClock } from '../clock/clock.js';
import { isoOf, runTime, wallTime } from '../time/time.js';
import { KEPT_AFTER_END_MS, leavesAtMs, type LastTold } from './ended-alert.js';

const TOLD_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

const told = (more: Partial<LastTold> = {}): LastTold => ({
  act: 'alert',
  dueAt: runTime(TOLD_MS),
  toldAt: new Date(TOLD_MS),
  ...more,
});
const expires = (hours: number): { expires: string } => ({ expires: isoOf(runTime(TOLD_MS + hours * HOUR_MS)) });
const live = wallClock(wallTime(TOLD_MS));
const line = { startAt: runTime(TOLD_MS), endAt: runTime(TOLD_MS + 1000 * HOUR_MS) };

describe('an alert of a feed that is asked from time to time', () => {
  it.each([
    ['48 hours after it expires', told(expires(3)), TOLD_MS + 3 * HOUR_MS + KEPT_AFTER_END_MS],
    ['48 hours after it was cancelled', told({ act: 'cancel', ...expires(30) }), TOLD_MS + KEPT_AFTER_END_MS],
    ['48 hours after it was told, when it was over by then', told(expires(-100)), TOLD_MS + KEPT_AFTER_END_MS],
    ['never, where it names no end', told(), undefined],
  ])('leaves %s', (_, last, expected) => {
    expect(leavesAtMs(last, live)).toBe(expected);
  });

  it('leaves no sooner however fast the clock of its run is', () => {
    const fast = startClock(wallTime(TOLD_MS), line, 3600, false);
    expect(leavesAtMs(told(expires(1)), fast)).toBe(TOLD_MS + KEPT_AFTER_END_MS);
  });

  it('stays while the clock of its run stands still, and leaves where a jump passed its end', () => {
    const still = startClock(wallTime(TOLD_MS), line, 1, true);
    expect(leavesAtMs(told(expires(1)), still)).toBeUndefined();
    const jumpedAtMs = TOLD_MS + 90 * HOUR_MS;
    const segment = { realAt: wallTime(jumpedAtMs), runAt: runTime(TOLD_MS + 49 * HOUR_MS), rate: 0 };
    expect(leavesAtMs(told(expires(1)), { ...still, segment })).toBe(jumpedAtMs);
    const notYet = { ...segment, runAt: runTime(segment.runAt - 1) };
    expect(leavesAtMs(told(expires(1)), { ...still, segment: notYet })).toBeUndefined();
  });
});
