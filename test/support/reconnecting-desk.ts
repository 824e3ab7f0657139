import { DeskLink } from '../../console/src/desk-link.js';
import type { ConnectionState } from '../../console/src/connection.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { eventually } from './eventually.js';

type LinkState = ConnectionState['state'];

/** How often the console's rule is asked what it would say; finer than the console does it, so that times are exact. */
const LOOK_EVERY_MS = 50;

/**
 * The link of the shipped console, without its page: what it says of its connection and what it has is what a person at the
 * desk would see. It notes when each state began and when each item came.
 */
export class ReconnectingDesk {
  /** Each state that the link said it was in, with the wall time at which that began. */
  readonly states: { state: LinkState; at: number }[] = [];
  /** The wall time at which each item was there, by id and version. */
  readonly cameAt = new Map<string, number>();
  private readonly link: DeskLink;
  private readonly timer: NodeJS.Timeout;
  private seen = 0;

  constructor(url: string, auth: { token: string; run: string; desk: string }) {
    // The console connects to where its page came from; a Node process has no such place until it is given one.
    const { protocol, host, hostname, port } = new URL(url);
    Object.assign(globalThis, { location: { protocol, host, hostname, port } });
    const token = (): Promise<string> => Promise.resolve(auth.token);
    const access = { token, renew: token, onRenewed: () => () => undefined };
    this.link = new DeskLink({ access, run: auth.run, desk: auth.desk, receipts: true });
    this.link.subscribe(() => this.look());
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.link.open();
  }

  get state(): LinkState {
    return this.link.view().connection.state;
  }

  /** Everything that the console has applied, in order. */
  get items(): readonly FeedItem[] {
    return this.link.view().feed.items;
  }

  get seqs(): number[] {
    return this.items.map(({ seq }) => seq);
  }

  /** Why the console was told to begin anew, if it was. */
  get resetReason(): string | undefined {
    return this.link.view().feed.resetReason;
  }

  /** The wall time at which the link first said one of these after `since`, now or when it comes to that. */
  async says(states: readonly LinkState[], since: number, deadlineMs?: number): Promise<number> {
    const found = await eventually(
      `the console says ${states.join(' or ')}; it said ${JSON.stringify(this.states)}`,
      () => this.states.find(({ state, at }) => at >= since && states.includes(state)),
      deadlineMs,
    );
    return found.at;
  }

  /** Waits until the link says that it is live, now or later. */
  async whenLive(deadlineMs?: number): Promise<this> {
    await eventually(`the console is live; it says ${this.state}`, () => this.state === 'live', deadlineMs);
    return this;
  }

  /** Waits for an item and returns the wall time at which it came. */
  when(id: string, version = 1, deadlineMs?: number): Promise<number> {
    return eventually(
      `${id} version ${version} at the console`,
      () => this.cameAt.get(nameOf(id, version)),
      deadlineMs,
    );
  }

  close(): void {
    clearInterval(this.timer);
    this.link.close();
  }

  private look(): void {
    const { connection, feed } = this.link.view();
    const at = Date.now();
    if (this.states.at(-1)?.state !== connection.state) {
      this.states.push({ state: connection.state, at });
    }
    // A list that became shorter was begun anew.
    this.seen = Math.min(this.seen, feed.items.length);
    for (const { id, version } of feed.items.slice(this.seen)) {
      this.cameAt.set(nameOf(id, version), at);
    }
    this.seen = feed.items.length;
  }
}

const nameOf = (id: string, version: number): string => `${id} ${version}`;
