import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OperationalError } from '../operational-error.js';
import type { DatabaseUser } from './embedded-process.js';
import { firstClosedFolder } from './embedded-user.js';

/** Where root keeps data and copies of the binaries: a clone below a private folder is out of the database user's reach. */
export const ROOT_STORE = '/var/lib/triwatch';

/**
 * Returns the data folder for a project when none is configured: `.triwatch` in the project for an ordinary user, and for
 * root a folder under /var/lib/triwatch named after the project and its path.
 */
export function defaultDataDir(projectRoot: string): string {
  const root = resolve(projectRoot);
  if (process.getuid?.() !== 0) {
    return join(root, '.triwatch');
  }
  const name = basename(root).replace(/[^\w.-]/g, '_') || 'root';
  return join(ROOT_STORE, `${name}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
}

/**
 * Makes the data folder and lets the database user pass through it; what lies in it keeps its own owner and mode.
 * Throws OperationalError DATA_DIR_UNREACHABLE when a folder above it is closed to that user.
 */
export async function prepareDataDir(dataDir: string, user: DatabaseUser | undefined): Promise<void> {
  if (user) {
    const above = await existingAncestor(dataDir);
    const closed = await firstClosedFolder(above, user);
    if (closed) {
      throw unreachable(dataDir, closed, user);
    }
  }
  const firstMade = await mkdir(dataDir, { recursive: true, mode: user ? 0o755 : 0o700 });
  if (!user) {
    return;
  }
  // The umask may have closed the folders just made; those above the data folder hold nothing and may stand open.
  for (let folder = dirname(dataDir); firstMade && folder.startsWith(firstMade); folder = dirname(folder)) {
    await chmod(folder, 0o755);
  }
  if ((await firstClosedFolder(dataDir, user)) === dataDir && (await isOurs(dataDir))) {
    await chown(dataDir, (await stat(dataDir)).uid, user.gid);
    await chmod(dataDir, 0o710);
  }
  const closed = await firstClosedFolder(dataDir, user);
  if (closed) {
    throw unreachable(dataDir, closed, user);
  }
}

/** The nearest folder above `path` that is there already. */
async function existingAncestor(path: string): Promise<string> {
  const parent = dirname(path);
  const exists = parent === path || (await stat(parent).catch(() => undefined));
  return exists ? parent : existingAncestor(parent);
}

function unreachable(dataDir: string, closed: string, user: DatabaseUser): OperationalError {
  const message = `The data folder ${dataDir} cannot be used because PostgreSQL, which refuses to run as root, runs here as ${user.name} and may not enter ${closed}: set TRIWATCH_DATA_DIR to a folder below /var/lib, or unset it, or run chmod o+x ${closed}.`;
  return new OperationalError('DATA_DIR_UNREACHABLE', message);
}

/** A folder that is empty or already holds our files may get another group and mode; a folder with other things may not. */
async function isOurs(dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir);
  return names.includes('secrets.json') || names.every((name) => /^(postgres|secrets|start\.lock)/.test(name));
}
