import { compareText } from './order.js';

describe('compareText', () => {
  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
    ['', 'a', -1],
    ['item', 'item-2', -1],
    // Code units, not a language's order: a locale would put these the other way round.
    ['B', 'a', -1],
    ['item-10', 'item-2', -1],
    ['~end', 'zzz', 1],
    ['a-b', 'aa', -1],
  ])('puts %p and %p in the order %d', (a, b, order) => {
    expect(compareText(a, b)).toBe(order);
  });
});
