import type { BehindEvent, ResetEvent, TickEvent } from '../../core/wire/desk-events.js';
import type { ClockView } from '../../core/wire/clock.js';
import type { FeedItem } from '../../core/wire/feed.js';
import type { FeedKey } from './feed.js';

/**
 * Items of one feed, consecutive, at most 48 KiB of JSON together (one item larger than that goes alone). One and the same
 * packet goes to every console, so what is made of it is made once.
 */
export interface Packet {
  readonly key: FeedKey;
  readonly epoch: number;
  /** `seq` of the first item and of the last. */
  readonly first: number;
  readonly last: number;
  /** Each item as JSON text, in order: put together from what is stored, without parsing it. */
  readonly texts: readonly string[];
  /** The same parsed, at first use: for who needs more than the text. */
  readonly items: readonly FeedItem[];
  /** A channel's encoding of this packet: made at the first call, the same for all others. */
  frame<T>(channel: string, make: (packet: Packet) => T): T;
}

/** One console's end of a feed, whatever the channel. */
export interface Outlet {
  /** Hands over consecutive items. Returns false when the outlet's window is full: no more come until `whenReady` calls back. */
  items(packet: Packet): boolean;
  reset(event: ResetEvent): void;
  tick(event: TickEvent): void;
  clock(clock: ClockView): void;
  behind(event: BehindEvent): void;
  /** Says why, and closes. */
  close(reason: string): void;
  /** Calls back once, when what was handed over has left the process. */
  whenReady(callback: () => void): void;
}
