import { runTime, wallTime, type RunTime, type WallTime } from '../time/time.js';

/** A stretch of a run's clock: at wall time `realAt` the run stood at `runAt` and went on at `rate` (0 when paused). */
export interface ClockSegment {
  readonly realAt: WallTime;
  readonly runAt: RunTime;
  /** Run milliseconds a wall millisecond. */
  readonly rate: number;
}

export type ClockState = 'paused' | 'playing' | 'ended';

/**
 * The clock of a run as its latest segment; earlier segments are history and are kept by the database.
 * Every change makes a new segment and raises `revision`, so that a timer set before the change can tell it is stale.
 */
export interface Clock {
  readonly revision: number;
  readonly state: ClockState;
  /** The rate to play at when it plays. */
  readonly speed: number;
  readonly segment: ClockSegment;
  /** Where the run's time line begins and ends; the wall clock of the live watch has neither. */
  readonly startAt?: RunTime;
  readonly endAt?: RunTime;
}

export const MIN_SPEED = 0.1;
export const MAX_SPEED = 3600;

/** Where the run stands at wall time `now`, in whole milliseconds; never past the run's end or before the segment began. */
export function runTimeAt(clock: Clock, now: WallTime): RunTime {
  const elapsedMs = Math.max(0, now - clock.segment.realAt);
  const at = clock.segment.runAt + elapsedMs * clock.segment.rate;
  return runTime(Math.floor(Math.min(at, clock.endAt ?? Number.POSITIVE_INFINITY)));
}

/** When the run will stand at `at`, by the present segment; undefined while the clock does not move, and past the run's end. */
export function wallTimeAt(clock: Clock, at: RunTime): WallTime | undefined {
  if (clock.segment.rate === 0 || at > (clock.endAt ?? Number.POSITIVE_INFINITY)) {
    return undefined;
  }
  return wallTime(clock.segment.realAt + (at - clock.segment.runAt) / clock.segment.rate);
}

export type ClockCommand =
  { action: 'play' } | { action: 'pause' } | { action: 'speed'; speed: number } | { action: 'jump'; to: RunTime };

export type ClockRefusal = {
  code: 'RUN_ENDED' | 'SPEED_OUT_OF_RANGE' | 'JUMP_OUT_OF_RANGE' | 'WALL_CLOCK';
  detail: string;
};

export type ClockChange =
  | { kind: 'changed'; clock: Clock }
  /** The command asks for what is so already; a repeated press of "play" is no error. */
  | { kind: 'unchanged' }
  | ({ kind: 'refused' } & ClockRefusal);

/** A clock that stands at its start, or plays from it at once. */
export function startClock(
  now: WallTime,
  line: { startAt: RunTime; endAt: RunTime },
  speed: number,
  paused: boolean,
): Clock {
  return {
    revision: 1,
    state: paused ? 'paused' : 'playing',
    speed,
    segment: { realAt: now, runAt: line.startAt, rate: paused ? 0 : speed },
    startAt: line.startAt,
    endAt: line.endAt,
  };
}

/** The clock of the live watch: run time is wall time, for ever. */
export function wallClock(now: WallTime): Clock {
  const at = Math.floor(now);
  return { revision: 1, state: 'playing', speed: 1, segment: { realAt: wallTime(at), runAt: runTime(at), rate: 1 } };
}

/** What a command makes of the clock at wall time `now`. */
export function changeClock(clock: Clock, command: ClockCommand, now: WallTime): ClockChange {
  if (clock.endAt === undefined || clock.startAt === undefined) {
    return refuse('WALL_CLOCK', 'This run follows the wall clock; it cannot be paused, sped up or moved.');
  }
  switch (command.action) {
    case 'play':
      if (clock.state === 'ended') {
        return refuse('RUN_ENDED', 'The run is over; jump back to play it again.');
      }
      return clock.state === 'playing' ? { kind: 'unchanged' } : next(clock, now, { state: 'playing' });
    case 'pause':
      if (clock.state === 'ended') {
        return refuse('RUN_ENDED', 'The run is over; there is nothing to pause.');
      }
      return clock.state === 'paused' ? { kind: 'unchanged' } : next(clock, now, { state: 'paused' });
    case 'speed':
      if (!(command.speed >= MIN_SPEED && command.speed <= MAX_SPEED)) {
        return refuse('SPEED_OUT_OF_RANGE', `Choose a speed from ${MIN_SPEED} to ${MAX_SPEED}.`);
      }
      return command.speed === clock.speed ? { kind: 'unchanged' } : next(clock, now, { speed: command.speed });
    case 'jump':
      if (!(command.to >= clock.startAt && command.to <= clock.endAt)) {
        return refuse('JUMP_OUT_OF_RANGE', 'Jump to an instant between the start and the end of the run.');
      }
      // A finished run that only "moves" to where it stands stays finished: nothing would be left to end it again.
      if (clock.state === 'ended' && command.to === clock.endAt) {
        return { kind: 'unchanged' };
      }
      // A finished run that is moved back stands still, so that nobody is surprised by it playing on.
      return next(clock, now, { runAt: command.to, state: clock.state === 'ended' ? 'paused' : clock.state });
  }
}

/** The clock after its run reached the end of its time line. */
export function endClock(clock: Clock, now: WallTime): Clock {
  const end = clock.endAt ?? runTimeAt(clock, now);
  return { ...clock, revision: clock.revision + 1, state: 'ended', segment: { realAt: now, runAt: end, rate: 0 } };
}

function next(
  clock: Clock,
  now: WallTime,
  change: { state?: ClockState; speed?: number; runAt?: RunTime },
): ClockChange {
  const state = change.state ?? clock.state;
  const speed = change.speed ?? clock.speed;
  const runAt = change.runAt ?? runTimeAt(clock, now);
  const segment = { realAt: now, runAt, rate: state === 'playing' ? speed : 0 };
  return { kind: 'changed', clock: { ...clock, revision: clock.revision + 1, state, speed, segment } };
}

function refuse(code: ClockRefusal['code'], detail: string): ClockChange {
  return { kind: 'refused', code, detail };
}
