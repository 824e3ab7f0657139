import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { upTo } from './desk-console.js';
import { eventually } from './eventually.js';
import { ALERT } from './requests.js';

export interface Refusal {
  /** 0 when no answer came at all. */
  status: number;
  code?: string;
  at: number;
  tookMs: number;
}

/** A console, by what it has. */
interface Told {
  readonly items: readonly FeedItem[];
}

/** After so long without an answer the command is sent again, with its key. */
const ANSWER_MS = 3_000;
const RETRY_MS = 100;

/**
 * Alerts on the live watch, one after another, as a careful caller sends them: each with a key of its own, and again with the
 * same key until it is accepted. So whatever was accepted is known, and nothing else may ever reach a console.
 */
export class AlertFlow {
  /** The wall time of its acceptance, by the id of the alert, in order. */
  readonly accepted = new Map<string, number>();
  /** Answers other than an acceptance, and attempts without any. */
  readonly refusals: Refusal[] = [];
  private going = false;
  private closed = false;
  private done: Promise<void> = Promise.resolve();

  /** `everyMs` lie between two alerts. */
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly everyMs = 100,
  ) {}

  start(): void {
    this.going = true;
    this.done = this.send();
  }

  /** Waits until another `count` alerts were accepted. */
  async more(count: number, deadlineMs?: number): Promise<void> {
    const until = this.accepted.size + count;
    await eventually(`${count} more alerts are accepted`, () => this.accepted.size >= until, deadlineMs);
  }

  /** Sends no new alert, and waits until the last one is accepted. */
  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  /** Ends it at once, whatever becomes of the alert under way; for the end of a test that failed. */
  close(): void {
    this.going = false;
    this.closed = true;
  }

  /** Waits until a console has everything that was accepted so far. */
  async whenTold(desk: Told, deadlineMs?: number): Promise<void> {
    await eventually(
      'everything that was accepted is at the console',
      () => {
        const there = new Set(desk.items.map(({ id }) => id));
        return [...this.accepted.keys()].every((id) => there.has(id));
      },
      deadlineMs,
    );
  }

  /** After `stop`: holds that each console has exactly what was accepted, each once, in order and without a gap. */
  async expectWhole(desks: readonly Told[]): Promise<void> {
    for (const desk of desks) {
      await this.whenTold(desk);
      expect(desk.items.map(({ seq }) => seq)).toEqual(upTo(desk.items.length));
      expect(desk.items.map(({ id }) => id).sort()).toEqual([...this.accepted.keys()].sort());
    }
  }

  /** From acceptance to arrival of each alert that was accepted between two wall times, in milliseconds, ascending. */
  latencies(desk: { readonly cameAt: ReadonlyMap<string, number> }, from = 0, to = Infinity): number[] {
    return [...this.accepted]
      .filter(([, at]) => at >= from && at < to)
      .map(([id, at]) => Math.max(0, (desk.cameAt.get(`${id} 1`) ?? Infinity) - at))
      .sort((a, b) => a - b);
  }

  private async send(): Promise<void> {
    while (this.going) {
      const key = randomUUID();
      while (!(await this.attempt(key)) && !this.closed) {
        await pause(RETRY_MS);
      }
      await pause(this.everyMs);
    }
  }

  private async attempt(key: string): Promise<boolean> {
    const at = Date.now();
    try {
      const response = await fetch(`${this.url}/api/v1/alerts?run=live`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          // A connection for each: through a balancer every command takes its turn.
          connection: 'close',
        },
        body: JSON.stringify(ALERT),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const { id, code } = (await response.json()) as { id?: string; code?: string };
      if (response.status === 201 && id !== undefined) {
        this.accepted.set(id, Date.now());
        return true;
      }
      this.refusals.push({ status: response.status, code, at, tookMs: Date.now() - at });
    } catch {
      this.refusals.push({ status: 0, at, tookMs: Date.now() - at });
    }
    return false;
  }
}
