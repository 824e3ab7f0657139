import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { applyPacket } from '../core/delivery/apply-packet.js';
import type { ClockView } from '../core/wire/clock.js';
import type { Ack, ItemsEvent, ResetEvent, TickEvent } from '../core/wire/desk-events.js';
import { BEHIND_LIMIT_MS, CONNECT_TIMEOUT_MS, STALE_AFTER_MS } from '../core/wire/desk-rules.js';
import type { Cursor, FeedItem } from '../core/wire/feed.js';
import type { Api } from './api.js';
import { CliError } from './cli-error.js';
import { ReceivedReceipts } from './received-receipts.js';

export type FeedState = 'connecting' | 'live' | 'stale' | 'disconnected';

/** Something that a feed in order never does. */
export interface FeedFault {
  kind: 'gap' | 'duplicate';
  detail: string;
}

export interface DeskFeedListener {
  items?(items: FeedItem[], packet: ItemsEvent, receivedAt: number): void;
  clock?(clock: ClockView): void;
  tick?(tick: TickEvent, receivedAt: number): void;
  reset?(reset: ResetEvent): void;
  state?(state: FeedState, detail: string): void;
  fault?(fault: FeedFault): void;
  /** The service will not let this desk in; the feed is closed. */
  refused?(code: string, detail: string): void;
}

export interface DeskFeedOptions {
  api: Pick<Api, 'url' | 'token' | 'onToken'>;
  run: string;
  desk: string;
  cursor?: Cursor;
  /** Tell the service what was received; an onlooker's receipts would be refused. */
  receipts?: boolean;
}

const CALLBACK_TIMEOUT_MS = 5_000;
/** When many lose their connection at once, they come back spread over these times instead of all together. */
const COME_BACK_MS = { least: 400, most: 4_000 };
const FINAL_CODES = new Set(['FORBIDDEN_FEED', 'RUN_NOT_FOUND', 'BAD_CURSOR']);

/**
 * The console's side of the delivery promise for one desk: applies `last + 1` only, drops older items, asks to
 * resume at a gap, follows a reset, reconnects with its cursor, and calls a feed stale that no longer ticks.
 */
export class DeskFeed {
  cursor?: Cursor;
  headSeq = 0;
  state: FeedState = 'connecting';
  /** Why it is in this state. */
  detail = 'not connected yet';
  closed = false;
  private readonly socket: Socket;
  private readonly watch: NodeJS.Timeout;
  private readonly forgetToken: () => void;
  private heardAt = Date.now();
  private behindSince?: number;
  private resuming = false;
  private retry?: NodeJS.Timeout;
  private readonly receipts?: ReceivedReceipts;
  private renewToken = false;

  constructor(
    private readonly options: DeskFeedOptions,
    private readonly listener: DeskFeedListener,
  ) {
    this.cursor = options.cursor;
    this.socket = io(`${options.api.url}/desk`, {
      transports: ['websocket'],
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      reconnectionDelay: (COME_BACK_MS.least + COME_BACK_MS.most) / 2,
      reconnectionDelayMax: 2 * COME_BACK_MS.most,
      randomizationFactor: 0.8,
      auth: (give) => void this.credentials(give),
    });
    if (options.receipts) {
      this.receipts = new ReceivedReceipts((seq) => void this.send('received', { seq }), this.lastSeq);
    }
    this.socket.on('connect', () => {
      this.heardAt = Date.now();
      this.behindSince = undefined;
      this.resuming = false;
      this.become('live', 'connected');
    });
    this.socket.on('disconnect', (reason) => {
      this.become('disconnected', reason);
      if (reason === 'io server disconnect') {
        this.retrySoon();
      }
    });
    this.socket.on('connect_error', (error: Error & { data?: { code?: string } }) => this.failed(error));
    this.socket.on('items', (packet: ItemsEvent) => this.apply(packet));
    this.socket.on('reset', (reset: ResetEvent) => this.restart(reset));
    this.socket.on('tick', (tick: TickEvent) => this.ticked(tick));
    this.socket.on('clock', (clock: ClockView) => this.listener.clock?.(clock));
    this.socket.on('closing', (told: { reason?: string }) =>
      this.listener.state?.(this.state, `the service closes: ${told.reason ?? 'no reason given'}`),
    );
    this.forgetToken = options.api.onToken((token) => void this.send('authenticate', { token }));
    this.watch = setInterval(() => this.checkFresh(), 250);
  }

  get lastSeq(): number {
    return this.cursor?.seq ?? 0;
  }

  displayed({ kind, id, version }: FeedItem): Promise<Ack> {
    return this.send('displayed', { kind, id, version, epoch: this.cursor?.epoch });
  }

  acknowledge({ kind, id, version }: FeedItem, key: string, note?: string): Promise<Ack> {
    return this.send('acknowledge', { kind, id, version, epoch: this.cursor?.epoch, note, key });
  }

  /** Tells the last receipt and leaves. */
  close(): void {
    if (this.closed) {
      return;
    }
    this.closed = true;
    this.receipts?.flush();
    clearInterval(this.watch);
    clearTimeout(this.retry);
    this.forgetToken();
    this.socket.disconnect();
  }

  private async credentials(give: (auth: object) => void): Promise<void> {
    const renew = this.renewToken;
    this.renewToken = false;
    const { run, desk } = this.options;
    try {
      give({ token: await this.options.api.token(renew), run, desk, cursor: this.cursor });
    } catch (error) {
      if (error instanceof CliError && error.more.status === 401) {
        this.refuse('UNAUTHENTICATED', 'the sign-in has ended');
      } else {
        // The service refuses a sign-in without a token, and the next try asks for one again.
        give({ run, desk, cursor: this.cursor });
      }
    }
  }

  private failed(error: Error & { data?: { code?: string } }): void {
    const code = error.data?.code;
    if (code && FINAL_CODES.has(code)) {
      this.refuse(code, error.message);
      return;
    }
    this.renewToken = code === 'UNAUTHENTICATED';
    this.become('disconnected', code ?? error.message);
    if (!this.socket.active) {
      this.retrySoon();
    }
  }

  private refuse(code: string, detail: string): void {
    this.close();
    this.listener.refused?.(code, detail);
  }

  /** Socket.IO does not come back by itself after the service has closed or refused a socket. */
  private retrySoon(): void {
    if (!this.closed) {
      clearTimeout(this.retry);
      const spreadMs = Math.random() * (COME_BACK_MS.most - COME_BACK_MS.least);
      this.retry = setTimeout(() => this.socket.connect(), COME_BACK_MS.least + spreadMs);
    }
  }

  private apply(packet: ItemsEvent): void {
    const receivedAt = Date.now();
    const applied = applyPacket(this.cursor, packet);
    this.cursor = applied.cursor;
    this.headSeq = Math.max(this.headSeq, applied.cursor.seq);
    // What was under way when a resume was asked for comes twice, and rightly so.
    if (applied.repeated.length > 0 && !this.resuming) {
      const seqs = applied.repeated.map((item) => item.seq).join(', ');
      this.listener.fault?.({ kind: 'duplicate', detail: `seq ${seqs} came again` });
    }
    if (applied.accepted.length > 0) {
      this.behindSince = undefined;
      this.listener.items?.(applied.accepted, packet, receivedAt);
      this.receipts?.applied(this.lastSeq);
    }
    if (applied.gap && !this.resuming) {
      const { expected, got } = applied.gap;
      const detail = `expected ${expected.epoch}:${expected.seq}, got ${got.epoch}:${got.seq}`;
      this.listener.fault?.({ kind: 'gap', detail });
      void this.resume(applied.cursor);
    }
  }

  private async resume(cursor: Cursor): Promise<void> {
    this.resuming = true;
    await this.send('resume', cursor);
    this.resuming = false;
  }

  private restart(reset: ResetEvent): void {
    this.cursor = { epoch: reset.epoch, seq: reset.seq };
    this.headSeq = reset.seq;
    this.receipts?.restart(reset.seq);
    this.behindSince = undefined;
    this.listener.reset?.(reset);
  }

  private ticked(tick: TickEvent): void {
    this.heardAt = Date.now();
    this.become('live', 'ticking again');
    if (!this.cursor || tick.epoch === this.cursor.epoch) {
      this.headSeq = Math.max(this.headSeq, tick.headSeq);
      this.behindSince = tick.headSeq > this.lastSeq ? (this.behindSince ?? this.heardAt) : undefined;
    }
    this.listener.tick?.(tick, this.heardAt);
    this.listener.clock?.(tick.clock);
  }

  private checkFresh(): void {
    const now = Date.now();
    const silent = now - this.heardAt > STALE_AFTER_MS;
    const behind = this.behindSince !== undefined && now - this.behindSince > BEHIND_LIMIT_MS;
    if (this.state === 'live' && (silent || behind)) {
      this.become(
        'stale',
        silent
          ? `no tick for ${STALE_AFTER_MS / 1000} s`
          : `behind the head of the feed (${this.lastSeq}/${this.headSeq})`,
      );
      this.socket.disconnect();
      this.retrySoon();
    }
  }

  private become(state: FeedState, detail: string): void {
    // A feed stays stale until it is live again, although the reconnecting disconnects it.
    if (state !== this.state && !this.closed && !(this.state === 'stale' && state === 'disconnected')) {
      this.state = state;
      this.detail = detail;
      this.listener.state?.(state, detail);
    }
  }

  private async send(event: string, body: object): Promise<Ack> {
    if (!this.socket.connected) {
      return { ok: false, code: 'DISCONNECTED', detail: 'the desk is not connected' };
    }
    try {
      return (await this.socket.timeout(CALLBACK_TIMEOUT_MS).emitWithAck(event, body)) as Ack;
    } catch {
      return { ok: false, code: 'TIMEOUT', detail: 'the service did not answer in time' };
    }
  }
}
