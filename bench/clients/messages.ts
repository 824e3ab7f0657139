import type { Cursor } from '../../src/core/wire/feed.js';
import type { Faults } from './tally.js';

/** How consoles talk to a server: Socket.IO to the service or to the plain server, or bare WebSocket messages. */
export type Wire = 'desk' | 'socket.io' | 'ws';

/** Consoles of one feed at one server. */
export interface Group {
  wire: Wire;
  port: number;
  /** A server to go to when the first one is gone. */
  otherPort?: number;
  count: number;
  feed: string;
  auth?: { token: string; run: string; desk: string; cursor: Cursor };
  /** Stops reading as soon as it is subscribed. */
  stalled?: boolean;
}

/** The alerts that are counted: so many numbers from the first. */
export interface Window {
  first: number;
  size: number;
}

/** What the benchmark asks of the process of the consoles; each is answered with a message of the same `type`. */
export type Order =
  | { type: 'open'; groups: Group[]; real: boolean; window: Window; deadlineMs: number }
  | { type: 'expect'; window: Window }
  | { type: 'settle'; count: number; refused: number[]; deadlineMs: number }
  | { type: 'close' };

/** Times are in milliseconds of the machine's monotonic clock. */
export interface Opened {
  type: 'open';
  startedAt: number;
  /** How many consoles follow their feed. */
  subscribed: number;
  subscribedAt: number;
}

export interface Settled {
  type: 'settle';
  deliveries: number;
  lastAt: number;
  /** For each alert, when the last console got it. */
  lastAtOf: number[];
  faults: Faults;
  reconnects: number;
  refusedReceipts: number;
  cpuMs: number;
}

export type Answer = Opened | Settled | { type: 'expect' } | { type: 'close' } | { type: 'failed'; message: string };
