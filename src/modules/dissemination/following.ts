import { isAhead, isBehind, nextStep } from '../../core/delivery/window.js';
import type { ClockView } from '../../core/wire/clock.js';
import type { TickEvent } from '../../core/wire/desk-events.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { FeedKey } from './feed.js';
import type { FollowedFeed } from './feed-tail.js';
import type { Outlet, Packet } from './outlet.js';

/** A page that is still not there after so many reads will not come. */
const MAX_READS = 3;

/** What a follower needs of the node that it is on. */
export interface FollowedOn {
  packetFrom(feed: FollowedFeed, seq: number): Packet | undefined;
  load(feed: FollowedFeed, seq: number): Promise<void>;
  /** Reads the database anew; rejects when that fails. */
  readAnew(): Promise<void>;
  /** The tick of a feed now; undefined while the node's news is old. */
  tickOf(feed: FollowedFeed): TickEvent | undefined;
  /** Milliseconds of a clock that only goes forward. */
  nowMs(): number;
  failed(following: Following, error: unknown): void;
  left(following: Following): void;
}

/** One outlet on one feed: a position, and what is under way to move it on. What comes next is decided by `nextStep`. */
export class Following {
  private feed?: FollowedFeed;
  private history = 0;
  private fullSince?: number;
  /** Under way: a read that must end before anything else is handed over. Another number means that it is out of date. */
  private round = 0;
  private held = true;
  private reads = 0;
  private greeted = false;
  private tickOwed = false;
  private toldBehind = false;
  private gone = false;

  constructor(
    private readonly node: FollowedOn,
    readonly outlet: Outlet,
    readonly key: FeedKey,
    private cursor?: Cursor,
  ) {}

  /** How far the outlet was handed the feed; undefined before it was told where it is. */
  get position(): Readonly<Cursor> | undefined {
    return this.cursor;
  }

  get isFull(): boolean {
    return this.fullSince !== undefined;
  }

  /** For `Followers`: the feed is there. Without a cursor everything of the present epoch is sent. */
  begin(feed: FollowedFeed): void {
    this.feed = feed;
    this.goOnFrom(this.cursor ?? { epoch: feed.epoch, seq: 0 });
  }

  /** Hands over everything after this position, whatever was handed over before. */
  resume(cursor: Cursor): void {
    this.cursor = { ...cursor };
    if (this.feed) {
      this.goOnFrom(cursor);
    }
  }

  leave(): void {
    if (!this.gone) {
      this.gone = true;
      this.node.left(this);
    }
  }

  /** Hands over what there is, until the outlet is full, has everything, or a page must be read. */
  pump(): void {
    while (!this.gone && !this.held && this.feed && this.cursor) {
      const { epoch, headSeq, history, reason } = this.feed;
      const follower = { position: this.cursor, history: this.history, full: this.isFull };
      const step = nextStep(follower, { epoch, seq: headSeq, history, reason });
      switch (step.kind) {
        case 'wait':
          if (step.reason === 'UP_TO_DATE') {
            this.upToDate();
          }
          return;
        case 'reset':
          this.cursor = { ...step.to };
          this.history = history;
          this.outlet.reset({ ...step.to, reason: step.reason });
          break;
        case 'send': {
          const packet = this.node.packetFrom(this.feed, step.seq);
          if (!packet) {
            this.readPage(this.feed, step.seq);
            return;
          }
          this.hand(packet);
        }
      }
    }
  }

  /** A full outlet gets its tick when it has room: one that takes things in, however slowly, must not turn stale. */
  tick(event: TickEvent): void {
    if (this.isFull || this.held) {
      this.tickOwed = true;
    } else {
      this.tickOwed = false;
      this.outlet.tick(event);
    }
  }

  clock(clock: ClockView): void {
    if (this.isFull || this.held) {
      // The tick that it will get holds the clock.
      this.tickOwed = true;
    } else {
      this.outlet.clock(clock);
    }
  }

  private goOnFrom(cursor: Cursor): void {
    const feed = this.feed as FollowedFeed;
    this.cursor = { ...cursor };
    this.history = feed.history;
    this.greeted = false;
    this.reads = 0;
    if (isAhead(cursor, { epoch: feed.epoch, seq: feed.headSeq })) {
      // Another node may have sent what this one has not read yet.
      this.hold(() => this.node.readAnew());
    } else {
      this.round += 1;
      this.held = false;
      this.pump();
    }
  }

  private hand(packet: Packet): void {
    this.reads = 0;
    (this.cursor as Cursor).seq = packet.last;
    if (!this.outlet.items(packet)) {
      this.fullSince = this.node.nowMs();
      this.outlet.whenReady(() => this.hasRoom());
    }
  }

  private hasRoom(): void {
    const waitedMs = this.node.nowMs() - (this.fullSince as number);
    this.fullSince = undefined;
    if (this.gone || !this.feed || !this.cursor) {
      return;
    }
    if (isBehind(waitedMs) && !this.toldBehind && this.history === this.feed.history) {
      this.toldBehind = true;
      this.outlet.behind({ ...this.cursor, headSeq: this.feed.headSeq });
    }
    if (this.tickOwed) {
      this.sendTick();
    }
    this.pump();
  }

  private upToDate(): void {
    this.toldBehind = false;
    if (!this.greeted || this.tickOwed) {
      this.greeted = true;
      this.sendTick();
    }
  }

  private sendTick(): void {
    const feed = this.feed as FollowedFeed;
    const tick = this.history === feed.history ? this.node.tickOf(feed) : undefined;
    if (tick) {
      this.tickOwed = false;
      this.outlet.tick(tick);
    }
  }

  private readPage(feed: FollowedFeed, seq: number): void {
    this.reads += 1;
    if (this.reads > MAX_READS) {
      this.node.failed(this, new Error(`Position ${seq} is not to be found.`));
      return;
    }
    this.hold(() => this.node.load(feed, seq));
  }

  private hold(read: () => Promise<void>): void {
    const round = (this.round += 1);
    this.held = true;
    read().then(
      () => {
        if (this.round === round && !this.gone) {
          this.held = false;
          this.pump();
        }
      },
      (error: unknown) => {
        if (this.round === round && !this.gone) {
          this.node.failed(this, error);
        }
      },
    );
  }
}
