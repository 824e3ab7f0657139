import type { ItemBody, ItemKind } from '../incident/item.js';
import type { ObligationView } from './obligation.js';

/** One version of an item. */
export interface ItemRef {
  readonly kind: ItemKind;
  readonly id: string;
  readonly version: number;
}

/** An item as it stands in a feed; one and the same goes to every console, so nobody changes it. */
export interface FeedItem extends ItemRef {
  /** Position in its epoch: from 1, without a gap. */
  readonly seq: number;
  readonly late: boolean;
  /** Wall time at which it was appended. */
  readonly realAt: string;
  readonly body: ItemBody;
}

/** How far a console has applied a feed. */
export interface Cursor {
  epoch: number;
  seq: number;
}

export interface FeedPage {
  run: string;
  audience: string;
  epoch: number;
  headSeq: number;
  /** Why the present epoch was opened; the first has none. */
  reason?: string;
  items: FeedItem[];
}

/** The present epoch whole, and where to go on from. */
export interface FeedSnapshot extends Cursor {
  run: string;
  audience: string;
  items: FeedItem[];
  acknowledged: (Acknowledgement & { audience: string })[];
  /**
   * The outstanding duties of the audience, in control's feed those of all: open or lapsed, towards the newest version of an item
   * and not acknowledged by anybody of their audience.
   */
  obligations: ObligationView[];
}

/** That somebody took an item in for a desk. */
export interface DeskAcknowledgement {
  desk: string;
  person: string;
  note?: string;
  /** Wall time. */
  at: string;
}

export interface Acknowledgement extends ItemRef, DeskAcknowledgement {}
