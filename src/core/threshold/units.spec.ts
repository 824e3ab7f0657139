import fc from 'fast-check';
import { converted, dimensionOf, UNIT_NAMES } from './units.js';

describe('units of radioactivity and dose', () => {
  it.each<[number, string, string, number]>([
    [20_000, 'pCi/L', 'Bq/L', 740],
    [1, 'Bq/mL', 'Bq/L', 1000],
    [1, 'Bq/m3', 'mBq/L', 1],
    [0.001, 'µCi/mL', 'Bq/L', 37_000],
    [2, 'mrem/h', 'µSv/h', 20],
    [0.1, 'rem/year', 'mSv/year', 1],
    [973, 'nSv/h', 'uSv/h', 0.973],
    [1, 'pCi/g', 'Bq/kg', 37],
    [5, 'Bq/l', 'Bq/L', 5],
    [5, 'mSv/y', 'mSv/a', 5],
  ])('%d %s in %s is %d', (value, from, to, expected) => {
    expect(converted(value, from, to)).toBe(expected);
  });

  it.each([
    ['Bq/L', 'Bq/kg'],
    ['mSv', 'mSv/year'],
    ['µSv/h', 'mSv/year'],
    ['Bq/L', 'ppm'],
    ['MBq/L', 'Bq/L'],
    ['toString', 'Bq/L'],
  ])('%s is never compared with %s', (from, to) => {
    expect(converted(1, from, to)).toBeUndefined();
  });

  it('converts there and back to the same figure, within one dimension and in no other', () => {
    const unit = fc.constantFrom(...UNIT_NAMES);
    fc.assert(
      fc.property(unit, unit, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (one, other, value) => {
        const there = converted(value, one, other);
        if (dimensionOf(one) !== dimensionOf(other)) {
          expect(there).toBeUndefined();
        } else {
          expect(converted(there!, other, one)! / value).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});
