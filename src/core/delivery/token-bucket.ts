import type { DurationMs } from '../time/time.js';

/** How many at once, and how many a second in the long run. */
export interface BucketLimits {
  readonly burst: number;
  readonly perSecond: number;
}

/** How full a bucket was at a moment of a clock that only goes forward. */
export interface Bucket {
  readonly tokens: number;
  readonly atMs: DurationMs;
}

export const fullBucket = ({ burst }: BucketLimits, nowMs: DurationMs): Bucket => ({ tokens: burst, atMs: nowMs });

/** Takes one token, if there is one. A refused try costs nothing, so that waiting always helps. */
export function takeToken(
  bucket: Bucket,
  limits: BucketLimits,
  nowMs: DurationMs,
): { readonly taken: boolean; readonly bucket: Bucket } {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(limits.burst, bucket.tokens + (elapsedMs / 1000) * limits.perSecond);
  const taken = tokens >= 1;
  return { taken, bucket: { tokens: taken ? tokens - 1 : tokens, atMs: Math.max(bucket.atMs, nowMs) } };
}
