import type { DurationMs } from '../time/time.js';
import type { Cursor } from '../wire/feed.js';

/** The most JSON that one packet of items carries; an item that is larger by itself goes alone. */
export const PACKET_BYTES = 48 * 1024;
/** The most that waits for one console beyond what the kernel took: a console that stalls costs little more than that. */
export const WINDOW_BYTES = 64 * 1024;
/** How long a console may take to make room before it is told that it is behind. */
const BEHIND_AFTER_MS: DurationMs = 1_000;

/** Where a follower of a feed is. */
export interface FollowerAt {
  /** Everything up to here has been handed over. */
  readonly position: Cursor;
  /** The history of the feed that the position belongs to. */
  readonly history: number;
  /** Whether its window is full. */
  readonly full: boolean;
}

/** Where the feed is. */
export interface FeedAt extends Cursor {
  /** Another number means another history, even of the same epoch, as after a restore. */
  readonly history: number;
  /** Why the present history began. */
  readonly reason?: string;
}

/** What a follower is due next: `send` from `seq` on, `reset` to a position, or nothing, and why. */
export type NextStep =
  | { readonly kind: 'wait'; readonly reason: 'FULL' | 'UP_TO_DATE' }
  | { readonly kind: 'reset'; readonly to: Cursor; readonly reason: string }
  | { readonly kind: 'send'; readonly seq: number };

/**
 * The one decision of following. A follower is a position and no queue: whether it catches up, keeps up or comes back after
 * it was full, it gets the item after its position, so nothing can fall between catching up and following.
 */
export function nextStep(follower: FollowerAt, feed: FeedAt): NextStep {
  const { position } = follower;
  if (follower.full) {
    return { kind: 'wait', reason: 'FULL' };
  }
  const reason = resetReason(follower, feed);
  if (reason !== undefined) {
    return { kind: 'reset', to: { epoch: feed.epoch, seq: 0 }, reason };
  }
  return position.seq === feed.seq ? { kind: 'wait', reason: 'UP_TO_DATE' } : { kind: 'send', seq: position.seq + 1 };
}

/** Whether a position is one that the feed has not reached, as far as is known here: another node may have read further. */
export function isAhead(position: Cursor, feed: Cursor): boolean {
  return position.epoch > feed.epoch || (position.epoch === feed.epoch && position.seq > feed.seq);
}

/** Whether there is room for one more packet in a window in which so many bytes wait. */
export function hasRoom(waitingBytes: number): boolean {
  return waitingBytes + PACKET_BYTES <= WINDOW_BYTES;
}

/** Whether a console that made room after so long did not keep up. */
export function isBehind(waitedMs: DurationMs): boolean {
  return waitedMs >= BEHIND_AFTER_MS;
}

function resetReason({ position, history }: FollowerAt, feed: FeedAt): string | undefined {
  if (history !== feed.history) {
    return feed.reason ?? 'UNKNOWN_EPOCH';
  }
  if (position.epoch < feed.epoch) {
    return feed.reason ?? 'REWOUND';
  }
  if (position.epoch > feed.epoch) {
    return 'UNKNOWN_EPOCH';
  }
  return position.seq > feed.seq ? 'AHEAD_OF_FEED' : undefined;
}
