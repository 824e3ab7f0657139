import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf } from './process-tree.js';
import type { System } from './systems/system.js';
import { nowMs } from './time.js';

/** So long after the last delivery, for every system alike: what a system put off is work for these deliveries too. */
const TAIL_MS = 1_500;

/** What a system uses for one piece of work: without what it uses when it has nothing to do. */
export class CpuMeter {
  private fromMs = 0;
  private beganAt = 0;

  constructor(
    private readonly system: System,
    private readonly idleShare: number,
  ) {}

  begin(): void {
    this.fromMs = cpuMsOf(this.system.roots());
    this.beganAt = nowMs();
  }

  /** CPU time since `begin`, once the system has had the time to finish. */
  async end(): Promise<number> {
    await sleep(TAIL_MS);
    const idleMs = (nowMs() - this.beganAt) * this.idleShare;
    return Math.max(cpuMsOf(this.system.roots()) - this.fromMs - idleMs, 0);
  }
}
