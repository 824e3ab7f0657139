import type { Cursor } from '../wire/feed.js';

export interface Applied<T> {
  cursor: Cursor;
  /** Items to show, consecutive after the old cursor. */
  accepted: T[];
  /** Items of this epoch that were applied before; they are dropped. */
  repeated: T[];
  /** Set when the next expected item is missing; nothing after the gap is accepted. */
  gap?: { expected: Cursor; got: Cursor };
}

/**
 * Decides what a console does with a packet: it applies `last + 1` only, drops older items and stops at a gap.
 * Without a cursor the server sends the whole epoch, so seq 1 is expected. A packet of an older epoch is a
 * straggler and is dropped in silence; one of a newer epoch without a `reset` before it is a gap.
 */
export function applyPacket<T extends { seq: number }>(
  cursor: Cursor | undefined,
  packet: { epoch: number; items: readonly T[] },
): Applied<T> {
  const start = cursor ?? { epoch: packet.epoch, seq: 0 };
  const applied: Applied<T> = { cursor: start, accepted: [], repeated: [] };
  if (packet.epoch < start.epoch) {
    return applied;
  }
  for (const item of packet.items) {
    const expected = { epoch: start.epoch, seq: applied.cursor.seq + 1 };
    if (packet.epoch > start.epoch || item.seq > expected.seq) {
      return { ...applied, gap: { expected, got: { epoch: packet.epoch, seq: item.seq } } };
    }
    if (item.seq < expected.seq) {
      applied.repeated.push(item);
    } else {
      applied.accepted.push(item);
      applied.cursor = expected;
    }
  }
  return applied;
}
