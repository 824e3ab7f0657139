import { START, chainHash, toHex } from './chain.js';
import { StoredFeedCheck, type StoredItem } from './stored-feed-check.js';

/** Stands in for SHA-256, which the core does not have: every byte and its place change the whole of it. */
function sha256(bytes: Uint8Array): Uint8Array {
  let state = 0x811c9dc5;
  bytes.forEach((byte) => (state = Math.imul(state ^ byte, 0x01000193) >>> 0));
  return Uint8Array.from({ length: 32 }, () => {
    state = Math.imul(state ^ (state >>> 13), 0x5bd1e995) >>> 0;
    return state & 0xff;
  });
}

function feed(bodies: readonly string[]): StoredItem[] {
  let { hash } = START;
  return bodies.map((body, index) => {
    const bodyHash = sha256(new TextEncoder().encode(body));
    hash = chainHash(hash, index + 1, bodyHash, sha256);
    return { seq: index + 1, kind: 'alert', id: `a${index + 1}`, version: 1, body, bodyHash: toHex(bodyHash), chainHash: toHex(hash) }; // prettier-ignore
  });
}

const BODIES = Array.from({ length: 6 }, (_, index) => `{"n":${index}}`);
const WHOLE = feed(BODIES);
const HEAD = { seq: 6, hash: WHOLE[5]!.chainHash };
const SIGNED = new Map([[4, WHOLE[3]!.chainHash]]);

function check(items: readonly StoredItem[], head: typeof HEAD): [string, number][] {
  const checking = new StoredFeedCheck(SIGNED, sha256);
  checking.follow(items.slice(0, 2));
  checking.follow(items.slice(2));
  return checking.finish(head).map(({ fault, seq }) => [fault, seq]);
}
const at = (seq: number, change: Partial<StoredItem>): StoredItem[] =>
  WHOLE.map((item) => (item.seq === seq ? { ...item, ...change } : item));
const forged = feed(BODIES.map((body, index) => (index === 2 ? '{"n":9}' : body)));

describe('a check of a stored feed', () => {
  it('takes in more signatures than a call takes arguments', () => {
    const many = new Map(Array.from({ length: 200_000 }, (_, index) => [index + 1, '']));
    expect(new StoredFeedCheck(many, sha256).finish()).toMatchObject([{ fault: 'TRUNCATED', seq: 1 }]);
  });

  it.each<[string, StoredItem[], [string, number][], typeof HEAD]>([
    ['nothing where it is whole', WHOLE, [], HEAD],
    ['a body that was changed', at(3, { body: '{"n":9}' }), [['CHANGED', 3]], HEAD],
    ['a body that was changed with its hash', at(3, { body: '{"n":9}', bodyHash: forged[2]!.bodyHash }), [['REORDERED', 3]], HEAD],
    ['an item that was taken out', WHOLE.filter(({ seq }) => seq !== 3), [['REMOVED', 3]], HEAD],
    ['items that changed places', at(3, { body: WHOLE[3]!.body, bodyHash: WHOLE[3]!.bodyHash }), [['REORDERED', 3]], HEAD],
    ['links computed anew', forged, [['FORGED', 4]], { seq: 6, hash: forged[5]!.chainHash }],
    ['an end that was taken away', WHOLE.slice(0, 5), [['TRUNCATED', 6]], HEAD],
    ['a signed end that was taken away with the head', WHOLE.slice(0, 3), [['TRUNCATED', 4]], { seq: 3, hash: WHOLE[2]!.chainHash }],
    ['a head that is another', WHOLE, [['FORGED', 6]], { seq: 6, hash: WHOLE[4]!.chainHash }],
  ])('finds %s', (_, items, findings, head) => {
    expect(check(items, head)).toEqual(findings);
  }); // prettier-ignore

  it('names the item', () => {
    const checking = new StoredFeedCheck(SIGNED, sha256);
    checking.follow(at(2, { body: '{}' }));
    expect(checking.finish()).toEqual([
      { fault: 'CHANGED', seq: 2, item: 'alert a2 v1', message: 'Item 2 (alert a2 v1) was changed after it was told.' },
    ]);
  });
});
