import fc from 'fast-check';
import { START, chainHash, toHex, verifyChain, type Chained } from './chain.js';

/** Stands in for SHA-256, which the core does not have: every byte and its place change the whole of it. */
function sha256(bytes: Uint8Array): Uint8Array {
  let state = 0x811c9dc5;
  bytes.forEach((byte) => (state = Math.imul(state ^ byte, 0x01000193) >>> 0));
  return Uint8Array.from({ length: 32 }, () => {
    state = Math.imul(state ^ (state >>> 13), 0x5bd1e995) >>> 0;
    return state & 0xff;
  });
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const items = (...bodies: unknown[]): Chained[] => bodies.map((body, index) => ({ seq: index + 1, body }));

/** The links of a chain, by position, as whoever appended would have stored them. */
function linksOf(chained: readonly Chained[]): Map<number, string> {
  let hash = START.hash;
  return new Map(
    chained.map(({ seq, body }) => {
      hash = chainHash(hash, seq, sha256(bytesOf(JSON.stringify(body))), sha256);
      return [seq, toHex(hash)];
    }),
  );
}

describe('chainHash', () => {
  it('is over the previous link, the sequence as eight bytes, and the hash of the body', () => {
    const hashed = chainHash(START.hash, 258, bytesOf('{}'), (bytes) => bytes);
    expect(toHex(hashed)).toBe(`${'00'.repeat(32)}0000000000000102${toHex(bytesOf('{}'))}`);
  });
});

describe('verifyChain', () => {
  const feed = items({ a: 1 }, { a: 2 }, { a: 3 });
  const links = linksOf(feed);

  it('goes through an untouched feed to its head', () => {
    const check = verifyChain(feed, START, links, sha256);
    expect(check).toMatchObject({ kind: 'whole', at: { seq: 3 } });
    expect(check.kind === 'whole' && toHex(check.at.hash)).toBe(links.get(3));
  });

  it('goes on from where an earlier page ended', () => {
    const first = verifyChain(feed.slice(0, 2), START, links, sha256);
    expect(first.kind === 'whole' && verifyChain(feed.slice(2), first.at, links, sha256)).toMatchObject({
      kind: 'whole',
      at: { seq: 3 },
    });
  });

  it.each<[string, readonly Chained[], number, string]>([
    ['a body was changed', items({ a: 1 }, { a: 9 }, { a: 3 }), 2, 'HASH'],
    ['the keys of a body were put in another order', items({ a: 1 }, { b: 1, a: 2 }, { a: 3 }), 2, 'HASH'],
    ['an item is missing', [feed[0]!, feed[2]!], 2, 'GAP'],
    ['two items have changed places', [feed[1]!, feed[0]!, feed[2]!], 1, 'GAP'],
    ['an item is there twice', [feed[0]!, feed[0]!], 2, 'GAP'],
  ])('says where it breaks when %s', (_, changed, seq, reason) => {
    expect(verifyChain(changed, START, links, sha256)).toEqual({ kind: 'broken', seq, reason });
  });

  it('finds a change by the signed link after it alone', () => {
    const head = new Map([[3, links.get(3)!]]);
    expect(verifyChain(feed, START, head, sha256).kind).toBe('whole');
    expect(verifyChain(items({ a: 0 }, { a: 2 }, { a: 3 }), START, head, sha256)).toEqual({
      kind: 'broken',
      seq: 3,
      reason: 'HASH',
    });
  });
});

it('a body that was written, sent and read again has the bytes that were hashed (pitfall 21)', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (body) => {
      const stored = JSON.stringify(body);
      const sent = JSON.stringify({ items: [{ seq: 1, body: JSON.parse(stored) as unknown }] });
      const { items: received } = JSON.parse(sent) as { items: [{ body: unknown }] };
      expect(JSON.stringify(received[0].body)).toBe(stored);
    }),
  );
});
