import type { DurationMs } from '../time/time.js';

/** How often something is tried again after it failed, and when it is given up. */
export interface RetryPolicy {
  /** After the first failure; doubled after each further one. */
  readonly firstDelayMs: DurationMs;
  readonly longestDelayMs: DurationMs;
  /** Failures after which it is given up; never when this is missing. */
  readonly mostAttempts?: number;
  /**
   * How much of each delay is drawn: all of it, so that those who failed together come back spread out, or its upper half, so
   * that none comes back sooner than half the delay.
   */
  readonly jitter: 'full' | 'half';
}

export type RetryDecision = { readonly kind: 'retry'; readonly delayMs: DurationMs } | { readonly kind: 'give-up' };

/** A message to a webhook: about three hours from the first failure to the last on average, six and a half at most. */
export const WEBHOOK_RETRIES: RetryPolicy = {
  firstDelayMs: 5_000,
  longestDelayMs: 3_600_000,
  mostAttempts: 16,
  jitter: 'full',
};

/** What to do after `attempts` failures in a row. Delays grow exponentially; `draw` is from 0 to 1. */
export function afterFailure(policy: RetryPolicy, attempts: number, draw: number): RetryDecision {
  if (policy.mostAttempts !== undefined && attempts >= policy.mostAttempts) {
    return { kind: 'give-up' };
  }
  const delayMs = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(attempts - 1, 30));
  return { kind: 'retry', delayMs: Math.round(delayMs * (policy.jitter === 'full' ? draw : 0.5 + draw / 2)) };
}
