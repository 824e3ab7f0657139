import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** The account under which PostgreSQL runs when Triwatch itself runs as root, which PostgreSQL refuses. */
export interface DatabaseUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What a finished program left: its exit code (null when a signal ended it) and everything it printed. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

export interface RunOptions {
  /** A folder that the database user can enter: the caller's own folder may be closed to it. */
  readonly cwd: string;
  readonly user?: DatabaseUser;
  readonly input?: string;
}

/**
 * Runs a program without a shell and resolves when it has ended.
 * The environment is made up from scratch: a private HOME, a locale or PG* variables of the caller must not leak in.
 * Rejects with the system's error when the program cannot be started at all.
 */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      uid: options.user?.uid,
      gid: options.user?.gid,
      env: childEnvironment(options.cwd),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // A program that ends before it has read its input is judged by its exit code, not by the broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

function childEnvironment(home: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: home,
    LANG: 'C',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
  if (process.platform === 'win32') {
    const { PATH, SystemRoot, TEMP, TMP } = process.env;
    return { ...env, PATH, SystemRoot, TEMP, TMP };
  }
  return env;
}

/** Whether a process with this id runs. A zombie does not: it holds nothing but its id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const state = statFields(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** When the process began, in a form good for comparing only: the same id with another value is another process. */
export function birthOf(pid: number): string {
  return statFields(pid)?.[19] ?? '';
}

/** Whether the process works in this folder, as a PostgreSQL server does in its cluster; undefined when unknowable. */
export function worksIn(pid: number, folder: string): boolean | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? undefined : false;
  }
}

/** The fields of /proc/<pid>/stat after the command, which may itself hold blanks and brackets; Linux only. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
