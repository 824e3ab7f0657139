import fc from 'fast-check';
import { runTime } from '../time/time.js';
import { byDueOrder, type DueOrder } from './due.js';

const row = (dueAt: number, itemId: string, audience: string, version = 1): DueOrder => ({
  dueAt: runTime(dueAt),
  itemId,
  audience,
  version,
});

describe('byDueOrder', () => {
  it.each([
    ['the due time before all else', row(1, 'z', 'us', 9), row(2, 'a', 'jp', 1)],
    ['then the item', row(1, 'a', 'us', 9), row(1, 'b', 'jp', 1)],
    ['then the audience', row(1, 'a', 'control', 9), row(1, 'a', 'jp', 1)],
    ['then the version, so that the later one never goes first', row(1, 'a', 'jp', 1), row(1, 'a', 'jp', 2)],
    ['versions as numbers', row(1, 'a', 'jp', 9), row(1, 'a', 'jp', 10)],
    ['the end of a chapter last', row(1, 'zulu', 'us'), row(1, '~end', 'control')],
  ])('compares %s', (_, first, second) => {
    expect(byDueOrder(first, second)).toBeLessThan(0);
    expect(byDueOrder(second, first)).toBeGreaterThan(0);
    expect(byDueOrder(first, { ...first })).toBe(0);
  });

  it('gives one order, whatever order the rows come in', () => {
    const rows = fc.uniqueArray(
      fc.record({
        dueAt: fc.nat(3).map(runTime),
        itemId: fc.constantFrom('a', 'b', '~end'),
        audience: fc.constantFrom('control', 'jp', 'kr'),
        version: fc.integer({ min: 1, max: 3 }),
      }),
      { selector: (each) => JSON.stringify(each) },
    );
    fc.assert(
      fc.property(
        rows.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
        ([some, shuffled]) => {
          expect([...shuffled].sort(byDueOrder)).toEqual([...some].sort(byDueOrder));
        },
      ),
    );
  });
});
