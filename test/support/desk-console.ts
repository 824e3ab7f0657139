import { io, type Socket } from 'socket.io-client';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { eventually } from './eventually.js';

/** A console that comes back with its cursor after every loss of its connection. It keeps what it was sent, doubles included. */
export class DeskConsole {
  readonly items: FeedItem[] = [];
  readonly resets: string[] = [];
  readonly closings: string[] = [];
  connections = 0;
  private readonly socket: Socket;

  constructor(url: string, auth: { token: string; run: string; desk: string }) {
    let cursor: { epoch: number; seq: number } | undefined;
    this.socket = io(`${url}/desk`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      auth: (give) => give({ ...auth, cursor }),
    });
    this.socket.on('connect', () => (this.connections += 1));
    this.socket.on('items', ({ epoch, items }: { epoch: number; items: FeedItem[] }) => {
      this.items.push(...items);
      cursor = { epoch, seq: items.at(-1)?.seq ?? 0 };
    });
    this.socket.on('reset', ({ reason }: { reason: string }) => this.resets.push(reason));
    this.socket.on('closing', ({ reason }: { reason: string }) => this.closings.push(reason));
    // Closed by the server: Socket.IO leaves it to the program to come back.
    this.socket.on('disconnect', (reason) => reason === 'io server disconnect' && this.socket.connect());
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  get seqs(): number[] {
    return this.items.map(({ seq }) => seq);
  }

  async whenConnected(): Promise<this> {
    await eventually('the console is connected', () => this.socket.connected);
    return this;
  }

  close(): void {
    this.socket.close();
  }
}

/** The sequence of a feed that lacks nothing and doubles nothing. */
export const upTo = (headSeq: number): number[] => Array.from({ length: headSeq }, (_, index) => index + 1);
