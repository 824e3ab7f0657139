import type { FeedKey } from './feed.js';
import { FeedPage } from './feed-page.js';
import type { FeedPacket } from './packet.js';

/** Items of a page. Pages begin at fixed positions, so that consoles near each other need the same ones. */
export const PAGE = 256;
/** What the JSON of an item costs: as a text, in the text of its packet, and in the frame made of that. */
const COPIES = 3;

/** One history of one feed. */
export interface PagedFeed {
  readonly key: FeedKey;
  readonly epoch: number;
  readonly history: number;
}

/** The pages of all feeds that a node has at hand, the least recently used of which go first. */
export class FeedPages {
  private readonly pages = new Map<string, FeedPage>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** What these pages cost at most, in bytes. */
  get size(): number {
    return this.bytes * COPIES;
  }

  packetFrom(feed: PagedFeed, seq: number): FeedPacket | undefined {
    const name = pageName(feed, seq);
    const page = this.pages.get(name);
    const packet = page?.packetFrom(seq);
    if (page && packet) {
      this.pages.delete(name);
      this.pages.set(name, page);
    }
    return packet;
  }

  /** Takes in consecutive items, the first of which is at `first`. What a page holds already is left as it is. */
  add(feed: PagedFeed, first: number, texts: readonly string[]): void {
    const older = this.pages.get(pageName(feed, first));
    texts.forEach((text, index) => this.addOne(feed, first + index, text));
    // What came while a page was read is not in what was read, but in the page that it replaces.
    const next = first + texts.length;
    older?.textsFrom(next).forEach((text, index) => this.addOne(feed, next + index, text));
    this.shrink();
  }

  private addOne(feed: PagedFeed, seq: number, text: string): void {
    const name = pageName(feed, seq);
    let page = this.pages.get(name);
    // A page never has a gap. One that begins later than what comes now was never read whole, and begins anew.
    if (!page || seq > page.last + 1 || seq < page.first) {
      this.bytes -= page?.bytes ?? 0;
      page = new FeedPage(feed.key, feed.epoch, seq);
      this.pages.delete(name);
      this.pages.set(name, page);
    } else if (seq <= page.last) {
      return;
    }
    const before = page.bytes;
    page.append(text);
    this.bytes += page.bytes - before;
  }

  /** The page used last stays, however large it is: somebody is about to read it. */
  private shrink(): void {
    for (const [name, page] of this.pages) {
      if (this.size <= this.maxBytes || this.pages.size === 1) {
        return;
      }
      this.pages.delete(name);
      this.bytes -= page.bytes;
    }
  }
}

/** Position of the first item of the page that holds `seq`. */
export const pageStart = (seq: number): number => Math.floor((seq - 1) / PAGE) * PAGE + 1;

const pageName = ({ history }: PagedFeed, seq: number): string => `${history} ${pageStart(seq)}`;
