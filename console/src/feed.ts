import { applyPacket } from '../../src/core/delivery/apply-packet.js';
import type { ClockView } from '../../src/core/wire/clock.js';
import type { BehindEvent, ItemsEvent, ReceiptView, ResetEvent, TickEvent } from '../../src/core/wire/desk-events.js';
import type { ObligationView } from '../../src/core/wire/obligation.js';
import type { Acknowledgement, Cursor, FeedItem, FeedSnapshot } from '../../src/core/wire/feed.js';
import { newerClock } from './clock.js';
import {
  noDuties,
  versionKey,
  withAcknowledged,
  withObligations,
  withOutstanding,
  withReceipts,
  type Duties,
} from './duties.js';

/**
 * What one console holds of one feed. It is written by socket events only and kept in memory only:
 * after a reload the server sends everything again.
 */
export interface FeedState extends Duties {
  /** Undefined until the first item or reset names it. */
  epoch: number | undefined;
  /** The last item applied; everything up to it is in `items`, without a gap. */
  seq: number;
  headSeq: number;
  /** In feed order, the oldest first. */
  items: readonly FeedItem[];
  clock: ClockView | undefined;
  /** Server wall time minus this browser's, in milliseconds. */
  serverOffsetMs: number;
  /** Set when items were missed: the caller sends `resume` from the cursor and then clears it. */
  gap: boolean;
  resetReason: string | undefined;
  /** How often obligations were told; whoever asks for a snapshot sees by it whether one was told meanwhile. */
  obligationEvents: number;
}

export type FeedEvent =
  | { type: 'items'; event: ItemsEvent }
  | { type: 'tick'; event: TickEvent; receivedAtMs: number }
  | { type: 'clock'; clock: ClockView }
  | { type: 'reset'; event: ResetEvent }
  /** This console's own acknowledgement, confirmed by the server. */
  | { type: 'acknowledged'; acknowledgement: Acknowledgement }
  | { type: 'receipts'; receipts: readonly ReceiptView[] }
  | { type: 'obligations'; obligations: readonly ObligationView[] }
  /**
   * What a snapshot says of receipts and duties, and the feed's `obligationEvents` when it was asked for; items come by the socket
   * alone.
   */
  | {
      type: 'snapshot';
      snapshot: Pick<FeedSnapshot, 'epoch' | 'seq' | 'acknowledged' | 'obligations'>;
      obligationEvents: number;
    }
  /** The service has put us off until we have taken in what it sent. */
  | { type: 'behind'; event: BehindEvent }
  | { type: 'resumed' }
  | { type: 'cursor-refused' };

export const emptyFeed: FeedState = {
  epoch: undefined,
  seq: 0,
  headSeq: 0,
  items: [],
  clock: undefined,
  serverOffsetMs: 0,
  ...noDuties,
  gap: false,
  resetReason: undefined,
  obligationEvents: 0,
};

/** The feed after an event. It applies the item after the last one only, drops older ones and reports a gap. */
export function feedAfter(state: FeedState, event: FeedEvent): FeedState {
  switch (event.type) {
    case 'items':
      return withItems(state, event.event);
    case 'tick':
      return withTick(state, event.event, event.receivedAtMs);
    case 'clock':
      return { ...state, clock: newerClock(state.clock, event.clock) };
    case 'reset':
      return {
        ...state,
        epoch: event.event.epoch,
        seq: event.event.seq,
        headSeq: event.event.seq,
        items: [],
        ...noDuties,
        gap: false,
        resetReason: event.event.reason,
      };
    case 'acknowledged':
      return { ...state, acknowledged: withAcknowledged(state.acknowledged, [event.acknowledgement]) };
    case 'receipts':
      return withReceipts(state, event.receipts.filter(isOfEpoch(state)));
    case 'obligations':
      return {
        ...withObligations(state, event.obligations.filter(isOfEpoch(state))),
        obligationEvents: state.obligationEvents + 1,
      };
    case 'snapshot':
      return withSnapshot(state, event.snapshot, event.obligationEvents);
    case 'behind':
      return event.event.epoch === state.epoch
        ? { ...state, headSeq: Math.max(state.headSeq, event.event.headSeq) }
        : state;
    case 'resumed':
      return state.gap ? { ...state, gap: false } : state;
    case 'cursor-refused':
      return {
        ...emptyFeed,
        clock: state.clock,
        serverOffsetMs: state.serverOffsetMs,
        obligationEvents: state.obligationEvents,
      };
  }
}

/** A snapshot may be older than what the socket told since it was asked for: then its duties would undo newer ones. */
function withSnapshot(
  state: FeedState,
  snapshot: Pick<FeedSnapshot, 'epoch' | 'seq' | 'acknowledged' | 'obligations'>,
  obligationEvents: number,
): FeedState {
  if (snapshot.epoch !== state.epoch) {
    return state;
  }
  const known = { ...state, acknowledged: withAcknowledged(snapshot.acknowledged, state.acknowledged) };
  return obligationEvents === state.obligationEvents ? withOutstanding(known, snapshot) : known;
}

function withItems(state: FeedState, event: ItemsEvent): FeedState {
  if (state.epoch !== undefined && event.epoch !== state.epoch) {
    // Items of another epoch came without a reset: nothing of them can be placed, so ask the server where we stand.
    return { ...state, gap: true };
  }
  const { cursor, accepted, gap } = applyPacket({ epoch: event.epoch, seq: state.seq }, event);
  return {
    ...state,
    ...cursor,
    headSeq: Math.max(state.headSeq, cursor.seq),
    items: [...state.items, ...accepted],
    gap: state.gap || gap !== undefined,
  };
}

function withTick(state: FeedState, tick: TickEvent, receivedAtMs: number): FeedState {
  const known = state.epoch === undefined || tick.epoch === state.epoch;
  return {
    ...state,
    headSeq: known ? Math.max(tick.headSeq, state.seq) : state.headSeq,
    clock: newerClock(state.clock, tick.clock),
    serverOffsetMs: Date.parse(tick.at) - receivedAtMs,
  };
}

/** What is told of another epoch has no place in the list; before the first item we do not know which one that is. */
const isOfEpoch =
  ({ epoch }: FeedState) =>
  (entry: { epoch: number }): boolean =>
    epoch === undefined || entry.epoch === epoch;

/** The cursor to join with; undefined when nothing has been received, which asks for the whole feed. */
export function cursorOf(state: FeedState): Cursor | undefined {
  return state.epoch === undefined ? undefined : { epoch: state.epoch, seq: state.seq };
}

/** The newest version of each item, by kind and id; an older version is superseded, not removed. */
export function newestVersions(items: readonly FeedItem[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const item of items) {
    const key = itemKey(item);
    newest.set(key, Math.max(newest.get(key) ?? 0, item.version));
  }
  return newest;
}

/** One key for all versions of an item. */
export const itemKey = (item: { kind: string; id: string }): string => `${item.kind}/${item.id}`;

/** Whether an item asks for a name to it. */
export const needsReceipt = (item: FeedItem): boolean => item.body.response === undefined;

/** Items whose newest version this desk has not acknowledged. Answers are the desks' own words and need no receipt. */
export function unacknowledged(state: Pick<FeedState, 'items' | 'acknowledged'>, desk: string): FeedItem[] {
  const newest = newestVersions(state.items);
  const done = new Set(state.acknowledged.filter((entry) => entry.desk === desk).map(versionKey));
  return state.items.filter(
    (item) => needsReceipt(item) && newest.get(itemKey(item)) === item.version && !done.has(versionKey(item)),
  );
}
