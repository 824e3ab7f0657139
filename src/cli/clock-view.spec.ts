import type { ClockView } from '../core/wire/clock.js';
import { addClock, dueWallOf } from './clock-view.js';

const START = Date.parse('2010-11-23T00:00:00Z');
const WALL = Date.parse('2026-11-24T00:00:00Z');
const HOUR = 3_600_000;

function clock(revision: number, wallOffset: number, runOffset: number, rate: number): ClockView {
  return {
    revision,
    state: rate > 0 ? 'playing' : 'paused',
    speed: 60,
    rate,
    realAt: new Date(WALL + wallOffset).toISOString(),
    runAt: new Date(START + runOffset).toISOString(),
    startAt: new Date(START).toISOString(),
    endAt: new Date(START + 10 * HOUR).toISOString(),
  };
}

it('keeps clocks by revision, each once', () => {
  const clocks = [3, 1, 2, 1].reduce<ClockView[]>((all, revision) => addClock(all, clock(revision, 0, 0, 1)), []);
  expect(clocks.map((one) => one.revision)).toEqual([1, 2, 3]);
});

describe('dueWallOf', () => {
  // Paused at first, played for a minute at 60, paused for a minute, then played at 120.
  const clocks = [clock(1, 0, 0, 0), clock(2, 10_000, 0, 60), clock(3, 70_000, HOUR, 0), clock(4, 130_000, HOUR, 120)];

  it.each([
    ['at the start', 0, 10_000],
    ['in the first stretch', HOUR / 2, 40_000],
    ['in the second stretch', 3 * HOUR, 190_000],
    ['exactly where the pause fell', HOUR, 130_000],
    ['before the start', -HOUR, 10_000],
  ])('%s', (_name, runOffset, wallOffset) => {
    expect(dueWallOf(clocks, START + runOffset)).toBe(WALL + wallOffset);
  });

  it('has no answer before play', () => {
    expect(dueWallOf([clock(1, 0, 0, 0)], START)).toBeUndefined();
  });

  it('uses the last stretch for what was due at the very end', () => {
    const ended = [clock(1, 0, 0, 3600), { ...clock(2, 10_000, 10 * HOUR, 0), state: 'ended' as const }];
    expect(dueWallOf(ended, START + 10 * HOUR)).toBe(WALL + 10_000);
  });
});
