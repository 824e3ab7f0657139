import { connect, type Socket } from 'node:net';
import { RECEIPT_ITEMS, RECEIPT_MS, type BenchConsole, type ConsoleEvents } from './console.js';
import { FrameReader, pongFrame, textFrame, upgradeRequest } from './frames.js';
import type { Group } from './messages.js';
import { scanTokens } from './token.js';

const code = (letter: string): number => letter.charCodeAt(0);
const [OPEN, PING, MESSAGE] = [code('0'), code('2'), code('4')];
const [CONNECTED, EVENT, ACK, REFUSED] = [code('0'), code('2'), code('3'), code('4')];
const PONG = textFrame('3');
const SEQ = '"seq":';
const EPOCH = /"epoch":(\d+)/;
const DESK_EVENT = '42/desk,["'.length;
const RECONNECT_MS = 200;

/** A console that does what the wire contract asks and nothing else, on a bare socket, so that it does not hide the server. */
export class LightConsole implements BenchConsole {
  private socket!: Socket;
  private closed = false;
  private subscribed = false;
  private epoch: number;
  private seq: number;
  private unsaid = 0;
  private timer?: NodeJS.Timeout;
  private acks = 0;

  constructor(
    readonly group: Group,
    private readonly events: ConsoleEvents,
  ) {
    this.epoch = group.auth?.cursor.epoch ?? 0;
    this.seq = group.auth?.cursor.seq ?? 0;
    this.connect(group.port);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.destroy();
  }

  private connect(port: number): void {
    const { wire } = this.group;
    const reader = new FrameReader({
      opened: () => undefined,
      text: (payload) => (wire === 'ws' ? this.onPlain(payload) : this.onPacket(payload)),
      ping: (payload) => this.socket.write(pongFrame(payload)),
      closed: () => this.socket.destroy(),
    });
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket.on('data', (bytes) => reader.push(bytes));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => this.onClose());
    const path = wire === 'ws' ? `/?feed=${this.group.feed}` : '/socket.io/?EIO=4&transport=websocket';
    this.socket.write(upgradeRequestTo(path, port));
  }

  private onClose(): void {
    if (this.closed || this.group.stalled) {
      return;
    }
    if (this.group.wire !== 'desk') {
      this.events.failed(`the server closed a console of ${this.group.feed}`);
      return;
    }
    this.events.reconnecting();
    const delay = RECONNECT_MS * (0.5 + Math.random());
    setTimeout(() => !this.closed && this.connect(this.group.otherPort ?? this.group.port), delay);
  }

  private onPlain(payload: Buffer): void {
    this.takeAlerts(payload);
    this.nowSubscribed();
  }

  private onPacket(payload: Buffer): void {
    const kind = payload[0];
    if (kind === PING) {
      this.socket.write(PONG);
    } else if (kind === OPEN) {
      const { auth, feed } = this.group;
      const cursor = { epoch: this.epoch, seq: this.seq };
      this.send(auth ? `40/desk,${JSON.stringify({ ...auth, cursor })}` : `40${JSON.stringify({ feed })}`);
    } else if (kind === MESSAGE) {
      this.onMessage(payload);
    }
  }

  private onMessage(payload: Buffer): void {
    const kind = payload[1];
    if (kind === ACK && payload.includes('"ok":false')) {
      this.events.receiptRefused();
    } else if (kind === REFUSED) {
      this.onRefused(payload.toString());
    } else if (kind === EVENT) {
      if (this.group.wire === 'desk') {
        this.onDeskEvent(payload);
      } else {
        this.onPlain(payload);
      }
    } else if (kind !== CONNECTED && kind !== ACK) {
      this.socket.destroy();
    }
  }

  /** A server that is busy or about to stop is tried again, as the contract has it; anything else is a mistake of ours. */
  private onRefused(answer: string): void {
    if (/DATABASE_UNAVAILABLE|STOPPING/.test(answer)) {
      this.socket.destroy();
    } else {
      this.events.failed(`a console was refused: ${answer}`);
    }
  }

  private onDeskEvent(payload: Buffer): void {
    const name = payload.toString('latin1', DESK_EVENT, DESK_EVENT + 5);
    if (name === 'items') {
      this.onItems(payload);
    } else if (name.startsWith('tick')) {
      this.nowSubscribed();
    } else if (name === 'reset') {
      this.events.gap();
      const { epoch, seq } = (
        JSON.parse(payload.toString().slice(DESK_EVENT - 2)) as [string, typeof this.position]
      )[1];
      [this.epoch, this.seq] = [epoch, seq];
    }
  }

  private get position(): { epoch: number; seq: number } {
    return { epoch: this.epoch, seq: this.seq };
  }

  private onItems(payload: Buffer): void {
    const first = numberAfter(payload, payload.indexOf(SEQ));
    const last = numberAfter(payload, payload.lastIndexOf(SEQ));
    if (first !== this.seq + 1 || last < first) {
      this.events.gap();
    }
    this.epoch = Number(EPOCH.exec(payload.toString('latin1', 0, 120))?.[1] ?? this.epoch);
    this.unsaid += last - this.seq;
    this.seq = last;
    this.takeAlerts(payload);
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
    this.acks += 1;
    this.send(`42/desk,${this.acks}["received",{"seq":${this.seq},"epoch":${this.epoch}}]`);
  }

  private takeAlerts(payload: Buffer): void {
    scanTokens(payload, (number) => this.events.delivered(number));
  }

  private nowSubscribed(): void {
    if (!this.subscribed) {
      this.subscribed = true;
      this.events.subscribed();
      if (this.group.stalled) {
        this.socket.pause();
      }
    }
  }

  private send(text: string): void {
    this.socket.write(textFrame(text));
  }
}

const upgradeRequestTo = (path: string, port: number): string => upgradeRequest(path, `127.0.0.1:${port}`);

/** The number that stands right after a name of a JSON field. */
function numberAfter(text: Buffer, at: number): number {
  return at < 0 ? NaN : parseInt(text.toString('latin1', at + SEQ.length, at + SEQ.length + 12), 10);
}
