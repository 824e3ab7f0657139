import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

interface Entry {
  parent: number;
  cpuMs: number;
}

/**
 * CPU time, user and system, of processes and all their descendants in milliseconds. What descendants that have ended had
 * used is in their parent's count, so that connections of PostgreSQL that come and go are counted too.
 */
export function cpuMsOf(roots: readonly number[]): number {
  const entries = readEntries();
  return treeOf(roots, entries).reduce((sum, pid) => sum + (entries.get(pid)?.cpuMs ?? 0), 0);
}

/** Sends a signal to processes and all their descendants. */
export function signalTree(roots: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of treeOf(roots, readEntries())) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

/** The processes and their descendants, parents first. */
function treeOf(roots: readonly number[], entries: ReadonlyMap<number, Entry>): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of entries) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = new Set<number>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (!tree.has(pid)) {
      tree.add(pid);
      open.push(...(children.get(pid) ?? []));
    }
  }
  return [...tree];
}

/** Memory that processes hold, in KiB. */
export function rssKibOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const found = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`));
    return sum + Number(found?.[1] ?? 0);
  }, 0);
}

function readEntries(): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
    // The name of the program stands in brackets and may hold anything, brackets too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat !== '') {
      const times = fields.slice(11, 15).map(Number);
      entries.set(Number(name), {
        parent: Number(fields[1]),
        cpuMs: times.reduce((sum, ticks) => sum + ticks, 0) * TICK_MS,
      });
    }
  }
  return entries;
}

/** Empty for a process that has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
