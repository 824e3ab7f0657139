import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { clockView } from '../../core/clock/clock-view.js';
import type { TickEvent } from '../../core/wire/desk-events.js';
import type { Cursor } from '../../core/wire/feed.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { feedName, type FeedKey } from './feed.js';
import { FeedTail, type FollowedFeed, type TailListener } from './feed-tail.js';
import { Following, type FollowedOn } from './following.js';
import type { Outlet, Packet } from './outlet.js';

const TICK_MS = 2_000;
/** A node whose last read is older sends no tick, so that its consoles turn stale and look for another node. */
const FRESH_MS = 1_000;

/** Those who follow one feed here, and the feed as soon as it is known. */
interface Group {
  readonly feed: Promise<FollowedFeed | undefined>;
  readonly members: Set<Following>;
}

/** Everybody who follows a feed at this node, whatever the channel. */
@Injectable()
export class Followers implements TailListener, FollowedOn, OnModuleDestroy {
  private readonly groups = new Map<string, Group>();
  private ticking?: NodeJS.Timeout;

  constructor(
    private readonly tail: FeedTail,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** From now on what is read is handed over, and ticks go out. */
  start(): void {
    this.tail.start(this);
    this.metrics.measure(this.metrics.consolesBehind, () => this.behind);
    this.metrics.measure(this.metrics.tailReadAgeSeconds, () => this.tail.readAgeMs / 1000);
    this.ticking = setInterval(() => this.tick(), TICK_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.ticking);
  }

  /**
   * Brings an outlet up to date from the cursor (without one: from the beginning of the present epoch) and keeps it so, until
   * it leaves. An outlet that cannot be brought up to date is closed with TRY_AGAIN.
   */
  join(outlet: Outlet, key: FeedKey, cursor?: Cursor): Following {
    const following = new Following(this, outlet, key, cursor);
    const group = this.groupOf(key);
    group.members.add(following);
    group.feed.then(
      (feed) => {
        if (!feed) {
          this.failed(following, new Error('There is no such feed.'));
        } else if (group.members.has(following)) {
          following.begin(feed);
        }
      },
      (error: unknown) => this.failed(following, error),
    );
    return following;
  }

  onMoved(feed: FollowedFeed): void {
    this.groups.get(feedName(feed.key))?.members.forEach((following) => {
      try {
        following.pump();
      } catch (error) {
        // One console's fault must not keep the news from the others.
        this.failed(following, error);
      }
    });
  }

  onClock({ key, clock }: FollowedFeed): void {
    const view = clockView(clock);
    this.groups.get(feedName(key))?.members.forEach((following) => following.clock(view));
  }

  packetFrom(feed: FollowedFeed, seq: number): Packet | undefined {
    return this.tail.packetFrom(feed, seq);
  }

  load(feed: FollowedFeed, seq: number): Promise<void> {
    return this.tail.load(feed, seq);
  }

  async readAnew(): Promise<void> {
    if (!(await this.tail.read())) {
      throw new Error('The feeds could not be read.');
    }
  }

  tickOf(feed: FollowedFeed): TickEvent | undefined {
    const { epoch, headSeq, clock, damaged } = feed;
    const fresh = this.tail.readAgeMs <= FRESH_MS && !damaged;
    return fresh ? { at: this.tail.now.toISOString(), epoch, headSeq, clock: clockView(clock) } : undefined;
  }

  nowMs(): number {
    return performance.now();
  }

  failed(following: Following, error: unknown): void {
    // The console connects again with its cursor, here or at another node.
    this.logger.warn({ err: error, feed: feedName(following.key) }, 'a console could not be brought up to date');
    following.outlet.close('TRY_AGAIN');
    following.leave();
  }

  left(following: Following): void {
    const name = feedName(following.key);
    const group = this.groups.get(name);
    if (group?.members.delete(following) && group.members.size === 0) {
      this.groups.delete(name);
      this.tail.unfollow(following.key);
    }
  }

  private get behind(): number {
    const members = [...this.groups.values()].flatMap((group) => [...group.members]);
    return members.filter(({ isFull }) => isFull).length;
  }

  /** Only while this node's own news is fresh: a console must not be told that all is well on old news. */
  private tick(): void {
    for (const feed of this.tail.followed) {
      const event = this.tickOf(feed);
      if (event) {
        this.groups.get(feedName(feed.key))?.members.forEach((following) => following.tick(event));
      }
    }
  }

  private groupOf(key: FeedKey): Group {
    const name = feedName(key);
    const known = this.groups.get(name);
    if (known) {
      return known;
    }
    const group: Group = { feed: this.tail.follow(key), members: new Set() };
    this.groups.set(name, group);
    const forget = (feed?: FollowedFeed): void => {
      if (!feed && this.groups.get(name) === group) {
        this.groups.delete(name);
      }
      // Everybody may have left while it was looked up.
      if (!this.groups.has(name)) {
        this.tail.unfollow(key);
      }
    };
    group.feed.then(forget, () => forget());
    return group;
  }
}
