import type { Spread } from '../wire/comparison.js';

/** The value at or below which a share of sorted values lies (nearest rank). */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

/** The spread of values in milliseconds, in seconds; null of none. */
export function spreadOf(valuesMs: readonly number[]): Spread | null {
  if (valuesMs.length === 0) {
    return null;
  }
  const sorted = [...valuesMs].sort((a, b) => a - b);
  const at = (share: number): number => quantile(sorted, share) / 1000;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

/** The median of some seconds; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.length === 0
    ? null
    : Math.round((middle.reduce((sum, each) => sum + each, 0) / middle.length) * 1000) / 1000;
}

/** What occurs most often; of those that occur equally often the one that sorts first. Undefined of nothing. */
export function mostOften(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0];
}
