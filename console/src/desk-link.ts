import { io, type Socket } from 'socket.io-client';
import type { ClockView } from '../../src/core/wire/clock.js';
import type {
  Ack,
  AcknowledgeMessage,
  ConsoleEvents,
  DisplayedMessage,
  RespondMessage,
  ServerEvents,
} from '../../src/core/wire/desk-events.js';
import { CONNECT_TIMEOUT_MS, SEND_AGAIN } from '../../src/core/wire/desk-rules.js';
import type { Acknowledgement, FeedItem, FeedSnapshot } from '../../src/core/wire/feed.js';
import { connectionState, heardAt, mustReconnect, type ConnectionState, type LinkFacts } from './connection.js';
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
  /** How often it was connected; receipts that were told in between are in the snapshot only. */
  connections: number;
  /** Whether the service closed the connection because this console sent too much. */
  sentTooMuch: boolean;
}

/** A receipt of arrival moves nothing and nobody waits for it: once a second is soon enough, and a thousand consoles add up. */
const RECEIVED_EVERY_MS = 1000;
const REPLY_TIMEOUT_MS = 5000;
const RETRY_MS = 1500;
/**
 * When many lose their connection at once, they come back spread over these times instead of all together; one that sent too much
 * stays away for longer.
 */
const COME_BACK_MS = { least: 300, most: 2500 };
const COME_BACK_AFTER_FLOOD_MS = { least: 5000, most: 10_000 };
const CHECK_EVERY_MS = 250;
/** A token that is refused this often in a row is not old, it is not wanted. */
const MAX_REFUSALS = 3;

const between = ({ least, most }: { least: number; most: number }): number => least + Math.random() * (most - least);
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
  private connections = 0;
  private sentTooMuch = false;
  private current: LinkView;
  private readonly listeners = new Set<() => void>();
  private readonly socket: Socket<ServerEvents, ConsoleEvents>;
  private readonly stops: (() => void)[] = [];
  private receivedSent = 0;
  private receivedTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly toDisplay = new Map<string, DisplayedMessage>();
  private readonly displayed = new Set<string>();
  private reconnecting = false;
  private refusals = 0;
  private closed = false;

  constructor(private readonly options: LinkOptions) {
    this.current = this.viewNow();
    this.socket = io('/desk', {
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      timeout: CONNECT_TIMEOUT_MS,
      // A node that died may be met once more before the balancer knows: the next attempt must not wait for long.
      reconnectionDelay: 700,
      reconnectionDelayMax: COME_BACK_MS.most,
      randomizationFactor: 0.6,
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

  /**
   * Takes in receipts and duties as a snapshot told them. False when duties were told since it was asked for: they stand, and
   * another snapshot is needed.
   */
  learnSnapshot(snapshot: FeedSnapshot, obligationEvents: number): boolean {
    this.apply({ type: 'snapshot', snapshot, obligationEvents });
    return this.feed.obligationEvents === obligationEvents;
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
      const { kind, id, version } = item;
      const message = { kind, id, version, epoch: this.feed.epoch };
      this.toDisplay.set(key, message);
      void this.sendDisplayed(key, message);
    }
  }

  /** Acknowledges an item version. The key makes a repeated message harmless, so it retries until it is answered. */
  acknowledge(message: AcknowledgeMessage, onRetry: () => void): Promise<Ack> {
    const { epoch } = this.feed;
    return this.untilAnswered(
      () => this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('acknowledge', { ...message, epoch }),
      onRetry,
    );
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
      this.sentTooMuch = false;
      this.connections += 1;
      this.note({ link: 'up', connectedAtMs: Date.now(), progressAtMs: Date.now() });
      this.receivedSent = 0;
      this.sendReceived();
      for (const [key, message] of this.toDisplay) {
        void this.sendDisplayed(key, message);
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
    this.socket.on('closing', ({ reason }) => {
      this.sentTooMuch = reason === 'TOO_MANY_MESSAGES';
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
    this.socket.on('receipt', ({ receipts }) => this.apply({ type: 'receipts', receipts }));
    this.socket.on('obligation', ({ obligations }) => this.apply({ type: 'obligations', obligations }));
    this.socket.on('behind', (event) => this.apply({ type: 'behind', event }));
  }

  private onRefused(code: string | undefined): void {
    this.reconnecting = false;
    if (this.facts.link !== 'lost') {
      // The list is as old as the last sign of life, not as this refusal.
      this.note({ link: 'lost', lostAtMs: heardAt(this.facts) || Date.now() });
    }
    if (code === undefined) {
      // No answer at all. Socket.IO tries again by itself only while its own attempts are counted from none.
      this.reconnectSoon();
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
      between(this.sentTooMuch ? COME_BACK_AFTER_FLOOD_MS : COME_BACK_MS),
    );
  }

  /** Looks at the link four times a second and opens a new one when this one has gone quiet. */
  private check(): void {
    this.publish();
    if (mustReconnect(this.facts, Date.now())) {
      this.reconnecting = true;
      this.facts = { ...this.facts, link: 'connecting' };
      this.socket.disconnect();
      this.reconnectSoon();
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

  /** Received is cumulative, so only the last one of each second is sent. */
  private sendReceived(): void {
    if (!this.options.receipts || this.receivedTimer !== undefined) {
      return;
    }
    this.receivedTimer = setTimeout(() => {
      this.receivedTimer = undefined;
      if (this.socket.connected && this.feed.seq > this.receivedSent) {
        this.receivedSent = this.feed.seq;
        const { epoch = 1, seq } = this.feed;
        this.socket.emit('received', { epoch, seq }, ({ ok, code }) => {
          if (!ok && SEND_AGAIN.has(code ?? '')) {
            this.receivedSent = Math.min(this.receivedSent, seq - 1);
            this.sendReceived();
          }
        });
      }
    }, RECEIVED_EVERY_MS);
  }

  private async sendDisplayed(key: string, message: DisplayedMessage): Promise<void> {
    if (!this.socket.connected) {
      return;
    }
    try {
      const reply = await this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('displayed', message);
      if (!reply.ok && SEND_AGAIN.has(reply.code ?? '')) {
        await sleep(between(COME_BACK_MS));
        return await this.sendDisplayed(key, message);
      }
      this.toDisplay.delete(key);
      this.displayed.add(key);
    } catch {
      // It stays in `toDisplay` and goes out again on the next connection.
    }
  }

  private async untilAnswered(attempt: () => Promise<Ack>, onRetry: () => void): Promise<Ack> {
    while (!this.closed) {
      try {
        const reply = await attempt();
        if (reply.ok || !SEND_AGAIN.has(reply.code ?? '')) {
          return reply;
        }
      } catch {
        // No reply at all: the connection was lost, or the service is busy.
      }
      onRetry();
      await sleep(RETRY_MS);
    }
    return { ok: false, code: 'CLOSED' };
  }

  private note(facts: Partial<LinkFacts>): void {
    this.facts = { ...this.facts, ...facts };
    this.publish();
  }

  private publish(): void {
    const next = this.viewNow();
    const { feed, connection, ...rest } = next;
    const { feed: feedBefore, connection: connectionBefore, ...before } = this.current;
    if (feed !== feedBefore || JSON.stringify([connection, rest]) !== JSON.stringify([connectionBefore, before])) {
      this.current = next;
      this.listeners.forEach((listener) => listener());
    }
  }

  private viewNow(): LinkView {
    return {
      feed: this.feed,
      connection: connectionState(this.facts, Date.now()),
      refused: this.refused,
      connections: this.connections,
      sentTooMuch: this.sentTooMuch,
    };
  }
}
