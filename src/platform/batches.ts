interface Waiting<Call, Answer> {
  readonly call: Call;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface BatchesOptions<Call, Answer> {
  /** Does these calls in their order, and says of each how it ended. When it throws, nothing of any of them was done. */
  readonly go: (calls: readonly [Call, ...Call[]]) => Promise<PromiseSettledResult<Answer>[]>;
  /** Calls in one go at most. */
  readonly most: number;
  /** Whether what a whole go failed with may be the fault of one call, so that each is to be tried alone. */
  readonly mayBeOne: (error: unknown) => boolean;
}

/**
 * Calls of the same key that arrive while a go is under way share the next one, in the order of their arrival. A call that
 * finds none under way begins at once, so that nobody waits for company.
 */
export class Batches<Call, Answer> {
  private readonly waiting = new Map<string, Waiting<Call, Answer>[]>();

  constructor(private readonly options: BatchesOptions<Call, Answer>) {}

  run(key: string, call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.waiting.get(key);
      if (waiting) {
        waiting.push({ call, resolve, reject });
      } else {
        void this.goOn(key, [{ call, resolve, reject }]);
      }
    });
  }

  private async goOn(key: string, first: Waiting<Call, Answer>[]): Promise<void> {
    const waiting = first;
    this.waiting.set(key, waiting);
    while (waiting.length > 0) {
      await this.together(waiting.splice(0, this.options.most));
    }
    this.waiting.delete(key);
  }

  private async together(calls: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const outcomes = await this.options.go(calls.map(({ call }) => call) as [Call, ...Call[]]);
      calls.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index];
        if (outcome?.status === 'fulfilled') {
          resolve(outcome.value);
        } else {
          reject(outcome?.reason ?? new Error('A call was left without an outcome.'));
        }
      });
    } catch (error) {
      if (calls.length === 1 || !this.options.mayBeOne(error)) {
        calls.forEach(({ reject }) => reject(error));
        return;
      }
      for (const call of calls) {
        await this.together([call]);
      }
    }
  }
}
