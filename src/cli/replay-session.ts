import { setTimeout as sleep } from 'node:timers/promises';
import type { ClockAnswer, ClockRequest, ClockView } from '../core/wire/clock.js';
import type { FeedItem, FeedPage } from '../core/wire/feed.js';
import type { RunView } from '../core/wire/run.js';
import type { Api } from './api.js';
import { CliError, EXIT } from './cli-error.js';
import { DeskFeed } from './desk-feed.js';
import { ReplayRecord } from './replay-record.js';
import type { Seat } from './replay-record.js';

const CONNECT_PATIENCE_MS = 15_000;
const STALL_MS = 30_000;
const LOOK_EVERY_MS = 200;

export interface SessionListener {
  items(seat: Seat, items: FeedItem[]): void;
  note(line: string): void;
}

/** The seats of a replay: the first desk of every party of the run, and control. */
export function seatsOf(run: RunView): Seat[] {
  const parties = run.audiences.flatMap(({ audience, party, desks }) =>
    desks[0] && audience !== 'control' ? [{ audience, party, desk: desks[0] }] : [],
  );
  const control = { id: 'control', names: {}, language: 'en-US', timeZone: run.timeZone };
  return [...parties, { audience: 'control', desk: control }];
}

/** One replay as its desks see it: opens their feeds, plays the clock, and waits until all has been delivered. */
export class ReplaySession {
  readonly record: ReplayRecord;
  private readonly feeds: { seat: Seat; feed: DeskFeed }[];
  private refused?: CliError;
  private interrupted = false;

  constructor(
    private readonly api: Api,
    readonly run: RunView,
    private readonly listener: SessionListener,
  ) {
    this.record = new ReplayRecord(seatsOf(run), Date.now());
    this.clockTold(run.clock);
    this.feeds = this.record.seats.map((seat) => ({ seat, feed: this.open(seat) }));
  }

  async play(): Promise<void> {
    const giveUpAt = Date.now() + CONNECT_PATIENCE_MS;
    while (!this.feeds.every(({ feed }) => feed.state === 'live')) {
      if (this.refused) {
        throw this.refused;
      }
      if (Date.now() > giveUpAt) {
        const why = this.feeds.map(({ seat, feed }) => `${seat.desk.id} ${feed.state} (${feed.detail})`).join(', ');
        throw new CliError(`The desks could not connect to the service within 15 s: ${why}.`, EXIT.failed);
      }
      if (this.interrupted) {
        return;
      }
      await sleep(50);
    }
    await this.command({ action: 'play' });
  }

  /** Resolves when the clock has ended, the digest is there and every desk is at the head of its feed. */
  async finished(): Promise<'complete' | 'stalled' | 'interrupted'> {
    for (;;) {
      if (this.interrupted) {
        return 'interrupted';
      }
      if (this.refused) {
        throw this.refused;
      }
      if (this.record.clock?.state === 'ended' && (await this.isDelivered())) {
        return 'complete';
      }
      if (this.record.stalledForMs(Date.now()) > STALL_MS) {
        this.record.faults.push(`nothing moved for ${STALL_MS / 1000} s although the clock ${this.lag()}`);
        return 'stalled';
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  interrupt(): void {
    this.interrupted = true;
  }

  async pause(): Promise<void> {
    await this.command({ action: 'pause' });
  }

  close(): void {
    this.feeds.forEach(({ feed }) => feed.close());
  }

  private open(seat: Seat): DeskFeed {
    const desk = seat.desk.id;
    return new DeskFeed(
      { api: this.api, run: this.run.id, desk },
      {
        items: (items, _packet, receivedAt) => {
          this.record.received(desk, items, receivedAt);
          this.listener.items(seat, items);
        },
        clock: (clock) => this.clockTold(clock),
        tick: (tick, receivedAt) => this.record.ticked(desk, tick.headSeq, receivedAt),
        reset: (reset) => {
          this.record.rewound(desk, Date.now());
          this.listener.note(`${desk}: the feed begins anew (${reset.reason})`);
        },
        state: (state, detail) => state !== 'live' && this.listener.note(`${desk}: ${state} (${detail})`),
        fault: (fault) => this.record.faults.push(`${desk}: ${fault.kind}: ${fault.detail}`),
        refused: (code, detail) => {
          this.refused = new CliError(`The service refused the desk ${desk}: ${detail}`, EXIT.failed, { code });
        },
      },
    );
  }

  private clockTold(clock: ClockView): void {
    this.record.clockTold(clock, Date.now());
  }

  private async command(command: ClockRequest): Promise<void> {
    const { clock } = await this.api.post<ClockAnswer>(`/runs/${this.run.id}/clock`, command);
    this.clockTold(clock);
  }

  /** A service that cannot be reached now may come back: then this is asked again until the replay stalls. */
  private async isDelivered(): Promise<boolean> {
    try {
      const run = await this.api.get<RunView>(`/runs/${this.run.id}`);
      const atHead = await Promise.all(this.feeds.map(({ seat, feed }) => this.isAtHead(seat, feed)));
      return run.digest !== undefined && atHead.every(Boolean);
    } catch (error) {
      if (error instanceof CliError && error.exitCode === EXIT.unreachable) {
        return false;
      }
      throw error;
    }
  }

  private async isAtHead({ audience }: Seat, feed: DeskFeed): Promise<boolean> {
    const head = await this.api.get<FeedPage>(`/runs/${this.run.id}/feeds/${audience}/items?limit=1`);
    return feed.lastSeq === head.headSeq && (feed.cursor === undefined || feed.cursor.epoch === head.epoch);
  }

  private lag(): string {
    const states = this.feeds.map(({ seat, feed }) => `${seat.desk.id} ${feed.state} ${feed.lastSeq}/${feed.headSeq}`);
    return `${this.record.clock?.state === 'ended' ? 'has ended' : 'plays'} (${states.join(', ')})`;
  }
}
