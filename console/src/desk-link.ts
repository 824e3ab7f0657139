import { io, type Socket } from 'socket.io-client';
import type { ClockView } from '../../src/core/wire/clock.js';
import type {
  Ack,
  AcknowledgeMessage,
  ConsoleEvents,
  RespondMessage,
  ServerEvents,
} from '../../src/core/wire/desk-events.js';
import type { Acknowledgement, FeedItem } from '../../src/core/wire/feed.js';
import { connectionState, mustReconnect, type ConnectionState, type LinkFacts } from './connection.js';
import { cursorOf, emptyFeed, feedAfter, type FeedEvent, type FeedState } from './feed.js';
import type { Access } from './session.js';

export interface LinkOptions {
  access: Access;
  run: string;
  desk: string;
  /** An officer's console sends receipts; an onlooker's never does, so that watching changes nothing. */
  receipts: boolean;
}

/** What a page shows of a link. */
export interface LinkView {
  feed: FeedState;
  connection: ConnectionState;
  /** Why the service will not serve this feed at all; there is no point in trying again. */
  refused: string | undefined;
}

const RECEIVED_EVERY_MS = 250;
const REPLY_TIMEOUT_MS = 5000;
const RETRY_MS = 1500;
const CHECK_EVERY_MS = 500;
/** A token that is refused this often in a row is not old, it is not wanted. */
const MAX_REFUSALS = 3;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One desk's connection to one run. It owns the socket, feeds the reducer, sends receipts and watches the link.
 * React reads it as an external store through `subscribe` and `view`.
 */
export class DeskLink {
  private feed: FeedState = emptyFeed;
  private facts: LinkFacts = {
    link: 'connecting',
    lostAtMs: Date.now(),
    lastTickAtMs: undefined,
    connectedAtMs: undefined,
    seq: 0,
    headSeq: 0,
    progressAtMs: Date.now(),
  };
  private refused: string | undefined;
  private current: LinkView;
  private readonly listeners = new Set<() => void>();
  private readonly socket: Socket<ServerEvents, ConsoleEvents>;
  private readonly stops: (() => void)[] = [];
  private receivedSent = 0;
  private receivedTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly toDisplay = new Map<string, FeedItem>();
  private readonly displayed = new Set<string>();
  private reconnecting = false;
  private refusals = 0;
  private closed = false;

  constructor(private readonly options: LinkOptions) {
    this.current = { feed: this.feed, connection: connectionState(this.facts, Date.now()), refused: undefined };
    this.socket = io('/desk', {
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      timeout: 3000,
      reconnectionDelay: 400,
      reconnectionDelayMax: 4000,
      randomizationFactor: 0.5,
      // A function, so that every attempt carries a fresh token and the latest cursor.
      auth: (done) => void this.credentials().then(done, () => done({})),
    });
    this.listen();
  }

  open(): void {
    this.socket.connect();
    const timer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.stops.push(() => clearInterval(timer));
    this.stops.push(
      this.options.access.onRenewed((token) => {
        if (this.socket.connected) {
          this.socket.emit('authenticate', { token }, () => undefined);
        }
      }),
    );
  }

  close(): void {
    this.closed = true;
    this.stops.forEach((stop) => stop());
    clearTimeout(this.receivedTimer);
    clearTimeout(this.retryTimer);
    this.socket.disconnect();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): LinkView => this.current;

  /** Takes in who acknowledged what, as a snapshot told it. */
  learnAcknowledgements(epoch: number, acknowledged: readonly Acknowledgement[]): void {
    this.apply({ type: 'acknowledgements', epoch, acknowledged });
  }

  /** Takes in this console's own acknowledgement once the server has confirmed it. */
  learnOwn(acknowledgement: Acknowledgement): void {
    this.apply({ type: 'acknowledged', acknowledgement });
  }

  /** Takes in a clock that a command answered with, before the next tick brings it. */
  learnClock(clock: ClockView): void {
    this.apply({ type: 'clock', clock });
  }

  /** Notes that an item was on the screen; the receipt is sent once and repeated until it is confirmed. */
  markDisplayed(item: FeedItem): void {
    const key = `${this.feed.epoch}/${item.kind}/${item.id}/${item.version}`;
    if (this.options.receipts && !this.displayed.has(key) && !this.toDisplay.has(key)) {
      this.toDisplay.set(key, item);
      void this.sendDisplayed(key, item);
    }
  }

  /** Acknowledges an item version. The key makes a repeated message harmless, so it retries until it is answered. */
  acknowledge(message: AcknowledgeMessage, onRetry: () => void): Promise<Ack> {
    return this.untilAnswered(() => this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('acknowledge', message), onRetry);
  }

  /** Answers an inject; retries like `acknowledge`. */
  respond(message: RespondMessage, onRetry: () => void): Promise<Ack> {
    return this.untilAnswered(() => this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('respond', message), onRetry);
  }

  private async credentials(): Promise<Record<string, unknown>> {
    const token = await this.options.access.token();
    const cursor = cursorOf(this.feed);
    return { token, run: this.options.run, desk: this.options.desk, ...(cursor ? { cursor } : {}) };
  }

  private listen(): void {
    this.socket.on('connect', () => {
      this.reconnecting = false;
      this.refusals = 0;
      this.note({ link: 'up', connectedAtMs: Date.now(), progressAtMs: Date.now() });
      this.receivedSent = 0;
      this.sendReceived();
      for (const [key, item] of this.toDisplay) {
        void this.sendDisplayed(key, item);
      }
    });
    this.socket.on('disconnect', (reason) => {
      if (!this.reconnecting) {
        this.note({ link: 'lost', lostAtMs: Date.now() });
      }
      // After a close by the server Socket.IO leaves it to us to come back.
      if (reason === 'io server disconnect') {
        this.reconnectSoon();
      }
    });
    this.socket.on('connect_error', (error: Error & { data?: { code?: string } }) => this.onRefused(error.data?.code));
    this.socket.on('items', (event) => {
      this.apply({ type: 'items', event });
      this.sendReceived();
    });
    this.socket.on('tick', (event) => {
      this.facts = { ...this.facts, lastTickAtMs: Date.now() };
      this.apply({ type: 'tick', event, receivedAtMs: Date.now() });
    });
    this.socket.on('reset', (event) => {
      this.receivedSent = 0;
      this.apply({ type: 'reset', event });
    });
    this.socket.on('clock', (clock) => this.apply({ type: 'clock', clock }));
  }

  private onRefused(code: string | undefined): void {
    this.reconnecting = false;
    if (this.facts.link !== 'lost') {
      this.note({ link: 'lost', lostAtMs: Date.now() });
    }
    if (code === undefined) {
      // No answer at all: Socket.IO tries again by itself.
      return;
    }
    if (code === 'UNAUTHENTICATED' && this.refusals < MAX_REFUSALS) {
      this.refusals += 1;
      void this.options.access.renew().then(
        () => this.reconnectSoon(),
        () => this.refuse(code),
      );
    } else if (code === 'BAD_CURSOR') {
      this.apply({ type: 'cursor-refused' });
      this.reconnectSoon();
    } else if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN_FEED' || code === 'RUN_NOT_FOUND') {
      this.refuse(code);
    } else {
      this.reconnectSoon();
    }
  }

  private refuse(code: string): void {
    this.refused = code;
    this.publish();
  }

  private reconnectSoon(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(
      () => {
        if (!this.closed && !this.socket.connected) {
          this.socket.connect();
        }
      },
      400 + Math.random() * 800,
    );
  }

  /** Looks at the link twice a second and opens a new one when this one has gone quiet. */
  private check(): void {
    this.publish();
    if (mustReconnect(this.facts, Date.now())) {
      this.reconnecting = true;
      this.facts = { ...this.facts, link: 'connecting' };
      this.socket.disconnect().connect();
      this.publish();
    }
  }

  private apply(event: FeedEvent): void {
    const before = this.feed;
    this.feed = feedAfter(before, event);
    if (this.feed.seq !== before.seq || (before.headSeq <= before.seq && this.feed.headSeq > this.feed.seq)) {
      this.facts = { ...this.facts, progressAtMs: Date.now() };
    }
    this.facts = { ...this.facts, seq: this.feed.seq, headSeq: this.feed.headSeq };
    if (this.feed.gap && !before.gap) {
      this.resume();
    }
    this.publish();
  }

  private resume(): void {
    const cursor = cursorOf(this.feed) ?? { epoch: 1, seq: 0 };
    void this.socket
      .timeout(REPLY_TIMEOUT_MS)
      .emitWithAck('resume', cursor)
      .catch(() => undefined)
      .finally(() => this.apply({ type: 'resumed' }));
  }

  /** Received is cumulative, so only the last one of each quarter second is sent. */
  private sendReceived(): void {
    if (!this.options.receipts || this.receivedTimer !== undefined) {
      return;
    }
    this.receivedTimer = setTimeout(() => {
      this.receivedTimer = undefined;
      if (this.socket.connected && this.feed.seq > this.receivedSent) {
        this.receivedSent = this.feed.seq;
        const { epoch = 1, seq } = this.feed;
        this.socket.emit('received', { epoch, seq }, () => undefined);
      }
    }, RECEIVED_EVERY_MS);
  }

  private async sendDisplayed(key: string, item: FeedItem): Promise<void> {
    if (!this.socket.connected) {
      return;
    }
    try {
      const { kind, id, version } = item;
      await this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('displayed', { kind, id, version });
      this.toDisplay.delete(key);
      this.displayed.add(key);
    } catch {
      // It stays in `toDisplay` and goes out again on the next connection.
    }
  }

  private async untilAnswered(attempt: () => Promise<Ack>, onRetry: () => void): Promise<Ack> {
    while (!this.closed) {
      try {
        return await attempt();
      } catch {
        onRetry();
        await sleep(RETRY_MS);
      }
    }
    return { ok: false, code: 'CLOSED' };
  }

  private note(facts: Partial<LinkFacts>): void {
    this.facts = { ...this.facts, ...facts };
    this.publish();
  }

  private publish(): void {
    const connection = connectionState(this.facts, Date.now());
    if (
      this.current.feed !== this.feed ||
      this.current.refused !== this.refused ||
      JSON.stringify(this.current.connection) !== JSON.stringify(connection)
    ) {
      this.current = { feed: this.feed, connection, refused: this.refused };
      this.listeners.forEach((listener) => listener());
    }
  }
}
