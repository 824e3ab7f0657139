import { io, type Socket } from 'socket.io-client';
import type { ClosingEvent, ItemsEvent, ResetEvent, TickEvent } from '../src/core/wire/desk-events.js';
import { BEHIND_LIMIT_MS, CONNECT_TIMEOUT_MS, STALE_AFTER_MS } from '../src/core/wire/desk-rules.js';
import type { Cursor, FeedItem } from '../src/core/wire/feed.js';
import { Deliveries, type ConsoleLog, type Items, type Reset } from './history.js';
import { shownItem } from './markers.js';
import { oneOf, type Random } from './random.js';
import { Receipts, type ReceiptsOptions } from './receipts.js';
import type { Tokens } from './tokens.js';

const LOOK_MS = 500;
const RESUME_EVERY_MS = 1_000;
const RENEW_MS = 8 * 60_000;

export interface ConsoleOptions extends ReceiptsOptions {
  readonly name: string;
  readonly username: string;
  readonly tokens: Tokens;
  /** Of every node, by way of its proxy. */
  readonly urls: readonly string[];
  readonly items: Items;
  readonly random: Random;
}

/**
 * A console as the wire contract wants it: it applies the next of its sequence and nothing else, asks again on a gap, does not
 * trust a connection without ticks, and comes back with its cursor, to any node. It notes everything that it was sent.
 */
export class TortureConsole implements ConsoleLog {
  readonly name: string;
  readonly run: string;
  readonly audience: string;
  readonly deliveries = new Deliveries();
  readonly resets: Reset[] = [];
  readonly misaddressed: string[] = [];
  readonly receipts: Receipts;
  connections = 0;
  stale = 0;
  resumes = 0;
  cursor?: Cursor;
  private socket?: Socket;
  private failures = 0;
  private heardAt = 0;
  private movedAt = 0;
  private askedAt = 0;
  private headSeq = 0;
  private closed = false;
  private retry?: NodeJS.Timeout;
  private readonly looking: NodeJS.Timeout;
  private readonly renewing: NodeJS.Timeout;

  constructor(private readonly options: ConsoleOptions) {
    this.name = options.name;
    this.run = options.run;
    this.audience = options.audience;
    this.receipts = new Receipts(options, () => (this.socket?.connected ? this.socket : undefined));
    this.looking = setInterval(() => this.look(), LOOK_MS);
    this.renewing = setInterval(() => void this.renew(), RENEW_MS);
    void this.connect();
  }

  get connected(): boolean {
    return this.socket?.connected === true;
  }

  close(): void {
    this.closed = true;
    clearInterval(this.looking);
    clearInterval(this.renewing);
    clearTimeout(this.retry);
    this.receipts.close();
    this.socket?.close();
  }

  private async connect(): Promise<void> {
    const { urls, random, tokens, username, run, desk } = this.options;
    let token: string;
    try {
      token = await tokens.of(username);
    } catch {
      this.reconnect();
      return;
    }
    if (this.closed) {
      return;
    }
    const socket = io(`${oneOf(random, urls)}/desk`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_TIMEOUT_MS,
      auth: { token, run, desk, ...(this.cursor ? { cursor: this.cursor } : {}) },
    });
    this.socket = socket;
    this.heardAt = this.movedAt = Date.now();
    const whenOurs =
      <Event>(work: (event: Event) => void) =>
      (event: Event): void =>
        this.socket === socket ? work(event) : undefined;
    socket.on('connect', () => whenOurs(() => this.onConnect())(undefined));
    socket.on(
      'items',
      whenOurs((event: ItemsEvent) => this.onItems(event)),
    );
    socket.on(
      'reset',
      whenOurs((event: ResetEvent) => this.onReset(event)),
    );
    socket.on(
      'tick',
      whenOurs((event: TickEvent) => this.onTick(event)),
    );
    socket.on(
      'closing',
      whenOurs((_event: ClosingEvent) => undefined),
    );
    socket.on(
      'connect_error',
      whenOurs(() => this.reconnect()),
    );
    socket.on(
      'disconnect',
      whenOurs(() => this.reconnect()),
    );
  }

  private onConnect(): void {
    this.connections += 1;
    this.failures = 0;
    this.heardAt = this.movedAt = Date.now();
    this.receipts.wake();
  }

  /** Leaves the node and comes back a little later, with jitter, so that not all come at once. */
  private reconnect(): void {
    const old = this.socket;
    this.socket = undefined;
    old?.close();
    if (this.closed) {
      return;
    }
    this.failures += 1;
    const most = Math.min(2_000, 100 * 2 ** this.failures);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), 50 + this.options.random() * most);
  }

  private onItems({ run, audience, epoch, items }: ItemsEvent): void {
    const now = Date.now();
    if (run !== this.run || audience !== this.audience) {
      this.misaddressed.push(`items of ${run}/${audience}`);
    }
    for (const item of items) {
      const last = this.cursor ?? { epoch, seq: 0 };
      const applies = epoch === last.epoch && item.seq === last.seq + 1;
      this.note(epoch, item, applies);
      if (applies) {
        this.cursor = { epoch, seq: item.seq };
        this.movedAt = now;
      } else if (epoch !== last.epoch || item.seq > last.seq + 1) {
        this.resume(last, now);
      }
    }
    if (this.cursor) {
      this.receipts.reached(this.cursor);
    }
  }

  private note(epoch: number, item: FeedItem, applies: boolean): void {
    const { kind, id, version } = item;
    const index = this.options.items.indexOf(shownItem(item));
    this.deliveries.add(epoch, item.seq, index, applies);
    if (applies) {
      this.receipts.shown(index, { kind, id, version });
    }
  }

  /** Not for each packet of a flood: the first answer brings what lacks. */
  private resume(last: Cursor, now: number): void {
    if (now - this.askedAt < RESUME_EVERY_MS) {
      return;
    }
    this.askedAt = now;
    this.resumes += 1;
    this.socket?.emit('resume', last, () => undefined);
  }

  private onReset({ epoch, seq, reason }: ResetEvent): void {
    this.resets.push({ after: this.deliveries.length, epoch, seq, reason });
    this.cursor = { epoch, seq };
    this.movedAt = Date.now();
  }

  private onTick({ epoch, headSeq }: TickEvent): void {
    this.heardAt = Date.now();
    this.headSeq = epoch === (this.cursor?.epoch ?? epoch) ? headSeq : this.headSeq;
    if (headSeq <= (this.cursor?.seq ?? 0)) {
      this.movedAt = this.heardAt;
    }
  }

  private look(): void {
    if (!this.connected) {
      return;
    }
    const now = Date.now();
    const behind = this.headSeq > (this.cursor?.seq ?? 0) && now - this.movedAt > BEHIND_LIMIT_MS;
    if (now - this.heardAt > STALE_AFTER_MS || behind) {
      this.stale += 1;
      this.reconnect();
    }
  }

  private async renew(): Promise<void> {
    try {
      const token = await this.options.tokens.of(this.options.username);
      this.socket?.emit('authenticate', { token }, () => undefined);
    } catch {
      // The server says when the token ends, and the next connection asks for another.
    }
  }
}
