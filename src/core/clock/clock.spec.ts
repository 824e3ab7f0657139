import { runTime, wallTime, type RunTime, type WallTime } from '../time/time.js';
import {
  MAX_SPEED,
  MIN_SPEED,
  changeClock,
  endClock,
  runTimeAt,
  startClock,
  wallClock,
  wallTimeAt,
  type Clock,
  type ClockChange,
  type ClockCommand,
  type ClockState,
} from './clock.js';

const START = 1_290_466_800_000; // 2010-11-23T08:00:00+09:00
const LENGTH = 16 * 3_600_000;
const LINE = { startAt: runTime(START), endAt: runTime(START + LENGTH) };
const T0 = 1_790_000_000_000;

const after = (ms: number): WallTime => wallTime(T0 + ms);
const run = (ms: number): RunTime => runTime(START + ms);

const clockIn = (state: ClockState, speed = 60): Clock => {
  const clock = startClock(after(0), LINE, speed, state === 'paused');
  return state === 'ended' ? endClock(clock, after(LENGTH / speed)) : clock;
};

const changed = (change: ClockChange): Clock => {
  if (change.kind !== 'changed') {
    throw new Error(`not changed: ${JSON.stringify(change)}`);
  }
  return change.clock;
};

describe('startClock', () => {
  it.each([
    [true, 'paused', 0],
    [false, 'playing', 60],
  ])('with paused=%s it is %s at the start of the line', (paused, state, rate) => {
    expect(startClock(after(0), LINE, 60, paused)).toEqual({
      revision: 1,
      state,
      speed: 60,
      segment: { realAt: T0, runAt: START, rate },
      ...LINE,
    });
  });
});

describe('runTimeAt', () => {
  it.each<[string, ClockState, number, number, number]>([
    ['stands while paused', 'paused', 60, 3_600_000, 0],
    ['is the start at the start', 'playing', 60, 0, 0],
    ['runs at the speed', 'playing', 60, 1_000, 60_000],
    ['runs slower than the world', 'playing', 0.1, 1_000, 100],
    ['counts whole milliseconds that have passed', 'playing', 0.1, 19, 1],
    ['is the end at the end', 'playing', 3600, LENGTH / 3600, LENGTH],
    ['never passes the end', 'playing', 3600, LENGTH, LENGTH],
    ['stays at the end', 'ended', 60, LENGTH, LENGTH],
    ['is never before the segment when the wall clock steps back', 'playing', 60, -5_000, 0],
  ])('%s', (_, state, speed, wallMs, runMs) => {
    expect(runTimeAt(clockIn(state, speed), after(wallMs))).toBe(START + runMs);
  });
});

describe('wallTimeAt', () => {
  it.each<[string, ClockState, number, number, number | undefined]>([
    ['says when the run will stand there', 'playing', 60, 60_000, 1_000],
    ['says when it stood there', 'playing', 60, 0, 0],
    ['takes longer at a slower speed', 'playing', 0.1, 60_000, 600_000],
    ['knows the end', 'playing', 3600, LENGTH, LENGTH / 3600],
    ['is unknown past the end, where the run never stands', 'playing', 60, LENGTH + 1, undefined],
    ['is unknown while paused', 'paused', 60, 60_000, undefined],
    ['is unknown once ended', 'ended', 60, LENGTH, undefined],
  ])('%s', (_, state, speed, runMs, wallMs) => {
    expect(wallTimeAt(clockIn(state, speed), run(runMs))).toBe(wallMs === undefined ? undefined : T0 + wallMs);
  });
});

describe('changeClock', () => {
  const SAME_SPEED = { action: 'speed', speed: 60 } as const;

  it.each<[ClockState, ClockCommand, string]>([
    ['paused', { action: 'play' }, 'changed'],
    ['paused', { action: 'pause' }, 'unchanged'],
    ['paused', { action: 'speed', speed: 300 }, 'changed'],
    ['paused', SAME_SPEED, 'unchanged'],
    ['paused', { action: 'jump', to: run(1) }, 'changed'],
    ['playing', { action: 'play' }, 'unchanged'],
    ['playing', { action: 'pause' }, 'changed'],
    ['playing', { action: 'speed', speed: 300 }, 'changed'],
    ['playing', SAME_SPEED, 'unchanged'],
    ['playing', { action: 'jump', to: run(1) }, 'changed'],
    ['ended', { action: 'play' }, 'RUN_ENDED'],
    ['ended', { action: 'pause' }, 'RUN_ENDED'],
    ['ended', { action: 'speed', speed: 300 }, 'changed'],
    ['ended', { action: 'jump', to: run(1) }, 'changed'],
    ['ended', { action: 'jump', to: run(LENGTH) }, 'unchanged'],
  ])('%s, %j: %s', (state, command, outcome) => {
    const clock = clockIn(state);
    const change = changeClock(clock, command, after(LENGTH));
    expect(change.kind === 'refused' ? change.code : change.kind).toBe(outcome);
    if (change.kind === 'changed') {
      expect(change.clock.revision).toBe(clock.revision + 1);
      expect(change.clock).toMatchObject(LINE);
    }
  });

  it.each([
    [MIN_SPEED, 'changed'],
    [MAX_SPEED, 'changed'],
    [MIN_SPEED - 0.01, 'SPEED_OUT_OF_RANGE'],
    [MAX_SPEED + 1, 'SPEED_OUT_OF_RANGE'],
    [0, 'SPEED_OUT_OF_RANGE'],
    [-60, 'SPEED_OUT_OF_RANGE'],
    [Number.NaN, 'SPEED_OUT_OF_RANGE'],
    [Number.POSITIVE_INFINITY, 'SPEED_OUT_OF_RANGE'],
  ])('speed %d: %s', (speed, outcome) => {
    const change = changeClock(clockIn('playing'), { action: 'speed', speed }, after(0));
    expect(change.kind === 'refused' ? change.code : change.kind).toBe(outcome);
  });

  it.each([
    [0, 'changed'],
    [LENGTH, 'changed'],
    [-1, 'JUMP_OUT_OF_RANGE'],
    [LENGTH + 1, 'JUMP_OUT_OF_RANGE'],
    [Number.NaN, 'JUMP_OUT_OF_RANGE'],
  ])('jump to %d ms after the start: %s', (ms, outcome) => {
    const change = changeClock(clockIn('playing'), { action: 'jump', to: run(ms) }, after(0));
    expect(change.kind === 'refused' ? change.code : change.kind).toBe(outcome);
  });

  it.each<[ClockState, ClockState, number]>([
    ['paused', 'paused', 0],
    ['playing', 'playing', 60],
    // Nobody should be surprised by a finished run that plays on.
    ['ended', 'paused', 0],
  ])('a jump of a %s run leaves it %s, where it was told to go', (state, then, rate) => {
    const now = after(LENGTH);
    const clock = changed(changeClock(clockIn(state), { action: 'jump', to: run(1_000) }, now));
    expect(clock).toMatchObject({ state: then, segment: { realAt: now, runAt: run(1_000), rate } });
  });

  it('keeps the speed of a paused clock for when it plays', () => {
    const faster = changed(changeClock(clockIn('paused'), { action: 'speed', speed: 300 }, after(0)));
    expect(faster.segment.rate).toBe(0);
    const playing = changed(changeClock(faster, { action: 'play' }, after(1_000)));
    expect(runTimeAt(playing, after(2_000))).toBe(run(300_000));
  });

  it('says in a sentence why it refuses', () => {
    const refusals = [
      changeClock(clockIn('ended'), { action: 'play' }, after(0)),
      changeClock(clockIn('ended'), { action: 'pause' }, after(0)),
      changeClock(clockIn('paused'), { action: 'speed', speed: 0 }, after(0)),
      changeClock(clockIn('paused'), { action: 'jump', to: run(-1) }, after(0)),
    ];
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ kind: 'refused', detail: expect.stringMatching(/^[A-Z][^\n]+\.$/) as unknown });
    }
  });
});

describe('endClock', () => {
  it('stands at the end of the line, whenever it is told', () => {
    expect(endClock(clockIn('playing'), after(1))).toMatchObject({
      revision: 2,
      state: 'ended',
      segment: { realAt: after(1), runAt: LINE.endAt, rate: 0 },
    });
  });
});

describe('the wall clock of the live watch', () => {
  const live = wallClock(wallTime(T0 + 0.75));

  it.each([0.75, 1, 1_000.4, 86_400_000])('after %d ms its run time is wall time in whole milliseconds', (ms) => {
    expect(runTimeAt(live, after(ms))).toBe(Math.floor(T0 + ms));
  });

  it('has no end: it knows the wall time of any run time', () => {
    expect(wallTimeAt(live, runTime(T0 + 10 * 365 * 86_400_000))).toBe(T0 + 10 * 365 * 86_400_000);
  });

  it.each<ClockCommand>([
    { action: 'play' },
    { action: 'pause' },
    { action: 'speed', speed: 2 },
    { action: 'jump', to: runTime(T0) },
  ])('refuses %j', (command) => {
    expect(changeClock(live, command, after(5))).toMatchObject({ kind: 'refused', code: 'WALL_CLOCK' });
  });
});
