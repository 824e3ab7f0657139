import { ServedTriwatch } from '../systems/served.js';
import { nowMs } from '../time.js';
import type { Measure } from './measure.js';
import { Session } from './session.js';

/** A node dies under its consoles while alerts go on: how long until the last console has everything at another node. */
export const failover = (consoles: number, alerts: number): Measure => ({
  name: 'failover',
  consoles,
  systems: ['triwatch-served'],
  rounds: 1,
  run: async (system) => {
    if (!(system instanceof ServedTriwatch)) {
      throw new Error(`${system.name} has one node only`);
    }
    try {
      return await Session.with(system, async (session) => {
        await session.open(await system.groups(consoles));
        const lostAt = nowMs();
        await system.loseMain();
        await session.begin(alerts);
        const settled = await session.settle(await session.postAll(() => true));
        const { losses } = settled.faults;
        return {
          figures: { backS: losses === 0 ? (settled.lastAt - lostAt) / 1_000 : Infinity },
          faults: session.faultsOf(settled),
        };
      });
    } finally {
      await system.restart();
    }
  },
});
