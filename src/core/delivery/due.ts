import type { RunTime } from '../time/time.js';
import { compareText } from './order.js';

/**
 * What falls due in a run:
 * deliver shows an item to an audience, match compares an observed launch with the notices known by then,
 * deadline closes the time for an answer, duty looks whether desks have displayed and acknowledged an item in time,
 * end stops the clock at the end of the chapter.
 */
export type DueStep = 'deliver' | 'match' | 'deadline' | 'duty' | 'end';

/** Rows fall due in this order, so that the same inputs always append the same feed. */
export interface DueOrder {
  readonly dueAt: RunTime;
  readonly step: DueStep;
  readonly origin: 'scenario' | 'input' | 'derived';
  /** The number of the input, where people put it in; their ids tell nothing of the order. */
  readonly turn?: number;
  readonly itemId: string;
  readonly audience: string;
  /** Two versions may fall due at the same instant; the later one first would leave the earlier one untold. */
  readonly version: number;
}

/**
 * Compares two rows by due time; of those that fall due together, the end of the chapter comes last, and what people put in comes
 * after what it may answer, in the order in which it came; then by (itemId, audience, version) in code-unit order, the order of the
 * C collation in the database.
 */
export function byDueOrder(a: DueOrder, b: DueOrder): number {
  return (
    a.dueAt - b.dueAt ||
    Number(a.step === 'end') - Number(b.step === 'end') ||
    Number(a.origin === 'input') - Number(b.origin === 'input') ||
    (a.turn ?? 0) - (b.turn ?? 0) ||
    compareText(a.itemId, b.itemId) ||
    compareText(a.audience, b.audience) ||
    a.version - b.version
  );
}
