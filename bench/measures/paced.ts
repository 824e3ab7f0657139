import { setTimeout as sleep } from 'node:timers/promises';
import type { Posted } from '../publisher.js';
import { percentile } from '../stats.js';
import { nowMs } from '../time.js';
import { BROADCASTS, type Measure } from './measure.js';
import { Session } from './session.js';

const INTERVAL_MS = 50;
/** The first alerts of new connections find nothing warm, for any system. */
const UNCOUNTED = 5;

/** 20 alerts a second: how long after it was accepted the last console has an alert. */
export const paced = (consoles: number, alerts: number): Measure => ({
  name: 'paced',
  consoles,
  systems: BROADCASTS,
  // One console has nothing to share and no target.
  ...(consoles === 1 ? { rounds: 1 } : {}),
  run: (system) =>
    Session.with(system, async (session) => {
      await session.open(await system.groups(consoles));
      await session.begin(alerts + UNCOUNTED);
      const posting: Promise<Posted>[] = [];
      const startAt = nowMs();
      for (let index = 0; index < alerts + UNCOUNTED; index += 1) {
        await sleep(Math.max(startAt + index * INTERVAL_MS - nowMs(), 0));
        posting.push(session.post(index));
      }
      const posted = await Promise.all(posting);
      const settled = await session.settle(posted);
      const since = (moment: 'acceptedAt' | 'answeredAt' | 'sentAt'): number[] =>
        posted
          .map((each, index) => (each.refused ? NaN : (settled.lastAtOf[index] ?? NaN) - each[moment]))
          .slice(UNCOUNTED)
          .filter((ms) => ms > -1_000);
      const accepted = since('acceptedAt');
      return {
        figures: {
          p50Ms: percentile(accepted, 0.5),
          p99Ms: percentile(accepted, 0.99),
          p50FromAnswerMs: percentile(since('answeredAt'), 0.5),
          p50FromPostMs: percentile(since('sentAt'), 0.5),
          p99FromPostMs: percentile(since('sentAt'), 0.99),
        },
        faults: session.faultsOf(settled),
        samples: accepted,
      };
    }),
});
