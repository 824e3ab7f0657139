import { fullBucket, takeToken, type Bucket, type BucketLimits } from './token-bucket.js';

const LIMITS: BucketLimits = { burst: 3, perSecond: 2 };

/** Tries once at each of these moments and returns what was let through. */
function tries(...atMs: number[]): boolean[] {
  let bucket: Bucket = fullBucket(LIMITS, 0);
  return atMs.map((nowMs) => {
    const { taken, bucket: left } = takeToken(bucket, LIMITS, nowMs);
    bucket = left;
    return taken;
  });
}

describe('takeToken', () => {
  it.each<[string, number[], boolean[]]>([
    ['lets a burst through and no more', [0, 0, 0, 0], [true, true, true, false]],
    ['fills up as time goes by', [0, 0, 0, 499, 500, 501, 1000], [true, true, true, false, true, false, true]],
    ['does not charge for what it refuses', [0, 0, 0, 400, 450, 490, 500], [true, true, true, false, false, false, true]],
    ['never holds more than the burst', [60_000, 60_000, 60_000, 60_000], [true, true, true, false]],
    ['takes a clock that went back for one that stood still', [0, 0, 0, -5_000, 400, 500], [true, true, true, false, false, true]],
  ])('%s', (_, atMs, taken) => {
    expect(tries(...atMs)).toEqual(taken);
  }); // prettier-ignore
});
