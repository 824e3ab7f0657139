import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock/clock.js';
import type { FeedItem } from '../../core/wire/feed.js';
import { FeedHints } from '../../platform/database/feed-hints.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { feedName, type FeedKey } from './feed.js';
import { FeedReadsRepository } from './feed-reads.repository.js';

const POLL_MS = 200;
/** Items read for one feed at once. */
const PAGE = 500;
/** The newest items of a feed that a node keeps for consoles that come back after a short while. */
const RING = 2_000;

/** A feed as this node follows it. Everything up to `headSeq` has been handed to `onItems`. */
export interface FollowedFeed {
  readonly key: FeedKey;
  epoch: number;
  headSeq: number;
  clock: Clock;
  ring: FeedItem[];
}

/** What a node does with what it reads: one listener, the gateway. */
export interface TailListener {
  onItems(feed: FollowedFeed, items: readonly FeedItem[]): void;
  /** The feed's epoch has changed; items of the new one follow from the first. */
  onReset(feed: FollowedFeed, reason: string): void;
  onClock(feed: FollowedFeed): void;
}

/**
 * Follows the feeds that this node serves, straight from PostgreSQL: woken by hints and by a poll, one read for all feeds.
 * Nothing else carries items to consoles, so what is in the database reaches them whatever becomes of the queue.
 */
@Injectable()
export class FeedTail implements BeforeApplicationShutdown {
  private readonly feeds = new Map<string, FollowedFeed>();
  private listener?: TailListener;
  private reading?: Promise<void>;
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
    const { heads } = await this.transactions.run(PIPELINE, (tx) => this.repository.heads(tx, [key]));
    const [head] = heads;
    // Another console may have asked for the same feed meanwhile: there must be one follower only.
    const meanwhile = this.feeds.get(feedName(key));
    if (meanwhile || !head) {
      return meanwhile;
    }
    const feed: FollowedFeed = { key, epoch: head.epoch, headSeq: head.headSeq, clock: head.clock, ring: [] };
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
    return Date.now() - this.lastReadAt;
  }

  /** The database's time, by which clocks run, as well as this node knows it. */
  get now(): Date {
    return new Date(Date.now() + this.databaseAheadMs);
  }

  /** Items of a followed feed after `after` and not beyond what was handed to the listener; from memory where it reaches back. */
  async itemsAfter(feed: FollowedFeed, after: number): Promise<FeedItem[]> {
    const { epoch, headSeq } = feed;
    const oldest = feed.ring[0];
    if (oldest && oldest.seq <= after + 1) {
      return feed.ring.slice(after + 1 - oldest.seq, after + 1 - oldest.seq + PAGE);
    }
    const found = await this.transactions.run(PIPELINE, (tx) =>
      this.repository.itemsAfter(tx, [{ ...feed.key, epoch, after }], PAGE),
    );
    return found.map(({ item }) => item).filter(({ seq }) => seq <= headSeq);
  }

  /** Reads what is new. Calls while a read is under way make one more, so that nothing that committed before a call is missed. */
  read(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return this.reading;
    }
    this.reading = this.readUntilQuiet().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readUntilQuiet(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.readOnce();
        this.lastReadAt = Date.now();
      } catch (error) {
        this.logger.warn({ err: error }, 'the feeds could not be read; consoles will turn stale until they can');
      }
    } while (this.again);
  }

  private async readOnce(): Promise<void> {
    const followed = [...this.feeds.values()];
    if (followed.length === 0) {
      return;
    }
    await this.transactions.run(PIPELINE, async (tx) => {
      const { heads, nowMs } = await this.repository.heads(
        tx,
        followed.map(({ key }) => key),
      );
      this.databaseAheadMs = nowMs - Date.now();
      const behind: FollowedFeed[] = [];
      for (const head of heads) {
        const feed = followed.find(({ key }) => feedName(key) === feedName(head));
        // A feed that was let go and taken up again meanwhile is another one, and newer than what was read here.
        if (!feed || this.feeds.get(feedName(head)) !== feed) {
          continue;
        }
        this.notice(feed, head);
        if (feed.epoch === head.epoch && feed.headSeq < head.headSeq) {
          behind.push(feed);
        }
      }
      if (behind.length > 0) {
        // Not `||=`, which would read the flag before the wait and write over a hint that comes during it.
        if (await this.handOver(behind, (positions) => this.repository.itemsAfter(tx, positions, PAGE))) {
          this.again = true;
        }
      }
    });
  }

  /** Takes over a changed epoch or clock. */
  private notice(feed: FollowedFeed, head: { epoch: number; headSeq: number; clock: Clock; reason?: string }): void {
    // A head that went down within an epoch is another history: the database was restored under a running node.
    if (feed.epoch < head.epoch || feed.headSeq > head.headSeq) {
      const reason = feed.epoch < head.epoch ? (head.reason ?? 'UNKNOWN_EPOCH') : 'RESTORED';
      Object.assign(feed, { epoch: head.epoch, headSeq: 0, ring: [] });
      this.listener?.onReset(feed, reason);
    }
    if (feed.clock.revision < head.clock.revision) {
      feed.clock = head.clock;
      this.listener?.onClock(feed);
    }
  }

  /** Hands new items to the listener, for each feed all at once. Returns whether a page was full, so that there may be more. */
  private async handOver(
    behind: readonly FollowedFeed[],
    find: (
      positions: (FeedKey & { epoch: number; after: number })[],
    ) => Promise<(FeedKey & { epoch: number; item: FeedItem })[]>,
  ): Promise<boolean> {
    const found = await find(behind.map(({ key, epoch, headSeq }) => ({ ...key, epoch, after: headSeq })));
    const byFeed = new Map<string, FeedItem[]>();
    for (const { item, ...key } of found) {
      const items = byFeed.get(feedName(key));
      if (items) {
        items.push(item);
      } else {
        byFeed.set(feedName(key), [item]);
      }
    }
    let full = false;
    for (const feed of behind) {
      const items = byFeed.get(feedName(feed.key)) ?? [];
      const last = items.at(-1);
      if (last) {
        feed.headSeq = last.seq;
        feed.ring = [...feed.ring, ...items].slice(-RING);
        this.listener?.onItems(feed, items);
      }
      full ||= items.length === PAGE;
    }
    return full;
  }
}
