import type { Clock } from '../../core/clock/clock.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import type { Names } from '../../core/scenario/scenario.schema.js';

/** One playing of a scenario on a clock; the live watch is a run on the wall clock. */
export interface Run {
  readonly id: string;
  readonly job: Job;
  readonly mode: Mode;
  readonly scenario?: string;
  readonly chapter?: string;
  readonly scenarioHash?: string;
  readonly seed: number;
  readonly arrangement: string;
  readonly names: Names;
  readonly timeZone: string;
  readonly createdBy: string;
}

/** Who is shown the same feed in a run, and the desks that belong to it. */
export interface RunAudience {
  readonly audience: string;
  readonly party?: string;
  readonly desks: readonly string[];
}

export interface RunWithClock {
  readonly run: Run;
  readonly createdAt: Date;
  readonly clock: Clock;
  readonly audiences: readonly RunAudience[];
}

/**
 * The live watch, by the name that everybody uses. Without TRIWATCH_ALLOW_ACTUAL it is a run of mode `test` with this id; with it
 * the name stands for ACTUAL_RUN, and TEST_RUN is the watch to practise on.
 */
export const LIVE_RUN = 'live';
/** The one run of mode `actual`. */
export const ACTUAL_RUN = 'actual';
export const TEST_RUN = 'test';
