import { runTime, wallTime } from '../time/time.js';
import type { ClockView } from '../wire/clock.js';
import { startClock, wallClock } from './clock.js';
import { clockView, progressOf, runNowOf } from './clock-view.js';

const T0 = Date.parse('2026-11-24T00:00:00Z');
const START = Date.parse('2010-11-23T00:00:00Z');
const HOUR = 3_600_000;

const view = (change: Partial<ClockView> = {}): ClockView => ({
  ...clockView(
    startClock(wallTime(T0), { startAt: runTime(START), endAt: runTime(START + 16 * HOUR) }, 60, change.rate === 0),
  ),
  ...change,
});

it('goes over the wire with its instants as RFC 3339, and without a start and an end for the live watch', () => {
  expect(view()).toEqual({
    revision: 1,
    state: 'playing',
    speed: 60,
    rate: 60,
    realAt: '2026-11-24T00:00:00.000Z',
    runAt: '2010-11-23T00:00:00.000Z',
    startAt: '2010-11-23T00:00:00.000Z',
    endAt: '2010-11-23T16:00:00.000Z',
  });
  expect(clockView(wallClock(wallTime(T0)))).toMatchObject({ rate: 1, startAt: null, endAt: null });
});

it.each<[string, Partial<ClockView>, number, number]>([
  ['at the rate', {}, 60_000, HOUR],
  ['not at all while it is paused', { rate: 0 }, 60_000, 0],
  ['up to the end of the run', {}, HOUR, 16 * HOUR],
  ['for ever where there is no end', { endAt: null }, HOUR, 60 * HOUR],
  ['never back, when the clocks of two machines differ', {}, -60_000, 0],
])('run time goes on %s', (_, change, elapsed, expected) => {
  expect(runNowOf(view(change), T0 + elapsed)).toBe(START + expected);
});

it.each<[string, Partial<ClockView>, number, number | undefined]>([
  ['a quarter', {}, 4 * HOUR, 0.25],
  ['before the start', {}, -HOUR, 0],
  ['past the end', {}, 99 * HOUR, 1],
  ['of a run without length', { endAt: new Date(START).toISOString() }, 0, 1],
  ['of a run without an end', { endAt: null }, 0, undefined],
])('progress: %s', (_, change, at, expected) => {
  expect(progressOf(view(change), START + at)).toBe(expected);
});
