/**
 * Random numbers without a state: a number is a function of a seed and the names of what it is drawn for. So the order in which
 * things are drawn changes nothing, and what two runs have in common draws the same in both. The mixing is the finalizer of
 * MurmurHash3 (Appleby, public domain), the one that the SplitMix generators use as well, on two lanes of 32 bits.
 */
export interface Stream {
  readonly high: number;
  readonly low: number;
}

const GOLDEN = 0x9e3779b9;

/** A 32-bit key of a name (FNV-1a over UTF-16 code units). */
export function keyOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The stream of a seed, a whole number from 0 to 2^53 - 1. Every bit of the seed moves both lanes. */
export function streamOf(seed: number): Stream {
  const low = mixed((seed >>> 0) ^ GOLDEN);
  return { high: mixed(Math.floor(seed / 2 ** 32) + low + GOLDEN), low };
}

/** The part of a stream that belongs to a name. */
export function branch({ high, low }: Stream, key: number): Stream {
  const next = mixed(low ^ mixed(key + GOLDEN));
  return { high: mixed(high + next), low: next };
}

/** The number of a stream for a name: at least 0 and less than 1, in steps of 2^-53. */
export function uniform({ high, low }: Stream, key: number): number {
  const upper = mixed(high ^ mixed(key + GOLDEN)) >>> 5;
  const lower = mixed(low + Math.imul(key, GOLDEN)) >>> 6;
  return (upper * 2 ** 26 + lower) / 2 ** 53;
}

/** A short name for a key within a stream: the same each time, and it does not tell the key. */
export const nameIn = (stream: Stream, key: number): string => (uniform(stream, key) * 2 ** 53).toString(36);

function mixed(word: number): number {
  let bits = word | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
