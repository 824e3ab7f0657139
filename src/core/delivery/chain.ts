/** SHA-256 of bytes; passed in, since the core brings none along. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** What the chain of every epoch starts from. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** A position in a chain and the link there. */
export interface Link {
  readonly seq: number;
  readonly hash: Uint8Array;
}

export const START: Link = { seq: 0, hash: GENESIS };

/** An item as far as the chain is concerned. */
export interface Chained {
  readonly seq: number;
  readonly body: unknown;
}

export type ChainCheck = { kind: 'whole'; at: Link } | { kind: 'broken'; seq: number; reason: 'GAP' | 'HASH' };

/** The next link of a feed's chain: SHA-256 over the previous link, the sequence as eight bytes, and the body's hash. */
export function chainHash(previous: Uint8Array, seq: number, bodyHash: Uint8Array, sha256: Sha256): Uint8Array {
  const bytes = new Uint8Array(previous.length + 8 + bodyHash.length);
  bytes.set(previous);
  new DataView(bytes.buffer).setBigUint64(previous.length, BigInt(seq));
  bytes.set(bodyHash, previous.length + 8);
  return sha256(bytes);
}

/**
 * Follows the chain from a link through the items that come after it, and says at which position it first breaks: where the
 * sequence has a gap, or where the link is not the one that is known of that position (lower-case hex, as in a signed head).
 * The stored bytes of a body are `JSON.stringify` of it with its keys in the order in which they came.
 */
export function verifyChain(
  items: readonly Chained[],
  from: Link,
  known: ReadonlyMap<number, string>,
  sha256: Sha256,
): ChainCheck {
  const encoder = new TextEncoder();
  let at = from;
  for (const { seq, body } of items) {
    if (seq !== at.seq + 1) {
      return { kind: 'broken', seq: at.seq + 1, reason: 'GAP' };
    }
    at = { seq, hash: chainHash(at.hash, seq, sha256(encoder.encode(JSON.stringify(body))), sha256) };
    const expected = known.get(seq);
    if (expected !== undefined && expected !== toHex(at.hash)) {
      return { kind: 'broken', seq, reason: 'HASH' };
    }
  }
  return { kind: 'whole', at };
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The highest of these positions, 0 for none. There may be more of them than a call takes arguments. */
export function highestSeq(seqs: Iterable<number>): number {
  let highest = 0;
  for (const seq of seqs) {
    highest = Math.max(highest, seq);
  }
  return highest;
}
