import {
  chmod,
  chown,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { OperationalError } from '../operational-error.js';
import type { Binaries } from './embedded-binaries.js';
import { classifyFailure, failed } from './embedded-errors.js';
import { type DatabaseUser, run } from './embedded-process.js';

/** The name of PostgreSQL's own superuser in every cluster that Triwatch makes. */
export const SUPERUSER = 'postgres';

export interface ClusterPlace {
  readonly dataDir: string;
  readonly user: DatabaseUser | undefined;
  readonly binaries: Binaries;
}

/** The folder of the cluster, as opposed to the data folder around it. */
export function clusterDir(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * Makes the cluster when there is none and checks that an existing one can be used.
 * Throws OperationalError DATA_DIR_VERSION for another major version, EMBEDDED_POSTGRES_FAILED for a damaged folder.
 */
export async function ensureCluster(place: ClusterPlace, password: string): Promise<'made' | 'found'> {
  const cluster = clusterDir(place.dataDir);
  const major = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(orUndefined);
  if (major === undefined) {
    if ((await readdir(cluster).catch(orUndefined))?.length) {
      throw failed(place.dataDir, `${cluster} is not a complete cluster; move it away or restore it`);
    }
    await initCluster(place, password);
    return 'made';
  }
  if (major.trim() !== place.binaries.major) {
    const message = `The data folder ${place.dataDir} was written by PostgreSQL ${major.trim()} and this version of Triwatch runs PostgreSQL ${place.binaries.major}: set TRIWATCH_DATA_DIR to a new folder, or run the version of Triwatch that made this one.`;
    throw new OperationalError('DATA_DIR_VERSION', message);
  }
  return 'found';
}

/**
 * Works in a folder of its own and renames it at the end, so that an interrupted initdb leaves nothing half-done.
 * The name is new each time: an initdb whose parent was killed may still be writing to the one before.
 */
async function initCluster({ dataDir, user, binaries }: ClusterPlace, password: string): Promise<void> {
  await removeDrafts(dataDir);
  const name = `postgres.new.${randomBytes(4).toString('hex')}`;
  const draft = join(dataDir, name);
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) {
      await chown(draft, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    // The built-in locale sorts and folds case alike on every system, whatever its C library knows.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${name}.password`];
    const { code, output } = await run(binaries.initdb, ['-D', name, ...locale, ...access], {
      cwd: dataDir,
      user,
    });
    if (code !== 0) {
      const failure = classifyFailure(output, dataDir);
      throw failure.kind === 'final' ? failure.error : failed(dataDir, failure.line);
    }
    await rm(clusterDir(dataDir), { recursive: true, force: true });
    await rename(draft, clusterDir(dataDir));
    await syncFolder(dataDir);
  } finally {
    await removeDrafts(dataDir);
  }
}

async function removeDrafts(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  for (const name of names.filter((each) => each.startsWith('postgres.new'))) {
    // Someone may still be writing there; what cannot go now goes next time.
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Gives the cluster to the database user and closes it to others; PostgreSQL refuses to start on it otherwise. */
export async function claimCluster({ dataDir, user }: ClusterPlace): Promise<void> {
  const cluster = clusterDir(dataDir);
  const info = await stat(cluster);
  if (user && info.uid !== user.uid) {
    await chownTree(cluster, user);
  }
  if ((info.mode & 0o027) !== 0) {
    await chmod(cluster, 0o700);
  }
}

async function chownTree(path: string, user: DatabaseUser): Promise<void> {
  await lchown(path, user.uid, user.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    await (entry.isDirectory() ? chownTree(child, user) : lchown(child, user.uid, user.gid));
  }
}

/** What a server says on this port: `other` is a server of somebody else. */
export type Answer = 'ready' | 'starting' | 'refused' | 'wrong-password' | 'other';

/** Connects as superuser and asks the server which folder it serves. */
export async function askServer(port: number, password: string, dataDir: string): Promise<Answer> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks is reported by the pending call; without a listener it would also end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const served = rows[0] ? await realpath(rows[0].data_directory).catch(() => '') : '';
    return served === (await realpath(clusterDir(dataDir))) ? 'ready' : 'other';
  } catch (error) {
    switch ((error as { code?: string }).code) {
      case '57P03':
        return 'starting';
      case '28P01':
      case '28000':
        return 'wrong-password';
      default:
        return 'refused';
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

function orUndefined(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') {
    throw error;
  }
  return undefined;
}
