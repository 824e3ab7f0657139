import { problemOf } from '../../platform/http/problem.js';

/** How long an entry waits for others at most, and how many go together at most. */
const WAIT_MS = 100;
const TOGETHER = 256;

interface Waiting<Entry, Outcome> {
  readonly entry: Entry;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Gathers what many consoles send at the same time, so that one transaction stores it for all; each is answered once its entry is
 * stored. One batch is under way at a time: while the database is slow, batches grow instead of queueing for its connections.
 */
export class ReceiptBatch<Entry, Outcome> {
  private waiting: Waiting<Entry, Outcome>[] = [];
  private timer?: NodeJS.Timeout;
  private storing?: Promise<void>;

  /** `store` keeps entries in one transaction and returns what became of each, in their order. */
  constructor(private readonly store: (entries: readonly Entry[]) => Promise<readonly Outcome[]>) {}

  add(entry: Entry): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, resolve, reject });
      if (this.waiting.length >= TOGETHER) {
        void this.begin();
      } else {
        this.wait();
      }
    });
  }

  /** Stores everything that waits; resolves when nothing is left. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0 || this.storing) {
      await this.begin();
    }
    clearTimeout(this.timer);
  }

  private wait(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.begin();
    }, WAIT_MS);
  }

  private begin(): Promise<void> {
    this.storing ??= this.storeWaiting().finally(() => {
      this.storing = undefined;
      if (this.waiting.length > 0) {
        this.wait();
      }
    });
    return this.storing;
  }

  private async storeWaiting(): Promise<void> {
    do {
      await this.storeTogether(this.waiting.splice(0, TOGETHER));
    } while (this.waiting.length >= TOGETHER);
  }

  private async storeTogether(batch: readonly Waiting<Entry, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.store(batch.map(({ entry }) => entry));
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome));
    } catch (error) {
      // One entry that cannot be stored must not fail the others; a database that is away fails all of them anyway.
      if (batch.length === 1 || problemOf(error)?.status === 503) {
        batch.forEach(({ reject }) => reject(error));
        return;
      }
      for (const each of batch) {
        await this.storeTogether([each]);
      }
    }
  }
}
