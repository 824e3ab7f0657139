import { setTimeout as sleep } from 'node:timers/promises';
import { rssKibOf } from '../process-tree.js';
import { CONNECTIONS, type Measure } from './measure.js';
import { Session } from './session.js';

/** So many consoles come and go first, so that what is loaded and compiled once is not counted. */
const WARM_CONSOLES = 60;

/** How much the processes of a service that has just been started grow by idle consoles. */
export const memory = (consoles: number, idleMs: number): Measure => ({
  name: 'memory',
  consoles,
  systems: CONNECTIONS,
  rounds: 1,
  fresh: true,
  run: async (system) => {
    await Session.with(system, async (session) => session.open(await system.groups(WARM_CONSOLES)));
    return Session.with(system, async (session) => {
      await sleep(idleMs);
      const before = rssKibOf(system.servers());
      await session.open(await system.groups(consoles));
      await sleep(idleMs);
      return { figures: { kibPerConsole: (rssKibOf(system.servers()) - before) / consoles } };
    });
  },
});
