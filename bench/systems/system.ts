import type { Group } from '../clients/messages.js';
import type { Target } from '../publisher.js';
import { FEEDS } from '../servers/http.js';

export const SYSTEM_NAMES = [
  'triwatch',
  'triwatch-served',
  'plain-socketio',
  'plain-ws',
  'commit-then-emit',
  'insert-only',
] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** Something that takes alerts over HTTP and brings them to consoles. */
export interface System {
  readonly name: SystemName;
  start(): Promise<void>;
  /** Ends what it started, as its operator would. */
  stop(): Promise<void>;
  /** Starts the processes that consoles connect to anew, for a measure that needs a fresh heap. */
  restart(): Promise<void>;
  /** Where to post alerts; what it takes to be let in is renewed by each call. */
  target(): Promise<Target>;
  /** So many consoles spread evenly over the feeds, each at the end of its feed. */
  groups(consoles: number): Promise<Group[]>;
  /** All its processes, as the roots of trees. */
  roots(): number[];
  /** The processes that consoles connect to. */
  servers(): number[];
}

/** How many of so many consoles each feed gets. */
export function spreadOverFeeds(consoles: number): { feed: (typeof FEEDS)[number]; count: number }[] {
  return FEEDS.map((feed, index) => ({
    feed,
    count: Math.floor(consoles / FEEDS.length) + (index < consoles % FEEDS.length ? 1 : 0),
  })).filter(({ count }) => count > 0);
}
