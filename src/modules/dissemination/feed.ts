import type { Act } from '../../core/delivery/delivery.js';
import type { RunTime } from '../../core/time/time.js';
import type { ItemRef } from '../../core/wire/feed.js';

export interface FeedKey {
  readonly run: string;
  readonly audience: string;
}

/** Where a feed stands. */
export interface FeedHead {
  readonly epoch: number;
  readonly headSeq: number;
  /** Why the epoch was opened; undefined for the first. */
  readonly reason?: string;
}

/** The bytes that an item is told with, and their SHA-256; the same object for whoever is told the same. */
export interface Encoded {
  readonly text: string;
  readonly hash: Buffer;
}

export interface Append extends ItemRef {
  readonly audience: string;
  readonly act: Act;
  readonly dueAt: RunTime;
  readonly late: boolean;
  readonly body: Encoded;
}

export const feedName = ({ run, audience }: FeedKey): string => `${run} ${audience}`;
