import { Injectable } from '@nestjs/common';
import { Queue } from '../../platform/queue/queue.js';

/** Asks for a drain of a run. Called after a commit and not awaited: the rows are safe without it. */
@Injectable()
export class Drains {
  /** Runs for which a job is being added, and whether somebody asked again meanwhile. */
  private readonly adding = new Map<string, { again: boolean }>();

  constructor(private readonly queue: Queue) {}

  /**
   * At once: in this process if it works on jobs, else through the queue. There at most one job a run is being added; what is
   * asked for meanwhile makes one more, which is enough, since a drain tells all that has committed before it.
   */
  request(run: string): void {
    if (!this.queue.doHere('drain', { run })) {
      void this.add(run);
    }
  }

  /**
   * When the run's next row falls due: one delayed job a run, by the revision of its clock and the due time, so that asking
   * twice makes one job, and a job from before a change of the clock is known to be stale.
   */
  requestAt(run: string, revision: number, dueAt: number, delayMs: number): void {
    void this.queue.add('drain', { run, revision }, { id: `next-${run}-${revision}-${dueAt}`, delayMs });
  }

  private async add(run: string): Promise<void> {
    const under = this.adding.get(run);
    if (under) {
      under.again = true;
      return;
    }
    const state = { again: false };
    this.adding.set(run, state);
    do {
      state.again = false;
      await this.queue.add('drain', { run });
    } while (state.again);
    this.adding.delete(run);
  }
}
