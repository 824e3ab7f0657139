import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `look` returns something, and fails with `what` when it has not by the deadline. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const endAt = Date.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > endAt) {
      throw new Error(`Not within ${deadlineMs / 1000} s: ${what}`);
    }
    await pause(20);
  }
}
