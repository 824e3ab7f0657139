const WINDOW_MS = 60_000;
/** Keys remembered at most; the oldest goes first. To push one out takes more attempts than a minute has room for. */
const KEYS = 10_000;

interface Count {
  attempts: number;
  readonly since: number;
}

/** Counts attempts by key, a minute at a time. */
export class AttemptCounter {
  private readonly counts = new Map<string, Count>();

  constructor(
    private readonly limit: number,
    private readonly now: () => number,
  ) {}

  hasRoom(key: string): boolean {
    return (this.fresh(key)?.attempts ?? 0) < this.limit;
  }

  /** Counts one attempt, and returns what takes it back. */
  add(key: string): () => void {
    const count = this.fresh(key) ?? this.begin(key);
    count.attempts += 1;
    return () => {
      count.attempts -= 1;
    };
  }

  forget(key: string): void {
    this.counts.delete(key);
  }

  private fresh(key: string): Count | undefined {
    const count = this.counts.get(key);
    return count && this.now() - count.since < WINDOW_MS ? count : undefined;
  }

  private begin(key: string): Count {
    const count: Count = { attempts: 0, since: this.now() };
    // Taken out first, so that the keys stay in the order in which their minutes began.
    this.counts.delete(key);
    this.counts.set(key, count);
    const oldest = this.counts.keys().next().value;
    if (this.counts.size > KEYS && oldest !== undefined) {
      this.counts.delete(oldest);
    }
    return count;
  }
}
