import { OperationalError } from '../../platform/operational-error.js';
import { ReceiptBatch } from './receipt-batch.js';

const BAD = 'bad';

describe('ReceiptBatch', () => {
  it('stores together what came together, and answers each with its own outcome', async () => {
    const stored: string[][] = [];
    const batch = new ReceiptBatch<string, string>((entries) => {
      stored.push([...entries]);
      return Promise.resolve(entries.map((entry) => `stored ${entry}`));
    });
    expect(await Promise.all([batch.add('a'), batch.add('b')])).toEqual(['stored a', 'stored b']);
    expect(stored).toEqual([['a', 'b']]);
  });

  it('does not wait once it is full', async () => {
    const sizes: number[] = [];
    const batch = new ReceiptBatch<number, number>((entries) => {
      sizes.push(entries.length);
      return Promise.resolve(entries);
    });
    const numbers = Array.from({ length: 600 }, (_, index) => index);
    expect(await Promise.all(numbers.map((each) => batch.add(each)))).toEqual(numbers);
    expect(Math.max(...sizes)).toBe(256);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(600);
  });

  it('lets one bad entry fail alone', async () => {
    const batch = new ReceiptBatch<string, string>((entries) =>
      entries.includes(BAD) ? Promise.reject(new Error('cannot be stored')) : Promise.resolve(entries),
    );
    const outcomes = await Promise.allSettled([batch.add('a'), batch.add(BAD), batch.add('c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('tries once for all when the database is away', async () => {
    let tries = 0;
    const batch = new ReceiptBatch<string, string>(() => {
      tries += 1;
      return Promise.reject(new OperationalError('DATABASE_UNAVAILABLE', 'Away.'));
    });
    const outcomes = await Promise.allSettled([batch.add('a'), batch.add('b')]);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(1);
  });

  it('keeps what comes while it stores for the next batch, and a flush waits for all', async () => {
    const stored: string[][] = [];
    const releases: (() => void)[] = [];
    let beganAgain = (): void => undefined;
    const again = new Promise<void>((resolve) => (beganAgain = resolve));
    const batch = new ReceiptBatch<string, string>(async (entries) => {
      stored.push([...entries]);
      await new Promise<void>((resolve) => {
        releases.push(resolve);
        if (releases.length === 2) {
          beganAgain();
        }
      });
      return entries;
    });
    const first = batch.add('a');
    const flushed = batch.flush();
    const second = batch.add('b');
    releases[0]?.();
    await first;
    await again;
    releases[1]?.();
    await Promise.all([second, flushed]);
    expect(stored).toEqual([['a'], ['b']]);
  });
});
