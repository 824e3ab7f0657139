import { PACKET_BYTES } from '../../core/delivery/window.js';
import type { FeedKey } from './feed.js';
import { FeedPacket } from './packet.js';

/**
 * A stretch of one feed in memory: consecutive items as JSON texts, cut into groups that fill a packet each. The cuts are the
 * same for every console, so consoles at different positions converge on the same packets after their first.
 */
export class FeedPage {
  private readonly texts: string[] = [];
  /** Index of the first text of each group. */
  private readonly starts: number[] = [];
  private readonly whole = new Map<number, FeedPacket>();
  /** The last packet that did not begin with its group: consoles that follow the feed all ask for the same one. */
  private recent?: FeedPacket;
  private groupBytes = 0;
  /** Of the JSON; what it costs in memory is a small multiple. */
  bytes = 0;

  /** `first` is the position of the first item that the page holds. */
  constructor(
    private readonly key: FeedKey,
    private readonly epoch: number,
    readonly first: number,
  ) {}

  get last(): number {
    return this.first + this.texts.length - 1;
  }

  append(text: string): void {
    const bytes = Buffer.byteLength(text) + 1;
    if (this.starts.length === 0 || this.groupBytes + bytes > PACKET_BYTES) {
      this.starts.push(this.texts.length);
      this.groupBytes = 0;
    }
    this.texts.push(text);
    this.groupBytes += bytes;
    this.bytes += bytes;
  }

  textsFrom(seq: number): string[] {
    return seq < this.first ? [] : this.texts.slice(seq - this.first);
  }

  /** The packet that begins with `seq` and ends with its group; undefined when the page does not hold it. */
  packetFrom(seq: number): FeedPacket | undefined {
    if (seq < this.first || seq > this.last) {
      return undefined;
    }
    const from = seq - this.first;
    const group = this.starts.findLastIndex((start) => start <= from);
    const to = this.starts[group + 1] ?? this.texts.length;
    const isWhole = this.starts[group] === from;
    const known = isWhole ? this.whole.get(group) : this.recent;
    // The last group grows, so a packet of it may have become too short.
    if (known?.first === seq && known.last === this.first + to - 1) {
      return known;
    }
    const packet = new FeedPacket(this.key, this.epoch, seq, this.texts.slice(from, to));
    if (isWhole) {
      this.whole.set(group, packet);
    } else {
      this.recent = packet;
    }
    return packet;
  }
}
