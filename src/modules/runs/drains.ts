import { Injectable } from '@nestjs/common';
import { Queue } from '../../platform/queue/queue.js';

/** Asks for a drain of a run through the queue. Called after a commit and not awaited: the rows are safe without it. */
@Injectable()
export class Drains {
  constructor(private readonly queue: Queue) {}

  /** At once. */
  request(run: string): void {
    void this.queue.add('drain', { run });
  }

  /**
   * When the run's next row falls due: one delayed job a run, by the revision of its clock and the due time, so that asking
   * twice makes one job, and a job from before a change of the clock is known to be stale.
   */
  requestAt(run: string, revision: number, dueAt: number, delayMs: number): void {
    void this.queue.add('drain', { run, revision }, { id: `next-${run}-${revision}-${dueAt}`, delayMs });
  }
}
