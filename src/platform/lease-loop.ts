import { randomUUID } from 'node:crypto';

/** Rows of the database that workers take for a while, each for itself alone. */
export interface Leased<Row> {
  /** Between two looks at what there is to take. */
  readonly everyMs: number;
  /** Rows that one worker holds at once. */
  readonly atOnce: number;
  /** Takes rows that nobody else holds, at most `limit`, under the name `lease`. */
  take(lease: string, limit: number): Promise<readonly Row[]>;
  /** Does what there is to do with a row, and gives it back. `stop` aborts once the worker is to end. */
  work(row: Row, lease: string, stop: AbortSignal): Promise<void>;
  /** Told of a look that failed (then without a row), or of work that did: neither ends the loop. */
  failed(error: unknown, row?: Row): void;
}

/** Takes rows again and again and works on several at once. Looks never overlap, and none takes more than there are places. */
export class LeaseLoop<Row> {
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(private readonly leased: Leased<Row>) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = undefined));
    }, this.leased.everyMs);
  }

  /** Takes nothing any more; resolves once everything under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.looking;
    await Promise.all(this.underWay);
  }

  private async look(): Promise<void> {
    const places = this.leased.atOnce - this.underWay.size;
    if (places <= 0) {
      return;
    }
    const lease = randomUUID();
    try {
      const rows = await this.leased.take(lease, places);
      rows.forEach((row) => this.begin(row, lease));
    } catch (error) {
      this.leased.failed(error);
    }
  }

  private begin(row: Row, lease: string): void {
    const work = this.leased
      .work(row, lease, this.stopping.signal)
      .catch((error: unknown) => this.leased.failed(error, row))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }
}
