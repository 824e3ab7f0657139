/** Every job of the service: who sends it, and why. Jobs are triggers; what must not be lost is a row in the database first. */
export interface Jobs {
  /**
   * Shows what is due in a run. Sent at once after a command that wrote due rows or moved a clock has committed, and with
   * a delay as the run's timer for its next due row. A timer carries the revision of the clock that it was set by: when
   * the clock has changed since, it is ignored.
   */
  drain: { run: string; revision?: number };
  /** Does nothing. Sent by `Canary` every few seconds, to see that jobs are taken. */
  canary: Record<string, never>;
}

export type JobName = keyof Jobs;

export const JOB_NAMES: readonly JobName[] = ['drain', 'canary'];
