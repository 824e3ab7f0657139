import fc from 'fast-check';
import { runTime } from '../time/time.js';
import { byDueOrder, type DueOrder } from './due.js';

const row = (
  dueAt: number,
  itemId: string,
  audience: string,
  version = 1,
  more: Partial<Pick<DueOrder, 'step' | 'origin'>> = {},
): DueOrder => ({ dueAt: runTime(dueAt), itemId, audience, version, step: 'deliver', origin: 'scenario', ...more });

describe('byDueOrder', () => {
  it.each([
    ['the due time before all else', row(1, 'z', 'us', 9), row(2, 'a', 'jp', 1)],
    ['then the item', row(1, 'a', 'us', 9), row(1, 'b', 'jp', 1)],
    ['then the audience', row(1, 'a', 'control', 9), row(1, 'a', 'jp', 1)],
    ['then the version, so that the later one never goes first', row(1, 'a', 'jp', 1), row(1, 'a', 'jp', 2)],
    ['versions as numbers', row(1, 'a', 'jp', 9), row(1, 'a', 'jp', 10)],
    [
      'what people put in after what it may answer',
      row(1, 'question', 'jp'),
      row(1, 'answer', 'jp', 1, { origin: 'input' }),
    ],
    [
      'the end of a chapter last',
      row(1, 'zulu', 'us', 1, { origin: 'input' }),
      row(1, '~end', 'control', 1, { step: 'end' }),
    ],
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
        step: fc.constantFrom('deliver' as const, 'end' as const),
        origin: fc.constantFrom('scenario' as const, 'input' as const, 'derived' as const),
      }),
      { selector: (each) => JSON.stringify({ ...each, origin: each.origin === 'input' }) },
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
