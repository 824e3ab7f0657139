/** The value below which the share `share` (0 to 1) of the values lies, by nearest rank; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(Math.max(Math.ceil(share * sorted.length), 1), sorted.length);
  return sorted[rank - 1] ?? NaN;
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (upper + lower) / 2;
}

/** Several rounds in three numbers. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** The median of the rounds and how far they lie apart; undefined of no rounds. */
export function spread(values: readonly number[]): Spread | undefined {
  return values.length > 0 ? { median: median(values), min: Math.min(...values), max: Math.max(...values) } : undefined;
}
