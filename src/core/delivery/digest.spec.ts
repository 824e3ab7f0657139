import fc from 'fast-check';
import { digestText, type DigestEntry } from './digest.js';

const entry = (more: Partial<DigestEntry> = {}): DigestEntry => ({
  audience: 'jp',
  dueAt: 1_290_490_440_000,
  itemId: 'first-barrage',
  version: 1,
  contentHash: 'c0ffee',
  ...more,
});

describe('digestText', () => {
  it('is empty for a run that told nobody anything', () => {
    expect(digestText([])).toBe('');
  });

  it('writes a line each: audience, due time, item, version, hash', () => {
    expect(digestText([entry()])).toBe('jp 1290490440000 first-barrage 1 c0ffee\n');
  });

  it('orders by audience, due time, item, version', () => {
    const lines = [
      entry({ audience: 'control', dueAt: 9 }),
      entry({ dueAt: 2, itemId: 'b' }),
      entry({ dueAt: 10, itemId: 'a', version: 2 }),
      entry({ dueAt: 10, itemId: 'a', version: 10 }),
      entry({ dueAt: 10, itemId: 'b', version: 1 }),
      entry({ audience: 'kr', dueAt: 1 }),
    ];
    expect(digestText([...lines].reverse())).toBe(lines.map((line) => digestText([line])).join(''));
  });

  it.each<[keyof DigestEntry, Partial<DigestEntry>]>([
    ['audience', { audience: 'kr' }],
    ['dueAt', { dueAt: 1 }],
    ['itemId', { itemId: 'second-barrage' }],
    ['version', { version: 2 }],
    ['contentHash', { contentHash: 'decaf' }],
  ])('changes with the %s', (_, change) => {
    expect(digestText([entry(change)])).not.toBe(digestText([entry()]));
  });

  it('leaves the entries as they were given', () => {
    const entries = [entry({ audience: 'us' }), entry({ audience: 'jp' })];
    digestText(entries);
    expect(entries.map(({ audience }) => audience)).toEqual(['us', 'jp']);
  });

  it('does not depend on the order in which entries were stored', () => {
    const entries = fc.uniqueArray(
      fc.record({
        audience: fc.constantFrom('control', 'jp', 'kr'),
        dueAt: fc.nat(3),
        itemId: fc.constantFrom('a', 'a-b', 'B'),
        version: fc.integer({ min: 1, max: 12 }),
      }),
      { selector: (each) => JSON.stringify(each) },
    );
    fc.assert(
      fc.property(
        entries.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
        ([some, shuffled]) => {
          expect(digestText(shuffled.map(entry))).toBe(digestText(some.map(entry)));
        },
      ),
    );
  });
});
