import { entriesToTake, failedAgain } from './entries.js';

const NOW = 1_000_000;
const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

describe('entriesToTake', () => {
  it('takes what was never tried before what failed, in the order of the feed', () => {
    const failed = { old: { failures: 3, nextAtMs: NOW }, older: { failures: 1, nextAtMs: NOW + 1 } };
    const { take, rest, waiting } = entriesToTake(named('old', 'new', 'older', 'next'), failed, NOW, 3);
    expect(take.map(({ name }) => name)).toEqual(['new', 'next', 'old']);
    expect({ rest, waiting }).toEqual({ rest: 0, waiting: 1 });
  });

  it('takes a new one however many are dead', () => {
    const dead = Array.from({ length: 199 }, (_, index) => `dead-${index}`);
    const failed = Object.fromEntries(dead.map((name) => [name, { failures: 9, nextAtMs: 0 }]));
    const { take, rest } = entriesToTake(named(...dead, 'new'), failed, NOW, 50);
    expect(take[0]?.name).toBe('new');
    expect(rest).toBe(150);
  });
});

describe('failedAgain', () => {
  it('waits for an interval, then longer, an hour at most', () => {
    const first = failedAgain(undefined, 60_000, NOW, 1);
    expect(first).toEqual({ failures: 1, nextAtMs: NOW + 60_000 });
    expect(failedAgain(first, 60_000, NOW, 1)).toEqual({ failures: 2, nextAtMs: NOW + 120_000 });
    expect(failedAgain({ failures: 40, nextAtMs: NOW }, 60_000, NOW, 1).nextAtMs).toBe(NOW + 3_600_000);
  });
});
