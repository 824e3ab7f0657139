import type { FeedItem } from '../../core/wire/feed.js';
import type { FeedKey } from './feed.js';
import type { Packet } from './outlet.js';

export class FeedPacket implements Packet {
  private readonly frames = new Map<string, unknown>();
  private parsed?: readonly FeedItem[];

  constructor(
    readonly key: FeedKey,
    readonly epoch: number,
    readonly first: number,
    readonly texts: readonly string[],
  ) {}

  get last(): number {
    return this.first + this.texts.length - 1;
  }

  get items(): readonly FeedItem[] {
    this.parsed ??= this.texts.map((text) => JSON.parse(text) as FeedItem);
    return this.parsed;
  }

  frame<T>(channel: string, make: (packet: Packet) => T): T {
    if (!this.frames.has(channel)) {
      this.frames.set(channel, make(this));
    }
    return this.frames.get(channel) as T;
  }
}
