import { runNowOf } from '../core/clock/clock-view.js';
import type { ClockView } from '../core/wire/clock.js';
import type { FeedItem } from '../core/wire/feed.js';
import type { RunDesk } from '../core/wire/run.js';
import { addClock, dueWallOf } from './clock-view.js';

/** A feed that a replay listens to: one of a party, or control. */
export interface Seat {
  audience: string;
  party?: string;
  desk: RunDesk;
}

export interface Arrival {
  item: FeedItem;
  /** Wall time of this machine in milliseconds. */
  receivedAt: number;
}

/** What a replay has received so far, and what was wrong with it. Times are passed in. */
export class ReplayRecord {
  readonly arrivals = new Map<string, Arrival[]>();
  readonly faults: string[] = [];
  clocks: ClockView[] = [];
  private movedAt: number;

  constructor(
    readonly seats: readonly Seat[],
    now: number,
  ) {
    this.movedAt = now;
    seats.forEach((seat) => this.arrivals.set(seat.desk.id, []));
  }

  get clock(): ClockView | undefined {
    return this.clocks.at(-1);
  }

  clockTold(clock: ClockView, now: number): void {
    const before = this.clock?.revision;
    this.clocks = addClock(this.clocks, clock);
    if (this.clock?.revision !== before) {
      this.movedAt = now;
    }
  }

  received(desk: string, items: readonly FeedItem[], now: number): void {
    this.movedAt = now;
    const arrivals = this.of(desk);
    for (const item of items) {
      if (arrivals.some((arrival) => sameVersion(arrival.item, item))) {
        this.faults.push(`${desk}: ${item.kind} ${item.id} version ${item.version} came twice (seq ${item.seq})`);
      }
      arrivals.push({ item, receivedAt: now });
    }
    this.arrivals.set(desk, arrivals);
  }

  /** A run that was rewound begins its list anew. */
  rewound(desk: string, now: number): void {
    this.movedAt = now;
    this.arrivals.set(desk, []);
  }

  /** A desk that lacks nothing moves with the clock even where the chapter is quiet. */
  ticked(desk: string, headSeq: number, now: number): void {
    const clock = this.clock;
    const beforeEnd = clock !== undefined && clock.endAt !== null && runNowOf(clock, now) < Date.parse(clock.endAt);
    if (beforeEnd && headSeq <= this.lastSeq(desk)) {
      this.movedAt = now;
    }
  }

  /** How long (ms) nothing has moved although the clock plays or has ended; 0 while it is paused. */
  stalledForMs(now: number): number {
    if (this.clock?.state === 'paused') {
      this.movedAt = now;
    }
    return now - this.movedAt;
  }

  of(desk: string): Arrival[] {
    return this.arrivals.get(desk) ?? [];
  }

  lastSeq(desk: string): number {
    return this.of(desk).at(-1)?.item.seq ?? 0;
  }

  /** Wall milliseconds from the moment an item was due to its receipt; undefined before the clock has played. */
  latencyMs({ item, receivedAt }: Arrival): number | undefined {
    const due = dueWallOf(this.clocks, Date.parse(item.body.known.at));
    return due === undefined ? undefined : receivedAt - due;
  }
}

const sameVersion = (one: FeedItem, other: FeedItem): boolean =>
  one.kind === other.kind && one.id === other.id && one.version === other.version;
