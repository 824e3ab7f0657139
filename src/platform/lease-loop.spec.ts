import { jest } from '@jest/globals';
import { LeaseLoop } from './lease-loop.js';

const EVERY_MS = 100;

/** A loop with two places over rows that wait; work ends when the test says so. */
function loopOver(waiting: string[]) {
  const limits: number[] = [];
  const begun: string[] = [];
  const leases = new Set<string>();
  const failures: [string, string?][] = [];
  const ends = new Map<string, (error?: Error) => void>();
  let fault: Error | undefined;
  let stopped = false;
  const loop = new LeaseLoop<string>({
    everyMs: EVERY_MS,
    atOnce: 2,
    take: async (lease, limit) => {
      limits.push(limit);
      if (fault) {
        throw fault;
      }
      leases.add(lease);
      return waiting.splice(0, limit);
    },
    work: (row, lease, stop) => {
      begun.push(row);
      expect(leases).toContain(lease);
      stop.addEventListener('abort', () => (stopped = true));
      return new Promise((resolve, reject) => ends.set(row, (error) => (error ? reject(error) : resolve())));
    },
    failed: (error, row) => failures.push([(error as Error).message, row]),
  });
  loop.start();
  return {
    ...{ loop, limits, begun, failures },
    leaseNames: leases,
    end: (row: string, error?: Error): void => ends.get(row)?.(error),
    breakLooks: (error?: Error): void => void (fault = error),
    wasStopped: (): boolean => stopped,
    look: (): Promise<void> => jest.advanceTimersByTimeAsync(EVERY_MS),
  };
}

describe('a lease loop', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('takes as many rows as it has places, and the next when one is free, under a name of each look', async () => {
    const { loop, limits, begun, end, look, leaseNames } = loopOver(['a', 'b', 'c']);
    await look();
    expect(begun).toEqual(['a', 'b']);
    await look();
    expect(limits).toEqual([2]);
    end('b');
    await look();
    expect({ begun, limits, names: leaseNames.size }).toEqual({ begun: ['a', 'b', 'c'], limits: [2, 1], names: 2 });
    ['a', 'c'].forEach((row) => end(row));
    await loop.stop();
  });

  it('goes on after a look and after work that failed', async () => {
    const { loop, begun, failures, breakLooks, end, look } = loopOver(['a', 'b', 'c']);
    breakLooks(new Error('no database'));
    await look();
    breakLooks();
    await look();
    end('a', new Error('broken'));
    await look();
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([['no database', undefined], ['broken', 'a']]); // prettier-ignore
    ['b', 'c'].forEach((row) => end(row));
    await loop.stop();
  });

  it('tells what is under way to stop, waits for it, and takes nothing more', async () => {
    const { loop, begun, end, look, wasStopped } = loopOver(['a', 'b', 'c']);
    await look();
    let ended = false;
    const stopping = loop.stop().then(() => (ended = true));
    expect(wasStopped()).toBe(true);
    end('a');
    await look();
    expect(ended).toBe(false);
    end('b');
    await stopping;
    await look();
    expect(begun).toEqual(['a', 'b']);
  });
});
