import { nowMs } from '../time.js';
import type { BenchConsole, ConsoleEvents } from './console.js';
import { LightConsole } from './light-console.js';
import type { Group, Opened, Order, Settled, Window } from './messages.js';
import { RealConsole } from './real-console.js';
import { Tally } from './tally.js';

/** More at once would overrun the queue of connections that a listening server keeps, and wait for TCP to try again. */
const CONNECTING_AT_ONCE = 200;

type SettleOrder = Extract<Order, { type: 'settle' }>;
type OpenOrder = Extract<Order, { type: 'open' }>;

/** All consoles of one measure, and the count of what they get. */
export class Consoles {
  private readonly consoles: BenchConsole[] = [];
  private tally = new Tally(0, 0, []);
  private reconnects = 0;
  private refusedReceipts = 0;
  private failure?: string;
  private onDelivery?: () => void;
  private onFailure?: () => void;
  private cpuFrom = process.cpuUsage();

  /** Connects all and resolves once each follows its feed, or the time is up. */
  async open({ groups, real, window, deadlineMs }: OpenOrder): Promise<Opened> {
    const queue = groups.flatMap((group) => Array.from({ length: group.count }, () => group));
    this.count(window, queue);
    const startedAt = nowMs();
    let [subscribed, next] = [0, 0];
    await this.until(
      (check) => {
        const openNext = (): void => {
          const group = queue[next];
          if (group) {
            next += 1;
            this.openOne(group, real, () => {
              subscribed += 1;
              openNext();
              check();
            });
          }
        };
        queue.slice(0, CONNECTING_AT_ONCE).forEach(openNext);
      },
      () => subscribed === queue.length,
      deadlineMs,
    );
    return { type: 'open', startedAt, subscribedAt: nowMs(), subscribed };
  }

  private openOne(group: Group, real: boolean, subscribed: () => void): void {
    const index = this.consoles.length;
    const events: ConsoleEvents = {
      subscribed,
      delivered: (number) => this.delivered(index, number),
      gap: () => this.tally.gap(),
      reconnecting: () => (this.reconnects += 1),
      receiptRefused: () => (this.refusedReceipts += 1),
      failed: (message) => {
        this.failure ??= message;
        this.onFailure?.();
      },
    };
    this.consoles.push(real ? new RealConsole(group, events) : new LightConsole(group, events));
  }

  /** Begins to count the alerts of a window. */
  expect(window: Window): void {
    this.count(
      window,
      this.consoles.map(({ group }) => group),
    );
  }

  /** Waits until every console has the first `count` alerts of the window but the refused ones, or the time is up; says what came. */
  async settle({ count, refused, deadlineMs }: SettleOrder): Promise<Settled> {
    this.tally.exclude(refused);
    const reading = (console: number): boolean => this.consoles[console]?.group.stalled !== true;
    const wanted = (count - refused.length) * this.consoles.filter((_, console) => reading(console)).length;
    await this.until(
      (check) => (this.onDelivery = check),
      () => this.tally.deliveries >= wanted,
      deadlineMs,
    );
    this.onDelivery = undefined;
    const { user, system } = process.cpuUsage(this.cpuFrom);
    return {
      type: 'settle',
      deliveries: this.tally.deliveries,
      lastAt: this.tally.lastAt,
      lastAtOf: [...this.tally.lastAtOf.subarray(0, count)],
      faults: this.tally.faultsAt(count, reading),
      reconnects: this.reconnects,
      refusedReceipts: this.refusedReceipts,
      cpuMs: (user + system) / 1_000,
    };
  }

  private count({ first, size }: Window, groups: readonly Group[]): void {
    this.tally = new Tally(
      first,
      size,
      groups.map(({ feed }) => feed),
    );
    [this.reconnects, this.refusedReceipts] = [0, 0];
    this.cpuFrom = process.cpuUsage();
  }

  /** Begins something that calls `check` on each step, and waits for `done`, for a failure or for the end of the time. */
  private async until(begin: (check: () => void) => void, done: () => boolean, deadlineMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs);
      const check = (): void => {
        if (done() || this.failure !== undefined) {
          clearTimeout(timer);
          resolve();
        }
      };
      this.onFailure = check;
      begin(check);
      check();
    });
    this.onFailure = undefined;
    if (this.failure !== undefined) {
      throw new Error(this.failure);
    }
  }

  close(): void {
    this.consoles.forEach((console) => console.close());
    this.consoles.length = 0;
    this.failure = undefined;
  }

  private delivered(console: number, number: number): void {
    this.tally.deliver(console, number, nowMs());
    this.onDelivery?.();
  }
}
