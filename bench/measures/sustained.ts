import { nowMs } from '../time.js';
import { TRIWATCH, type Measure } from './measure.js';
import { Session } from './session.js';

const HOT_CONSOLES = 30;
/** No system takes more in the time. */
const MOST_A_SECOND = 15_000;

/**
 * All publishers for some seconds, with all consoles on one feed: alerts a second that were accepted and delivered. `drainMs`
 * is how long after the last answer the last delivery came, and so says whether a backlog grew.
 */
export const sustained = (durationMs: number): Measure => ({
  name: 'sustained',
  consoles: HOT_CONSOLES,
  systems: [...TRIWATCH, 'commit-then-emit', 'insert-only'],
  run: (system, cpu) =>
    Session.with(system, async (session) => {
      const delivers = system.name !== 'insert-only';
      if (delivers) {
        const everywhere = await system.groups(HOT_CONSOLES * 3);
        await session.open(everywhere.filter(({ feed }) => feed === 'jp'));
      }
      await session.begin(Math.ceil((durationMs / 1_000) * MOST_A_SECOND));
      cpu.begin();
      const startAt = nowMs();
      const posted = await session.postAll(() => nowMs() - startAt < durationMs);
      const answeredAt = Math.max(...posted.map((each) => each.answeredAt));
      const settled = await session.settle(delivers ? posted : []);
      const cpuMs = await cpu.end();
      const accepted = posted.filter(({ refused }) => !refused).length;
      const endAt = delivers ? Math.max(settled.lastAt, answeredAt) : answeredAt;
      return {
        figures: {
          alertsPerS: (accepted / (endAt - startAt)) * 1_000,
          acceptedPerS: (accepted / (answeredAt - startAt)) * 1_000,
          drainMs: endAt - answeredAt,
          cpuMsPerAlert: cpuMs / posted.length,
        },
        faults: delivers ? session.faultsOf(settled) : undefined,
      };
    }),
});
