/** Counts and percentiles of a set of latencies, in milliseconds. */
export interface LatencySummary {
  samples: number;
  p50: number | null;
  p99: number | null;
  max: number | null;
}

/** The p-th percentile (0..100) by nearest rank: a value that was measured, never one in between; null for no values. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}

export function summariseLatencies(latenciesMs: readonly number[]): LatencySummary {
  return {
    samples: latenciesMs.length,
    p50: percentile(latenciesMs, 50),
    p99: percentile(latenciesMs, 99),
    max: percentile(latenciesMs, 100),
  };
}
