import type { RunTime } from '../time/time.js';
import type { DueStep } from '../delivery/due.js';

/** What a jump does with the items between where the run stood and where it goes. */
export type JumpItems = 'send' | 'skip';

export interface JumpRow {
  readonly id: string;
  readonly step: DueStep;
  readonly dueAt: RunTime;
}

export interface JumpPlan<Row extends JumpRow> {
  direction: 'forward' | 'back';
  /** Shown at once, marked late. */
  sent: Row[];
  /** Left out and recorded as left out. */
  skipped: Row[];
  /** Deadlines in the stretch that was never played: nobody is late for time that did not run. */
  cancelled: Row[];
}

/**
 * What a jump from `from` to `to` does to the rows that are still open. A jump back sends and skips nothing here:
 * it opens a new epoch, in which everything known by `to` is told again.
 */
export function planJump<Row extends JumpRow>(
  rows: readonly Row[],
  from: RunTime,
  to: RunTime,
  items: JumpItems,
): JumpPlan<Row> {
  const plan: JumpPlan<Row> = { direction: to < from ? 'back' : 'forward', sent: [], skipped: [], cancelled: [] };
  for (const row of rows) {
    if (plan.direction === 'back' || row.dueAt <= from || row.dueAt > to) {
      continue;
    }
    switch (row.step) {
      case 'deadline':
      case 'duty':
        plan.cancelled.push(row);
        break;
      case 'deliver':
      case 'match':
        (items === 'send' ? plan.sent : plan.skipped).push(row);
        break;
      case 'end':
        break;
    }
  }
  return plan;
}
