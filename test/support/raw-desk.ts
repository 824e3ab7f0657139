import { WebSocket } from 'ws';
import type { Cursor } from '../../src/core/wire/feed.js';
import { eventually } from './eventually.js';

/** A console that speaks Socket.IO over a bare WebSocket, so that it can stop reading, and cost little. */
export class RawDesk {
  /** Every event in order, as name and body. */
  readonly events: [string, Record<string, unknown>][] = [];
  /** Positions of the items, in order of arrival. */
  readonly seqs: number[] = [];
  closed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.hear(data.toString()));
    socket.on('close', () => (this.closed = true));
  }

  /** Connects to `/desk` and resolves when it was let in. */
  static async open(
    url: string,
    auth: { token: string; run: string; desk: string; cursor?: Cursor },
  ): Promise<RawDesk> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const desk = new RawDesk(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(`40/desk,${JSON.stringify(auth)}`);
    await eventually('the console is let in', () => desk.events.some(([name]) => name === 'connected'));
    return desk;
  }

  of(name: string): Record<string, unknown>[] {
    return this.events.filter(([event]) => event === name).map(([, body]) => body);
  }

  /** Sends an event that asks for no answer. */
  send(event: string, body: unknown): void {
    this.socket.send(`42/desk,${JSON.stringify([event, body])}`);
  }

  /** Stops reading; the server's pings are answered all the same, so that it is slow and not lost. */
  pause(): void {
    this.socket.pause();
    const alive = setInterval(() => this.socket.send('3'), 500);
    this.socket.once('close', () => clearInterval(alive));
    this.unpause = () => clearInterval(alive);
  }

  readOn(): void {
    this.unpause();
    this.socket.resume();
  }

  close(): void {
    this.socket.terminate();
  }

  private unpause: () => void = () => undefined;

  private hear(message: string): void {
    if (message === '2') {
      this.socket.send('3');
    } else if (message.startsWith('40/desk')) {
      this.events.push(['connected', {}]);
    } else if (message.startsWith('42/desk,')) {
      const [name, body] = JSON.parse(message.slice('42/desk,'.length)) as [string, Record<string, unknown>];
      if (name === 'items') {
        this.seqs.push(...(body['items'] as { seq: number }[]).map(({ seq }) => seq));
        this.events.push([name, {}]);
      } else {
        this.events.push([name, body]);
      }
    }
  }
}
