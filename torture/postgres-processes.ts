import { readFile } from 'node:fs/promises';
import { postgresOf } from '../test/support/processes.js';
import { eventually } from '../test/support/eventually.js';
import { isAlive } from '../src/platform/database/embedded-process.js';
import { signalTo } from './signal.js';

/** The parent of the PostgreSQL server of a data folder and its children; Linux only, elsewhere the parent alone. */
export async function postgresPids(dataDir: string): Promise<number[]> {
  const parent = postgresOf(dataDir);
  if (parent === undefined) {
    return [];
  }
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '');
  return [parent, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
}

/**
 * Ends the server at once: SIGQUIT is its immediate shutdown, SIGKILL leaves its children to notice for themselves. False
 * when none ran.
 */
export async function killPostgres(dataDir: string, signal: 'SIGQUIT' | 'SIGKILL'): Promise<boolean> {
  const pid = postgresOf(dataDir);
  if (pid === undefined || !signalTo(pid, signal)) {
    return false;
  }
  await eventually(`PostgreSQL ${pid} is gone`, () => !isAlive(pid));
  return true;
}

/** Lets a server that the nemesis has stopped go on, so that it can be asked to end. */
export async function continuePostgres(dataDir: string): Promise<void> {
  (await postgresPids(dataDir)).forEach((pid) => signalTo(pid, 'SIGCONT'));
}
