import { DomainError } from '../../core/domain-error.js';

/** Lets few pieces of work run at once: a password takes a core and 19 MiB to verify, and anybody may send one. */
export class VerificationGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce = 4,
    private readonly mayWait = 100,
  ) {}

  /** Runs `work` in its turn. Throws DomainError TOO_MANY_ATTEMPTS when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) {
      this.running += 1;
    } else if (this.waiting.length < this.mayWait) {
      // Whoever ends hands over its place, so that nobody slips in between.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      throw new DomainError(
        'TOO_MANY_ATTEMPTS',
        'Too many people are signing in at this moment; wait a little and try again.',
      );
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.running -= 1;
      }
    }
  }
}
