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
