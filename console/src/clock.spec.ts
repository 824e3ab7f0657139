import type { ClockView } from '../../src/core/wire/clock.js';
import { hasEnded, newerClock } from './clock.js';

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
