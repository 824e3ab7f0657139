import { BROADCASTS, type Measure } from './measure.js';
import { Session } from './session.js';

/** All consoles connect at once: how long until each follows its feed (its first tick, or the plain server's welcome). */
export const storm = (consoles: number): Measure => ({
  name: 'storm',
  consoles,
  systems: BROADCASTS,
  run: (system, cpu) =>
    Session.with(system, async (session) => {
      const groups = await system.groups(consoles);
      cpu.begin();
      const { startedAt, subscribedAt } = await session.open(groups);
      return {
        figures: { subscribedMs: subscribedAt - startedAt, cpuMs: await cpu.end() },
      };
    }),
});
