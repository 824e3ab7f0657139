import { alertMaker } from '../alert.js';
import { Fleet } from '../clients/fleet.js';
import type { Group, Opened, Settled, Window } from '../clients/messages.js';
import { DIGITS } from '../clients/token.js';
import { Publisher, type Posted } from '../publisher.js';
import type { System } from '../systems/system.js';
import type { Outcome } from './measure.js';

const CONCURRENCY = 32;
const ALERT_BYTES = 1_024;
/** After so long without the last delivery it counts as lost. */
const SETTLE_MS = 30_000;
const OPEN_MS = 60_000;
const MOST_NUMBERS = 10 ** DIGITS;

/** The numbers of alerts go on from one measure to the next, so that a late alert is not taken for one of the next. */
let nextNumber = 0;

function takeNumbers(count: number): number {
  const first = nextNumber + count > MOST_NUMBERS ? 0 : nextNumber;
  nextNumber = first + count;
  return first;
}

/** Consoles, a publisher and a window of numbered alerts for one measure of one system. */
export class Session {
  private readonly fleet = Fleet.start();
  private publisher?: Publisher;
  private refusedAlerts = 0;
  private first = 0;
  private size = 0;

  constructor(private readonly system: System) {}

  /** Does the work with a session and ends the session whatever happens. */
  static async with<T>(system: System, work: (session: Session) => Promise<T>): Promise<T> {
    const session = new Session(system);
    try {
      return await work(session);
    } finally {
      session.publisher?.close();
      await session.fleet.end();
    }
  }

  /** Connects consoles and resolves once all follow their feeds. */
  async open(groups: Group[], real = false): Promise<Opened> {
    const opened = await this.openWithin(groups, { first: 0, size: 0 }, OPEN_MS, real);
    const wanted = groups.reduce((sum, { count }) => sum + count, 0);
    if (opened.subscribed < wanted) {
      throw new Error(`${this.system.name}: ${opened.subscribed} of ${wanted} consoles were subscribed in time`);
    }
    return opened;
  }

  /** Connects consoles and counts what they get of a window meanwhile; some may not be subscribed when the time is up. */
  openWithin(groups: Group[], window: Window, deadlineMs: number, real = false): Promise<Opened> {
    return this.fleet.open(groups, { real, window, deadlineMs });
  }

  /** Begins a window of at most so many alerts and returns the number of the first. */
  async begin(size: number): Promise<number> {
    this.publisher?.close();
    this.publisher = new Publisher(await this.system.target(), CONCURRENCY);
    this.size = size;
    this.first = takeNumbers(size);
    await this.fleet.expect({ first: this.first, size });
    return this.first;
  }

  /** Posts the alert of the window with an index. */
  post(index: number, bytes = ALERT_BYTES): Promise<Posted> {
    return this.publishing.post(alertMaker(bytes)(this.first + index));
  }

  /** Posts with all publishers at once until `more` says no, or the window is full. */
  postAll(more: (index: number) => boolean, bytes = ALERT_BYTES): Promise<Posted[]> {
    const make = alertMaker(bytes);
    return this.publishing.postAll(
      (index) => (index < this.size && more(index) ? make(this.first + index) : undefined),
      CONCURRENCY,
    );
  }

  /** Waits until the consoles have what was accepted of what was posted, the first of the window on. */
  settle(posted: readonly Posted[], deadlineMs = SETTLE_MS): Promise<Settled> {
    const refused = posted.flatMap((each, index) => (each.refused ? [index] : []));
    this.refusedAlerts += refused.length;
    return this.fleet.settle(posted.length, refused, deadlineMs);
  }

  /** Waits until the consoles have so many alerts of a window that was posted before. */
  settleOld(count: number, deadlineMs: number): Promise<Settled> {
    return this.fleet.settle(count, [], deadlineMs);
  }

  /** The faults of a window, as an outcome has them. */
  faultsOf({ faults, reconnects, refusedReceipts, deliveries }: Settled): NonNullable<Outcome['faults']> {
    return { ...faults, reconnects, refusedReceipts, deliveries, refusedAlerts: this.refusedAlerts };
  }

  private get publishing(): Publisher {
    if (!this.publisher) {
      throw new Error('A window begins before its alerts');
    }
    return this.publisher;
  }
}
