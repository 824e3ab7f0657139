import { cpuMsOf } from '../process-tree.js';
import { BROADCASTS, type Measure } from './measure.js';
import { Session } from './session.js';

/** All consoles connect at once: how long until each follows its feed (its first tick, or the plain server's welcome). */
export const storm = (consoles: number): Measure => ({
  name: 'storm',
  consoles,
  systems: BROADCASTS,
  run: (system) =>
    Session.with(system, async (session) => {
      const groups = await system.groups(consoles);
      const cpuBefore = cpuMsOf(system.roots());
      const { startedAt, subscribedAt } = await session.open(groups);
      return {
        figures: { subscribedMs: subscribedAt - startedAt, cpuMs: cpuMsOf(system.roots()) - cpuBefore },
      };
    }),
});
