import { stat, lstat, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { OperationalError } from '../operational-error.js';
import { type DatabaseUser, run } from './embedded-process.js';

/** What decides access to a file; `mode` holds the permission bits. */
export interface Permissions {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export type Access = 'read' | 'write' | 'enter';
const BIT: Record<Access, number> = { read: 4, write: 2, enter: 1 };

/** Whether the mode bits grant the user this access; of owner, group and others only the first that fits counts. */
export function grants(file: Permissions, user: { uid: number; gid: number }, access: Access): boolean {
  if (user.uid === 0) {
    return true;
  }
  const shift = file.uid === user.uid ? 6 : file.gid === user.gid ? 3 : 0;
  return ((file.mode >> shift) & BIT[access]) !== 0;
}

/**
 * Returns the first folder on the way to `path` that the user may not enter, or undefined when all of them are open.
 * `path` itself counts as well when it is a folder. Follows symbolic links: the way through the link and the way to its
 * target must both be open. Throws the system's error when `path` does not exist.
 */
export async function firstClosedFolder(path: string, user: { uid: number; gid: number }): Promise<string | undefined> {
  for (const way of new Set([resolve(path), await realpath(path)])) {
    for (const folder of [...ancestors(way), way]) {
      const info = (await lstat(folder)).isSymbolicLink() ? await stat(folder) : await lstat(folder);
      if (info.isDirectory() && !grants(info, user, 'enter')) {
        return folder;
      }
    }
  }
  return undefined;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}

/**
 * Returns the account for PostgreSQL when Triwatch runs as root: the owner of an existing cluster, else `postgres`, else
 * a system user `triwatch` (created when possible), else `nobody`. Returns undefined for an ordinary user, who runs
 * PostgreSQL under the own account. Throws OperationalError EMBEDDED_POSTGRES_UNSUPPORTED when there is none at all.
 */
export async function chooseDatabaseUser(cluster: string): Promise<DatabaseUser | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const user =
    (await lookUp('postgres')) ??
    (await lookUp('triwatch')) ??
    (await createUser('triwatch')) ??
    (await lookUp('nobody'));
  if (!user) {
    const message =
      'PostgreSQL refuses to run as root and there is no other user here: create one (useradd --system triwatch), or set DATABASE_URL to use a server of your own.';
    throw new OperationalError('EMBEDDED_POSTGRES_UNSUPPORTED', message);
  }
  return user;
}

async function lookUp(name: string): Promise<DatabaseUser | undefined> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
  return uid && gid ? { name, uid, gid } : undefined;
}

async function idOf(option: string, name: string): Promise<number | undefined> {
  const outcome = await run('id', [option, name], { cwd: '/' }).catch(() => undefined);
  return outcome?.code === 0 ? Number.parseInt(outcome.output, 10) : undefined;
}

async function createUser(name: string): Promise<DatabaseUser | undefined> {
  const args = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    name,
  ];
  await run('useradd', args, { cwd: '/' }).catch(() => undefined);
  return lookUp(name);
}
