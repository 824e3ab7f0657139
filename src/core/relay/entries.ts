import { afterFailure } from '../delivery/retry.js';

/** An entry of a feed that could not be had: how often, and when it is tried again, in milliseconds since 1970. */
export interface FailedEntry {
  readonly failures: number;
  readonly nextAtMs: number;
}

export type FailedEntries = Readonly<Record<string, FailedEntry>>;

const LONGEST_DELAY_MS = 3_600_000;

/**
 * Which entries one look takes in, `most` at most, of those that are not known yet: what was never tried comes before what failed, so
 * that no number of dead entries keeps a new one away. `rest` is how many more could be taken now, `waiting` how many failed lately.
 */
export function entriesToTake<Entry extends { readonly name: string }>(
  unknown: readonly Entry[],
  failed: FailedEntries,
  nowMs: number,
  most: number,
): { take: Entry[]; rest: number; waiting: number } {
  const fresh = unknown.filter(({ name }) => !failed[name]);
  const due = unknown.filter(({ name }) => failed[name] && failed[name].nextAtMs <= nowMs);
  const ready = [...fresh, ...due];
  return {
    take: ready.slice(0, most),
    rest: Math.max(0, ready.length - most),
    waiting: unknown.length - ready.length,
  };
}

/** What is to be remembered of an entry that failed once more; `draw` is from 0 to 1. */
export function failedAgain(
  before: FailedEntry | undefined,
  intervalMs: number,
  nowMs: number,
  draw: number,
): FailedEntry {
  const failures = (before?.failures ?? 0) + 1;
  const longestDelayMs = Math.max(LONGEST_DELAY_MS, intervalMs);
  const next = afterFailure({ firstDelayMs: intervalMs, longestDelayMs, jitter: 'half' }, failures, draw);
  return { failures, nextAtMs: nowMs + (next.kind === 'retry' ? next.delayMs : longestDelayMs) };
}
