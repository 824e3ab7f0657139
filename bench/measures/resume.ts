import type { System } from '../systems/system.js';
import { TriwatchSystem } from '../systems/triwatch.js';
import { nowMs } from '../time.js';
import { TRIWATCH, type Measure } from './measure.js';
import { Session } from './session.js';

/** All consoles come back at once, each so many items behind: how long until the last has them all. */
export const resume = (consoles: number, items: number, deadlineMs: number): Measure => ({
  name: 'resume',
  consoles,
  systems: TRIWATCH,
  rounds: 1,
  run: async (system, cpu) => {
    if (!(system instanceof TriwatchSystem)) {
      throw new Error(`${system.name} has nothing to resume from`);
    }
    const first = await publish(system, items);
    return Session.with(system, async (session) => {
      const groups = await system.groups(consoles, items);
      cpu.begin();
      const { startedAt } = await session.openWithin(groups, { first, size: items }, deadlineMs);
      const settled = await session.settleOld(items, Math.max(startedAt + deadlineMs - nowMs(), 0));
      const tookMs = settled.lastAt - startedAt;
      const left = settled.faults.losses;
      const cpuMs = await cpu.end();
      return {
        figures: {
          caughtUpS: left === 0 ? tookMs / 1_000 : Infinity,
          deliveriesPerS: (settled.deliveries / tookMs) * 1_000,
          shareDelivered: settled.deliveries / (consoles * items),
          cpuMsPer100k: (cpuMs / settled.deliveries) * 100_000,
        },
        // What did not come in time is late, not lost: the deadline is the benchmark's.
        faults: { ...session.faultsOf(settled), losses: 0 },
      };
    });
  },
});

/** Puts so many alerts into each feed and returns the number of the first. */
function publish(system: System, items: number): Promise<number> {
  return Session.with(system, async (session) => {
    await session.open(await system.groups(3));
    const first = await session.begin(items);
    await session.settle(await session.postAll(() => true));
    return first;
  });
}
