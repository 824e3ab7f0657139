import { branch, keyOf, streamOf, uniform } from './random.js';

describe('keyOf', () => {
  // Vectors of FNV-1a with 32 bits.
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('gives %p the key %d', (name, key) => expect(keyOf(name)).toBe(key));
});

describe('uniform', () => {
  const draws = (seed: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => uniform(branch(streamOf(seed), keyOf(`item-${index}`)), keyOf('x')));

  it('draws the same for the same seed and names, and otherwise for others', () => {
    expect(draws(7, 50)).toEqual(draws(7, 50));
    const all = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].flatMap((seed) => draws(seed, 500));
    expect(new Set(all).size).toBe(3000);
  });

  it('spreads evenly over 0 to 1, by item as by seed', () => {
    const bySeed = Array.from({ length: 20_000 }, (_, seed) => uniform(streamOf(seed), keyOf('latency')));
    for (const some of [draws(1, 20_000), bySeed]) {
      expect(some.every((each) => each >= 0 && each < 1)).toBe(true);
      const tenths = Array.from({ length: 10 }, (_, tenth) => some.filter((each) => Math.floor(each * 10) === tenth));
      // 2,000 are due to each; five standard deviations are 212.
      tenths.forEach((tenth) => expect(Math.abs(tenth.length - 2_000)).toBeLessThan(212));
    }
  });

  it('has no tie between one name and the next', () => {
    const pairs = Array.from({ length: 20_000 }, (_, seed) => [
      uniform(streamOf(seed), keyOf('channel-1')) - 0.5,
      uniform(streamOf(seed), keyOf('channel-2')) - 0.5,
    ]);
    const product = pairs.reduce((sum, [a = 0, b = 0]) => sum + a * b, 0) / pairs.length;
    // The standard deviation of the mean product of two independent draws is 1/12/sqrt(20000) = 0.0006.
    expect(Math.abs(product)).toBeLessThan(0.003);
  });
});
