import { percentile, summariseLatencies } from './percentiles.js';

it.each([
  ['no values', [], 50, null],
  ['one value', [7], 99, 7],
  ['an odd count', [3, 1, 2], 50, 2],
  ['an even count takes the lower of the middle', [4, 1, 3, 2], 50, 2],
  ['p99 of a hundred', Array.from({ length: 100 }, (_, index) => index + 1), 99, 99],
  ['p99 of few is the largest', [5, 9, 1], 99, 9],
  ['p0 is the smallest', [5, 9, 1], 0, 1],
])('percentile: %s', (_name, values, p, expected) => {
  expect(percentile(values, p)).toBe(expected);
});

it('summarises without changing the order of what it was given', () => {
  const values = [30, 10, 20];
  expect(summariseLatencies(values)).toEqual({ samples: 3, p50: 20, p99: 30, max: 30 });
  expect(values).toEqual([30, 10, 20]);
  expect(summariseLatencies([])).toEqual({ samples: 0, p50: null, p99: null, max: null });
});
