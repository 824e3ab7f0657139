import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock/clock.js';
import { FeedHints } from '../../platform/database/feed-hints.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { feedName, type FeedHead, type FeedKey } from './feed.js';
import { FeedPages, PAGE, pageStart } from './feed-pages.js';
import { FeedReadsRepository, type ItemText } from './feed-reads.repository.js';
import type { FeedPacket } from './packet.js';

const POLL_MS = 200;
/** Items read for one feed at once. */
const READ = 2 * PAGE;
/** What a node keeps of its feeds, for consoles that come back: all feeds together. */
const PAGES_BYTES = 64 * 1024 * 1024;

/** A feed as this node follows it. Everything up to `headSeq` is for consoles to have. */
export interface FollowedFeed {
  readonly key: FeedKey;
  epoch: number;
  headSeq: number;
  clock: Clock;
  /** Another number is another history: of another epoch, or of the same one after a restore. */
  history: number;
  /** Why this history began, if this node saw it begin or the epoch says so. */
  reason?: string;
  /** Whether a position is missing in the database, which nothing but damage explains. */
  damaged: boolean;
}

/** What is told of what is read: one listener, `Followers`. */
export interface TailListener {
  /** There are new items, or the feed began a new history. */
  onMoved(feed: FollowedFeed): void;
  onClock(feed: FollowedFeed): void;
}

/**
 * Follows the feeds that this node serves, straight from PostgreSQL: woken by hints and by a poll, one read for all feeds.
 * Nothing else carries items to consoles, so what is in the database reaches them whatever becomes of the queue.
 */
@Injectable()
export class FeedTail implements BeforeApplicationShutdown {
  private readonly feeds = new Map<string, FollowedFeed>();
  private readonly pages = new FeedPages(PAGES_BYTES);
  private readonly loads = new Map<string, Promise<void>>();
  private lastLoad: Promise<unknown> = Promise.resolve();
  private histories = 0;
  private listener?: TailListener;
  private reading?: Promise<boolean>;
  private again = false;
  private timer?: NodeJS.Timeout;
  private stopListening?: () => void;
  private databaseAheadMs = 0;
  private lastReadAt = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly repository: FeedReadsRepository,
    private readonly hints: FeedHints,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(listener: TailListener): void {
    this.listener = listener;
    this.stopListening = this.hints.listen(() => void this.read());
    this.timer = setInterval(() => void this.read(), POLL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await this.reading;
  }

  /** Follows a feed from where it stands now. Returns undefined when there is no such feed. */
  async follow(key: FeedKey): Promise<FollowedFeed | undefined> {
    const known = this.feeds.get(feedName(key));
    if (known) {
      return known;
    }
    const beganAt = Date.now();
    const { heads } = await this.transactions.run(PIPELINE, (tx) => this.repository.heads(tx, [key]));
    const [head] = heads;
    // Somebody may have asked for the same feed meanwhile: there must be one of it only.
    const meanwhile = this.feeds.get(feedName(key));
    if (meanwhile || !head) {
      return meanwhile;
    }
    const { epoch, headSeq, clock, reason } = head;
    const feed = { key, epoch, headSeq, clock, reason, history: (this.histories += 1), damaged: false };
    if (this.feeds.size === 0) {
      this.lastReadAt = beganAt;
    }
    this.feeds.set(feedName(key), feed);
    return feed;
  }

  unfollow(key: FeedKey): void {
    this.feeds.delete(feedName(key));
  }

  get followed(): Iterable<FollowedFeed> {
    return this.feeds.values();
  }

  /** How long ago this node last read the database, in milliseconds; a console must not be told that all is well on old news. */
  get readAgeMs(): number {
    return this.feeds.size === 0 ? 0 : Date.now() - this.lastReadAt;
  }

  /** The database's time, by which clocks run, as well as this node knows it. */
  get now(): Date {
    return new Date(Date.now() + this.databaseAheadMs);
  }

  /** The packet that begins with `seq`, if it is in memory; otherwise `load` brings it there. */
  packetFrom(feed: FollowedFeed, seq: number): FeedPacket | undefined {
    return this.pages.packetFrom(feed, seq);
  }

  /**
   * Reads the page that holds `seq`. Whoever asks for it while it is read shares the read, and pages are read one after
   * another, so that a thousand consoles that come back at once cost one read a page and one connection.
   */
  load(feed: FollowedFeed, seq: number): Promise<void> {
    const name = `${feed.history} ${pageStart(seq)}`;
    const known = this.loads.get(name);
    if (known) {
      return known;
    }
    const load = this.lastLoad.then(() => this.loadPage(feed, pageStart(seq))).finally(() => this.loads.delete(name));
    this.loads.set(name, load);
    this.lastLoad = load.catch(() => undefined);
    return load;
  }

  /**
   * Reads what is new, and says whether that was possible. Calls while a read is under way make one more, so that nothing
   * that committed before a call is missed.
   */
  read(): Promise<boolean> {
    if (this.reading) {
      this.again = true;
      return this.reading;
    }
    this.reading = this.readUntilQuiet().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async loadPage(feed: FollowedFeed, start: number): Promise<void> {
    const { key, epoch, history } = feed;
    const found = await this.transactions.run(PIPELINE, (tx) =>
      this.repository.textsAfter(tx, [{ ...key, epoch, after: start - 1 }], PAGE),
    );
    if (feed.history === history) {
      const texts = this.unbroken(feed, start, found.get(feedName(key)) ?? []).filter(
        (_, index) => start + index <= feed.headSeq,
      );
      this.pages.add(feed, start, texts);
    }
  }

  private async readUntilQuiet(): Promise<boolean> {
    let succeeded: boolean;
    do {
      this.again = false;
      try {
        // By its beginning: what was read before a process was paused is old news after it.
        const beganAt = Date.now();
        if (await this.readOnce()) {
          this.lastReadAt = beganAt;
        }
        succeeded = true;
      } catch (error) {
        succeeded = false;
        this.logger.warn({ err: error }, 'the feeds could not be read; consoles will turn stale until they can');
      }
    } while (this.again);
    return succeeded;
  }

  /** Returns whether there was anything to ask the database for. */
  private async readOnce(): Promise<boolean> {
    const followed = new Map(this.feeds);
    if (followed.size === 0) {
      return false;
    }
    await this.transactions.run(PIPELINE, async (tx) => {
      const feeds = [...followed.values()];
      // Asked for together, in one trip: the texts are read after the heads, so no head is ahead of them.
      const [{ heads, nowMs }, found] = await Promise.all([
        this.repository.heads(
          tx,
          feeds.map(({ key }) => key),
        ),
        this.repository.textsAfter(
          tx,
          feeds.map(({ key, epoch, headSeq }) => ({ ...key, epoch, after: headSeq })),
          READ,
        ),
      ]);
      this.databaseAheadMs = nowMs - Date.now();
      for (const head of heads) {
        const feed = followed.get(feedName(head));
        // A feed that was let go and taken up again meanwhile is another one, and newer than what was read here.
        if (!feed || this.feeds.get(feedName(head)) !== feed) {
          continue;
        }
        const { history } = feed;
        this.notice(feed, head);
        // Not `||=`, which would read the flag before the wait and write over a hint that comes during it.
        if (feed.history !== history || this.takeIn(feed, found.get(feedName(head)) ?? [])) {
          this.again = true;
        }
      }
    });
    return true;
  }

  /** Takes over a changed epoch or clock. */
  private notice(feed: FollowedFeed, head: FeedHead & { clock: Clock }): void {
    // A head or an epoch that went down is another history: the database was restored under a running node.
    if (feed.epoch !== head.epoch || feed.headSeq > head.headSeq) {
      feed.reason = feed.epoch < head.epoch ? (head.reason ?? 'UNKNOWN_EPOCH') : 'RESTORED';
      Object.assign(feed, { epoch: head.epoch, headSeq: 0, history: (this.histories += 1), damaged: false });
      this.listener?.onMoved(feed);
    }
    if (feed.clock.revision !== head.clock.revision) {
      feed.clock = head.clock;
      this.listener?.onClock(feed);
    }
  }

  /** Takes in what is new, all at once. Returns whether there may be more. */
  private takeIn(feed: FollowedFeed, found: readonly ItemText[]): boolean {
    const texts = this.unbroken(feed, feed.headSeq + 1, found);
    if (texts.length > 0) {
      this.pages.add(feed, feed.headSeq + 1, texts);
      feed.headSeq += texts.length;
      this.listener?.onMoved(feed);
    }
    return found.length === READ;
  }

  /**
   * The texts up to the first missing position. Sequences have no gap, so a missing one is damage to the database: the feed's
   * consoles get no more ticks and turn stale, instead of being told that all is well.
   */
  private unbroken(feed: FollowedFeed, first: number, found: readonly ItemText[]): string[] {
    const gap = found.findIndex(({ seq }, index) => seq !== first + index);
    if (gap >= 0 && !feed.damaged) {
      feed.damaged = true;
      this.logger.error(
        { feed: feedName(feed.key), seq: first + gap },
        'a feed lacks a position; its consoles turn stale',
      );
    }
    return (gap < 0 ? found : found.slice(0, gap)).map(({ text }) => text);
  }
}
