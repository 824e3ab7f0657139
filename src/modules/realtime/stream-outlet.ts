import { hasRoom } from '../../core/delivery/window.js';
import type { ClockView } from '../../core/wire/clock.js';
import type { BehindEvent, ResetEvent, ServerEvents, TickEvent } from '../../core/wire/desk-events.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { Outlet, Packet } from '../dissemination/outlet.js';
import { eventIdOf } from './channel-cursor.js';

/** A reader that takes nothing in for so long is lost: nothing else would say so, as no pings go over this channel. */
const STALLED_MS = 10_000;
/** How long a reader may take over the last words. */
const CLOSING_MS = 1_000;

/** What an outlet needs of an HTTP response. */
export interface StreamEnd {
  write(chunk: Buffer, done: () => void): boolean;
  end(chunk: Buffer): unknown;
  destroy(): unknown;
}

/** One event in the form of the HTML standard. JSON has no line break outside of its texts' escapes, so that it is one line. */
export function eventFrame(event: keyof ServerEvents, json: string, position?: Cursor): Buffer {
  const id = position === undefined ? '' : `id: ${eventIdOf(position)}\n`;
  return Buffer.from(`${id}event: ${event}\ndata: ${json}\n\n`);
}

/** The same body as on the socket, put together from what is stored. */
function itemsFrame({ key, epoch, last, texts }: Packet): Buffer {
  const head = JSON.stringify({ run: key.run, audience: key.audience, epoch });
  return eventFrame('items', `${head.slice(0, -1)},"items":[${texts.join(',')}]}`, { epoch, seq: last });
}

/** One reader of server-sent events. */
export class StreamOutlet implements Outlet {
  private waiting = 0;
  private stalled?: NodeJS.Timeout;
  private callbacks: (() => void)[] = [];
  private closed = false;

  constructor(
    private readonly stream: StreamEnd,
    private readonly onItems: (count: number) => void,
  ) {}

  items(packet: Packet): boolean {
    this.write(packet.frame('sse', itemsFrame));
    this.onItems(packet.texts.length);
    return hasRoom(this.waiting);
  }

  /** With an id, so that a reader which is cut off right after it does not come back with a position of the old epoch. */
  reset(event: ResetEvent): void {
    this.write(eventFrame('reset', JSON.stringify(event), event));
  }

  tick(event: TickEvent): void {
    this.write(eventFrame('tick', JSON.stringify(event)));
  }

  clock(clock: ClockView): void {
    this.write(eventFrame('clock', JSON.stringify(clock)));
  }

  behind(event: BehindEvent): void {
    this.write(eventFrame('behind', JSON.stringify(event)));
  }

  close(reason: string): void {
    if (!this.closed) {
      this.gone();
      this.stream.end(eventFrame('closing', JSON.stringify({ reason })));
      setTimeout(() => this.stream.destroy(), CLOSING_MS).unref();
    }
  }

  whenReady(callback: () => void): void {
    this.callbacks.push(callback);
  }

  /** The connection is over, from whichever side. */
  gone(): void {
    this.closed = true;
    clearTimeout(this.stalled);
  }

  private write(frame: Buffer): void {
    if (this.closed) {
      return;
    }
    this.waiting += frame.length;
    this.stalled ??= setTimeout(() => this.stream.destroy(), STALLED_MS).unref();
    this.stream.write(frame, () => {
      this.waiting -= frame.length;
      if (this.waiting === 0) {
        this.ready();
      }
    });
  }

  private ready(): void {
    clearTimeout(this.stalled);
    this.stalled = undefined;
    const { callbacks } = this;
    this.callbacks = [];
    callbacks.forEach((callback) => callback());
  }
}
