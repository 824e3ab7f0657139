import { hasEnded, newerClock, progressOf, runTimeAt } from './clock.js';
import type { ClockView } from './wire.js';

const T0 = Date.parse('2026-11-24T00:00:00.000Z');
const START = Date.parse('2010-11-22T23:00:00.000Z');
const HOUR = 3_600_000;

const clock = (over: Partial<ClockView> = {}): ClockView => ({
  revision: 1,
  state: 'playing',
  speed: 300,
  rate: 300,
  realAt: new Date(T0).toISOString(),
  runAt: new Date(START).toISOString(),
  startAt: new Date(START).toISOString(),
  endAt: new Date(START + 16 * HOUR).toISOString(),
  ...over,
});

describe('run time', () => {
  it.each([
    ['at the start of the segment', clock(), 0, 0],
    ['after ten seconds at 300', clock(), 10_000, 3_000_000],
    ['while paused', clock({ state: 'paused', rate: 0 }), 60_000, 0],
    ['before the segment, when clocks disagree', clock(), -5000, 0],
    ['past the end', clock(), HOUR, 16 * HOUR],
    ['of the live watch', clock({ rate: 1, startAt: null, endAt: null }), 24 * HOUR, 24 * HOUR],
  ])('%s', (_, view, elapsed, expected) => {
    expect(runTimeAt(view, T0 + elapsed)).toBe(START + expected);
  });
});

describe('progress', () => {
  it('is a share of the chapter and stays within it', () => {
    expect(progressOf(clock(), START + 4 * HOUR)).toBe(0.25);
    expect(progressOf(clock(), START - HOUR)).toBe(0);
    expect(progressOf(clock(), START + 99 * HOUR)).toBe(1);
  });

  it('does not exist without an end', () => {
    expect(progressOf(clock({ endAt: null }), START)).toBeUndefined();
  });
});

describe('the end', () => {
  it('is reached by time or by the word of the server', () => {
    expect(hasEnded(clock(), START + HOUR)).toBe(false);
    expect(hasEnded(clock(), START + 16 * HOUR)).toBe(true);
    expect(hasEnded(clock({ state: 'ended' }), START)).toBe(true);
    expect(hasEnded(clock({ endAt: null }), START + 99 * HOUR)).toBe(false);
  });
});

it('keeps the clock with the higher revision', () => {
  expect(newerClock(clock({ revision: 3 }), clock({ revision: 2 })).revision).toBe(3);
  expect(newerClock(undefined, clock({ revision: 2 })).revision).toBe(2);
});
