import type { DurationMs } from '../time/time.js';

/** How often something is tried again after it failed, and when it is given up. */
export interface RetryPolicy {
  /** After the first failure; doubled after each further one. */
  readonly firstDelayMs: DurationMs;
  readonly longestDelayMs: DurationMs;
  /** Failures after which it is given up; never when this is missing. */
  readonly mostAttempts?: number;
}

export type RetryDecision = { readonly kind: 'retry'; readonly delayMs: DurationMs } | { readonly kind: 'give-up' };

/**
 * What to do after `attempts` failures in a row. Delays grow exponentially, and the upper half of each is drawn (`draw` is from
 * 0 to 1), so that those who failed together do not come back together.
 */
export function afterFailure(policy: RetryPolicy, attempts: number, draw: number): RetryDecision {
  if (policy.mostAttempts !== undefined && attempts >= policy.mostAttempts) {
    return { kind: 'give-up' };
  }
  const delayMs = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(attempts - 1, 30));
  return { kind: 'retry', delayMs: Math.round(delayMs * (0.5 + draw / 2)) };
}
