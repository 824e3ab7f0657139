import { median, percentile, spread } from './stats.js';

describe('statistics', () => {
  it.each([
    [[3], 3],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9], 9.5],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('the percentile %d of 1 to 100 is %d, in whatever order they come', (share, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(percentile(values, share)).toBe(expected);
  });

  it('has no median and no percentile of nothing', () => {
    expect([median([]), percentile([], 0.5)]).toEqual([NaN, NaN]);
    expect(spread([])).toBeUndefined();
  });

  it('says the median of the rounds and how far they lie apart', () => {
    expect(spread([1.5, 4, 2])).toEqual({ median: 2, min: 1.5, max: 4 });
  });
});
