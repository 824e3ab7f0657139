import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, Member } from './cluster.js';
import type { Proxy } from './proxy.js';
import { FAULTS, type Fault, type FaultKind } from './schedule.js';

/** A fault that was done, with the wall times of its begin and of its mending. */
export interface DoneFault {
  readonly kind: FaultKind;
  readonly what: string;
  readonly at: number;
  mendedAt?: number;
}

/** Does the faults of a schedule to a cluster, and mends each. */
export class Nemesis {
  readonly done: DoneFault[] = [];
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
      this.ends.set(group, end);
      all.push(end);
    }
    await Promise.all(all);
  }

  private async execute(fault: Fault): Promise<void> {
    const done: DoneFault = { kind: fault.kind, what: this.describe(fault), at: Date.now() };
    this.done.push(done);
    this.log(`fault: ${done.what}`);
    await this.inflict(fault);
    done.mendedAt = Date.now();
  }

  private async inflict({ kind, target, lastsMs }: Fault): Promise<void> {
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
        await Promise.all([pick(cluster.mains, target).kill(), cluster.killPostgres('SIGKILL')]);
        await pause(lastsMs);
        return pick(cluster.mains, target).start();
      case 'cut-consoles':
        pick(cluster.consoleProxies, target).cut();
        return;
      case 'cut-postgres':
        pick(cluster.postgresProxies, target).cut();
        return;
      case 'cut-redis':
        cluster.redisProxies.forEach((proxy) => proxy.cut());
        return;
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

async function killed(member: Member, lastsMs: number): Promise<void> {
  await member.kill();
  await pause(lastsMs);
  await member.start();
}

async function during(proxy: Proxy, begin: (proxy: Proxy) => void, lastsMs: number): Promise<void> {
  begin(proxy);
  await pause(lastsMs);
  proxy.mend();
}

/** Stops processes where they stand, and lets them go on. */
async function paused(pids: readonly number[], lastsMs: number): Promise<void> {
  const signal = (name: NodeJS.Signals): void => pids.forEach((pid) => send(pid, name));
  signal('SIGSTOP');
  await pause(lastsMs);
  signal('SIGCONT');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // A child of PostgreSQL may have ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
