import { afterFailure, WEBHOOK_RETRIES, type RetryPolicy } from './retry.js';

const policy = { firstDelayMs: 1_000, longestDelayMs: 60_000, mostAttempts: 9, jitter: 'half' } as const;
const HOUR_MS = 3_600_000;

describe('afterFailure', () => {
  it.each<[RetryPolicy['jitter'], number, number, number]>([
    ['half', 1, 0, 500],
    ['half', 1, 1, 1_000],
    ['half', 2, 1, 2_000],
    ['half', 4, 0.5, 6_000],
    ['half', 8, 1, 60_000],
    ['full', 1, 0, 0],
    ['full', 1, 1, 1_000],
    ['full', 4, 0.5, 4_000],
    ['full', 8, 0.25, 15_000],
  ])('with %s jitter, after %d failures, drawing %d, waits %d ms', (jitter, attempts, draw, delayMs) => {
    expect(afterFailure({ ...policy, jitter }, attempts, draw)).toEqual({ kind: 'retry', delayMs });
  });

  it('gives up at its bound, and never without one', () => {
    expect(afterFailure(policy, 9, 0)).toEqual({ kind: 'give-up' });
    const endless = { firstDelayMs: 1_000, longestDelayMs: 60_000, jitter: 'half' } as const;
    expect(afterFailure(endless, 5_000, 1)).toEqual({ kind: 'retry', delayMs: 60_000 });
  });

  it.each([
    ['on average', 0.5, 3, 3.5],
    ['at most', 1, 6, 6.5],
  ])('goes on with a webhook for hours: %s', (_, draw, leastHours, mostHours) => {
    let waitedMs = 0;
    for (let attempts = 1; ; attempts += 1) {
      const decision = afterFailure(WEBHOOK_RETRIES, attempts, draw);
      if (decision.kind === 'give-up') {
        break;
      }
      waitedMs += decision.delayMs;
    }
    expect(waitedMs).toBeGreaterThan(leastHours * HOUR_MS);
    expect(waitedMs).toBeLessThan(mostHours * HOUR_MS);
  });
});
