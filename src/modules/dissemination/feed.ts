import type { Act } from '../../core/delivery/delivery.js';
import type { ItemBody, ItemKind } from '../../core/incident/item.js';
import type { RunTime } from '../../core/time/time.js';

export interface FeedKey {
  readonly run: string;
  readonly audience: string;
}

/** An item as it stands in a feed and goes over the wire. */
export interface FeedItem {
  readonly seq: number;
  readonly kind: ItemKind;
  readonly id: string;
  readonly version: number;
  readonly late: boolean;
  /** Wall time at which it was appended, RFC 3339. */
  readonly realAt: string;
  readonly body: ItemBody;
}

/** Where a feed stands. */
export interface FeedHead {
  readonly epoch: number;
  readonly headSeq: number;
  /** Why the epoch was opened; undefined for the first. */
  readonly reason?: string;
}

/** What is appended: the bytes are made and hashed before the feed is locked. */
export interface Append {
  readonly audience: string;
  readonly kind: ItemKind;
  readonly id: string;
  readonly version: number;
  readonly act: Act;
  readonly dueAt: RunTime;
  readonly late: boolean;
  readonly body: string;
  readonly bodyHash: Buffer;
}

export const feedName = ({ run, audience }: FeedKey): string => `${run} ${audience}`;
