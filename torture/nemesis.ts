import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, Member } from './cluster.js';
import type { Proxy } from './proxy.js';
import { FAULTS, type Fault, type FaultKind } from './schedule.js';
import { signalTo } from './signal.js';

const LOOK_MS = 100;
/** What a fault is for may be down from the one before it. */
const FIND_MS = 10_000;

/** Does the faults of a schedule to a cluster, and mends each. */
export class Nemesis {
  /** Those that hit something. */
  readonly done: FaultKind[] = [];
  /** The end of the last fault of each group: what mends slowly must not meet the next of its group. */
  private readonly ends = new Map<string, Promise<void>>();

  constructor(
    private readonly cluster: Cluster,
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when every fault was done and mended. */
  async run(faults: readonly Fault[]): Promise<void> {
    const startedAt = Date.now();
    const all: Promise<void>[] = [];
    for (const fault of faults) {
      await pause(Math.max(0, startedAt + fault.at - Date.now()));
      const { group } = FAULTS[fault.kind];
      const before = group === 'none' ? undefined : this.ends.get(group);
      const end = (before ?? Promise.resolve()).then(() => this.execute(fault));
      // Told by `Promise.all`, in the end: nobody waits for it yet, and an unhandled rejection would leave processes behind.
      end.catch(() => undefined);
      this.ends.set(group, end);
      all.push(end);
    }
    await Promise.all(all);
  }

  private async execute(fault: Fault): Promise<void> {
    const what = this.describe(fault);
    this.log(`fault: ${what}`);
    for (const until = Date.now() + FIND_MS; Date.now() < until; await pause(LOOK_MS)) {
      if (await this.inflict(fault)) {
        this.done.push(fault.kind);
        return;
      }
    }
    this.log(`fault: ${what} found nothing to hit`);
  }

  /** Resolves when it is mended; false when there was nothing that it could have hit. */
  private async inflict({ kind, target, lastsMs }: Fault): Promise<boolean> {
    const { cluster } = this;
    switch (kind) {
      case 'kill-main':
        return killed(pick(cluster.mains, target), lastsMs);
      case 'kill-worker':
        return killed(pick(cluster.workers, target), lastsMs);
      case 'kill-redis':
        return killed(cluster.redis!, lastsMs);
      case 'pause-main':
        return paused([pick(cluster.mains, target).pid], lastsMs);
      case 'pause-worker':
        return paused([pick(cluster.workers, target).pid], lastsMs);
      case 'pause-redis':
        return paused([cluster.redis!.pid], lastsMs);
      case 'pause-postgres':
        return paused(await cluster.postgresPids(), lastsMs);
      case 'kill-postgres':
        return cluster.killPostgres(target === 0 ? 'SIGKILL' : 'SIGQUIT');
      case 'kill-main-and-postgres':
        return killed(pick(cluster.mains, target), lastsMs, () => cluster.killPostgres('SIGKILL'));
      case 'cut-consoles':
        return pick(cluster.consoleProxies, target).cut() > 0;
      case 'cut-postgres':
        return pick(cluster.postgresProxies, target).cut() > 0;
      case 'cut-redis':
        return cluster.redisProxies.reduce((count, proxy) => count + proxy.cut(), 0) > 0;
      case 'refuse-consoles':
        return during(pick(cluster.consoleProxies, target), (proxy) => proxy.refuse(), lastsMs);
      case 'stall-consoles':
        return during(pick(cluster.consoleProxies, target), (proxy) => proxy.stall(), lastsMs);
      case 'stall-postgres':
        return during(pick(cluster.postgresProxies, target), (proxy) => proxy.stall(), lastsMs);
    }
  }

  private describe({ kind, target, lastsMs }: Fault): string {
    return `${kind} ${target}${lastsMs > 0 ? ` for ${(lastsMs / 1000).toFixed(1)} s` : ''}`;
  }
}

const pick = <T>(all: readonly T[], target: number): T => all[target % all.length]!;

/** Kills a member, and something else with it, and starts it again. */
async function killed(member: Member, lastsMs: number, other?: () => Promise<boolean>): Promise<boolean> {
  const hits = await Promise.all([member.kill(), other?.() ?? true]);
  await pause(lastsMs);
  await member.start();
  return hits.every(Boolean);
}

/** Does something to a proxy, be there connections or not: new ones meet it too. */
async function during(proxy: Proxy, begin: (proxy: Proxy) => void, lastsMs: number): Promise<boolean> {
  begin(proxy);
  await pause(lastsMs);
  proxy.mend();
  return true;
}

/** Stops processes where they stand, and lets them go on. */
async function paused(pids: readonly number[], lastsMs: number): Promise<boolean> {
  const stopped = pids.filter((pid) => signalTo(pid, 'SIGSTOP'));
  if (stopped.length === 0) {
    return false;
  }
  await pause(lastsMs);
  stopped.forEach((pid) => signalTo(pid, 'SIGCONT'));
  return true;
}
