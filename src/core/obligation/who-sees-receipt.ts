import { CONTROL } from '../scenario/scenario.schedule.js';

/** Who is told of a receipt. */
export interface ReceiptReaders {
  /** With the person's note. */
  readonly whole: readonly string[];
  /** Without it: a note is written for one's own side. */
  readonly withoutNote: readonly string[];
}

/**
 * Which audiences are told that a desk has displayed or acknowledged an item version: control and the desk's own always;
 * another one where the arrangement shares receipts, and then only of what stands in its own feed, since a receipt would tell
 * it that there is such an item.
 */
export function whoSeesReceipt(audience: string, sharesReceipts: boolean, shownTo: readonly string[]): ReceiptReaders {
  const whole = audience === CONTROL ? [CONTROL] : [CONTROL, audience];
  const others = sharesReceipts ? shownTo.filter((other) => !whole.includes(other)) : [];
  return { whole, withoutNote: [...new Set(others)] };
}
