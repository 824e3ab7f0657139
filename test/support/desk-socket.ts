import { io, type Socket } from 'socket.io-client';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { Ack, ObligationEvent, ReceiptEvent, ReceiptView } from '../../src/core/wire/desk-events.js';
import type { ObligationView } from '../../src/core/wire/obligation.js';
import { eventually } from './eventually.js';

export interface DeskSocketOptions {
  token: string;
  run: string;
  desk: string;
  cursor?: { epoch: number; seq: number };
}

/** A console as the wire contract has it, which keeps everything that it was sent, in order, and checks nothing by itself. */
export class DeskSocket {
  readonly items: (FeedItem & { epoch: number })[] = [];
  readonly resets: { epoch: number; seq: number; reason: string }[] = [];
  readonly ticks: { at: string; epoch: number; headSeq: number; clock: Record<string, unknown> }[] = [];
  readonly clocks: Record<string, unknown>[] = [];
  readonly closings: { reason: string }[] = [];
  readonly receipts: ReceiptView[] = [];
  readonly obligations: ObligationView[] = [];
  /** Whether it was told of its duties on joining: from then on it is told of every receipt. */
  followsReceipts = false;

  private constructor(readonly socket: Socket) {
    socket.on('items', ({ epoch, items }: { epoch: number; items: FeedItem[] }) =>
      this.items.push(...items.map((item) => ({ ...item, epoch }))),
    );
    socket.on('reset', (message: DeskSocket['resets'][number]) => this.resets.push(message));
    socket.on('tick', (message: DeskSocket['ticks'][number]) => this.ticks.push(message));
    socket.on('clock', (clock: Record<string, unknown>) => this.clocks.push(clock));
    socket.on('closing', (message: { reason: string }) => this.closings.push(message));
    socket.on('receipt', ({ receipts }: ReceiptEvent) => this.receipts.push(...receipts));
    socket.on('obligation', ({ obligations }: ObligationEvent) => {
      this.followsReceipts = true;
      this.obligations.push(...obligations);
    });
  }

  /** Connects and resolves when the connection stands; rejects with the connect_error of the server. */
  static async open(url: string, auth: DeskSocketOptions): Promise<DeskSocket> {
    const socket = io(`${url}/desk`, { transports: ['websocket'], auth, forceNew: true, reconnection: false });
    const desk = new DeskSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return desk;
  }

  /** Sends an event and returns its answer. */
  send(event: string, message: unknown): Promise<Ack> {
    return this.socket.timeout(20_000).emitWithAck(event, message) as Promise<Ack>;
  }

  /** The first item for which `test` holds, now or when it comes. */
  item(
    what: string,
    test: (item: FeedItem & { epoch: number }) => boolean,
    deadlineMs?: number,
  ): Promise<FeedItem & { epoch: number }> {
    return eventually(`an item at the desk: ${what}`, () => this.items.find(test), deadlineMs);
  }

  close(): void {
    this.socket.close();
  }
}
