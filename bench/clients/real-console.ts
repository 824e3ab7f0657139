import { io, type Socket } from 'socket.io-client';
import { RECEIPT_ITEMS, RECEIPT_MS, type BenchConsole, type ConsoleEvents } from './console.js';
import type { Group } from './messages.js';
import { scanTokens } from './token.js';

interface Items {
  epoch: number;
  items: { seq: number; body: unknown }[];
}

/** The same console on the real client of Socket.IO: it shows that the light one tells the truth. */
export class RealConsole implements BenchConsole {
  private readonly socket: Socket;
  private subscribed = false;
  private position?: { epoch: number; seq: number };
  private unsaid = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    readonly group: Group,
    private readonly events: ConsoleEvents,
  ) {
    const { wire, port, auth, feed } = group;
    this.position = auth?.cursor;
    const namespace = wire === 'desk' ? '/desk' : '/';
    this.socket = io(`http://127.0.0.1:${port}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: auth ?? { feed },
    });
    this.socket.on('connect_error', (error) => events.failed(error.message));
    this.socket.on('disconnect', () => events.reconnecting());
    this.socket.on('tick', () => this.nowSubscribed());
    this.socket.on('welcome', () => this.nowSubscribed());
    this.socket.on('alert', (alert: unknown) => this.take(alert));
    this.socket.on('items', (packet: Items) => this.onItems(packet));
  }

  close(): void {
    clearTimeout(this.timer);
    this.socket.off('disconnect').disconnect();
  }

  private onItems({ epoch, items }: Items): void {
    for (const { seq, body } of items) {
      if (seq !== (this.position?.seq ?? 0) + 1) {
        this.events.gap();
      }
      this.position = { epoch, seq };
      this.take(body);
    }
    this.unsaid += items.length;
    if (this.unsaid >= RECEIPT_ITEMS) {
      this.sendReceipt();
    } else {
      this.timer ??= setTimeout(() => this.sendReceipt(), RECEIPT_MS);
    }
  }

  private sendReceipt(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unsaid = 0;
    this.socket.emit('received', this.position, ({ ok }: { ok: boolean }) => ok || this.events.receiptRefused());
  }

  private take(alert: unknown): void {
    scanTokens(Buffer.from(JSON.stringify(alert)), (number) => this.events.delivered(number));
  }

  private nowSubscribed(): void {
    if (!this.subscribed) {
      this.subscribed = true;
      this.events.subscribed();
    }
  }
}
