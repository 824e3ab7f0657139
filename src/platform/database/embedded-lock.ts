import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperationalError } from '../operational-error.js';
import { birthOf, isAlive } from './embedded-process.js';

const WAIT_MS = 90_000;
const POLL_MS = 50;

/**
 * Runs `work` while holding the lock file at `path`; another process, or another call in this one, waits for its turn.
 * A lock whose owner has died is taken over. Throws OperationalError EMBEDDED_POSTGRES_FAILED after 90 s of waiting.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = JSON.stringify({ pid: process.pid, born: birthOf(process.pid), key: randomBytes(6).toString('hex') });
  const deadline = Date.now() + WAIT_MS;
  while (!(await acquire(path, token))) {
    const held = await read(path);
    if (held !== undefined && !ownerLives(held)) {
      await discard(path, held);
    } else if (Date.now() > deadline) {
      const message = `Another process holds ${path} for more than ${WAIT_MS / 1000} s: end that process (${held ?? 'unknown'}), then start again.`;
      throw new OperationalError('EMBEDDED_POSTGRES_FAILED', message);
    } else {
      await sleep(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    if ((await read(path)) === token) {
      await rm(path, { force: true });
    }
  }
}

/**
 * Takes the lock file at `path` for as long as this process runs, and returns how to give it back. Waits for nobody: throws
 * OperationalError DATA_DIR_IN_USE while its owner lives; a lock whose owner has died is taken over.
 */
export async function holdLock(path: string): Promise<() => Promise<void>> {
  const token = JSON.stringify({ pid: process.pid, born: birthOf(process.pid), key: randomBytes(6).toString('hex') });
  while (!(await acquire(path, token))) {
    const held = await read(path);
    if (held !== undefined && ownerLives(held)) {
      const { pid } = JSON.parse(held) as { pid: number };
      const message = `Triwatch runs on this data folder already (process ${pid}): stop it, or set TRIWATCH_DATA_DIR to another folder.`;
      throw new OperationalError('DATA_DIR_IN_USE', message);
    }
    if (held !== undefined) {
      await discard(path, held);
    }
  }
  return async () => {
    if ((await read(path)) === token) {
      await rm(path, { force: true });
    }
  };
}

/** Links a complete file into place, so that nobody ever reads a lock that is still being written. */
async function acquire(path: string, token: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, token, { mode: 0o644 });
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves a dead owner's lock away. Renaming is atomic, so of two that try only one gets it; a fresh lock is put back. */
async function discard(path: string, stale: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await read(aside)) !== stale) {
    await link(aside, path).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

function ownerLives(token: string): boolean {
  try {
    const { pid, born } = JSON.parse(token) as { pid: number; born: string };
    return isAlive(pid) && (born === '' || birthOf(pid) === born);
  } catch {
    return false;
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
