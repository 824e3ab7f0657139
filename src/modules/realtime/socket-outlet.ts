import type { Socket } from 'socket.io';
import { hasRoom } from '../../core/delivery/window.js';
import type { ClockView } from '../../core/wire/clock.js';
import type { BehindEvent, ResetEvent, ServerEvents, TickEvent } from '../../core/wire/desk-events.js';
import type { Outlet, Packet } from '../dissemination/outlet.js';
import { frameOf, itemsFrame, writeFrame, type Frame } from './socket-frames.js';

/** What a console can do without: it is dropped while the window is full. */
export type SmallEvent = Exclude<keyof ServerEvents, 'items' | 'reset' | 'closing'>;

/** Bodies that are told to many, with the frame made of them. */
const frames = new WeakMap<object, Frame>();

export interface OutletListener {
  onItems(count: number): void;
  /** Some small events were dropped, and now there is room again. */
  onRoomAgain(): void;
}

/** One console on a Socket.IO connection. */
export class SocketOutlet implements Outlet {
  private waiting = 0;
  private callbacks: (() => void)[] = [];
  private lacksSome = false;

  constructor(
    private readonly socket: Pick<
      Socket<Record<string, never>, ServerEvents>,
      'conn' | 'connected' | 'disconnect' | 'emit'
    >,
    private readonly listener: OutletListener,
  ) {}

  /** What was handed over and the kernel has not taken. */
  get waitingBytes(): number {
    return this.waiting;
  }

  items(packet: Packet): boolean {
    this.write(packet.frame('socket', itemsFrame));
    this.listener.onItems(packet.texts.length);
    return hasRoom(this.waiting);
  }

  reset(event: ResetEvent): void {
    this.write(frameOf('reset', JSON.stringify(event)));
  }

  tick(event: TickEvent): void {
    this.tell('tick', event);
    // A tick goes to who is up to date, or at least has room: the moment to make up for what there was no room for.
    if (this.lacksSome) {
      this.lacksSome = false;
      this.listener.onRoomAgain();
    }
  }

  clock(clock: ClockView): void {
    this.tell('clock', clock);
  }

  behind(event: BehindEvent): void {
    this.tell('behind', event);
  }

  /** Sends a small event, encoded once for all who are told the same body. Returns false when there was no room for it. */
  tell(event: SmallEvent, body: object): boolean {
    if (!hasRoom(this.waiting)) {
      this.lacksSome = true;
      return false;
    }
    let frame = frames.get(body);
    if (!frame) {
      frame = frameOf(event, JSON.stringify(body));
      frames.set(body, frame);
    }
    this.write(frame);
    return true;
  }

  close(reason: string): void {
    this.socket.emit('closing', { reason });
    this.socket.disconnect(true);
  }

  whenReady(callback: () => void): void {
    this.callbacks.push(callback);
  }

  private write(frame: Frame): void {
    if (!this.socket.connected) {
      return;
    }
    this.waiting += frame.bytes;
    writeFrame(this.socket, frame, () => {
      this.waiting -= frame.bytes;
      if (this.waiting === 0) {
        this.ready();
      }
    });
  }

  private ready(): void {
    const callbacks = this.callbacks;
    this.callbacks = [];
    callbacks.forEach((callback) => callback());
  }
}
