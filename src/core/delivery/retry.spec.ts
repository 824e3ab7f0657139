import { afterFailure } from './retry.js';

const policy = { firstDelayMs: 1_000, longestDelayMs: 60_000, mostAttempts: 9 };

describe('afterFailure', () => {
  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 1, 2_000],
    [4, 0.5, 6_000],
    [8, 1, 60_000],
  ])('after %d failures, drawing %d, waits %d ms', (attempts, draw, delayMs) => {
    expect(afterFailure(policy, attempts, draw)).toEqual({ kind: 'retry', delayMs });
  });

  it('gives up at its bound, and never without one', () => {
    expect(afterFailure(policy, 9, 0)).toEqual({ kind: 'give-up' });
    const endless = { firstDelayMs: 1_000, longestDelayMs: 60_000 };
    expect(afterFailure(endless, 5_000, 1)).toEqual({ kind: 'retry', delayMs: 60_000 });
  });
});
