import type { ItemKind } from '../incident/item.js';

/** How a desk's duty towards an item stands. */
export interface ObligationView {
  readonly kind: ItemKind;
  readonly id: string;
  readonly version: number;
  audience: string;
  epoch: number;
  desk: string;
  /** Place in the chain of escalation: 1 is the desk that is asked first. */
  rank: number;
  state: 'open' | 'met' | 'lapsed' | 'closed';
  /**
   * NOT_DISPLAYED or NOT_ACKNOWLEDGED when lapsed; UPDATED, CANCELLED, ACKNOWLEDGED_BY_OTHER (by another desk of the audience) or
   * JUMPED_OVER (a jump passed its deadline over) when closed.
   */
  reason?: string;
  /** Run time. */
  openedAt: string;
  displayBy: string;
  acknowledgeBy: string;
}

/**
 * The most obligations that a snapshot lists, the newest ones. A list that is shorter is whole; of one that is as long there
 * may be more, so nothing follows from an obligation that is not in it.
 */
export const MOST_OUTSTANDING = 2_000;
