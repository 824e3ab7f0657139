import { rssKibOf } from '../process-tree.js';
import type { System } from '../systems/system.js';
import { CONNECTIONS, type Measure, type Outcome } from './measure.js';
import { Session } from './session.js';

const READING_CONSOLES = 30;
/** Large alerts: what the kernel buffers for a connection, some MiB, must be full soon. */
const BYTES = 11 * 1_024;
const SAMPLE_MS = 50;

/**
 * What a console that reads no more costs the server in a burst: the difference between the highest memory with and without
 * so many of them, a stalled console. Many, since memory varies by some MiB whatever happens.
 */
export const stalled = (consoles: number, alerts: number): Measure => ({
  name: 'stalled',
  consoles,
  systems: CONNECTIONS,
  rounds: 1,
  fresh: true,
  run: async (system) => {
    // The first burst only makes the heap grow to its usual size.
    await peakOf(system, 0, alerts);
    const without = await peakOf(system, 0, alerts);
    const withStalled = await peakOf(system, consoles, alerts);
    return {
      figures: { kibPerStalled: (withStalled.peakKib - without.peakKib) / consoles },
      faults: withStalled.faults,
    };
  },
});

async function peakOf(
  system: System,
  stalledConsoles: number,
  alerts: number,
): Promise<{ peakKib: number; faults: Outcome['faults'] }> {
  return Session.with(system, async (session) => {
    const groups = await system.groups(READING_CONSOLES);
    const stuck = stalledConsoles > 0 ? await system.groups(stalledConsoles) : [];
    await session.open([...groups, ...stuck.map((group) => ({ ...group, stalled: true }))]);
    await session.begin(alerts);
    let peakKib = 0;
    const sampling = setInterval(() => (peakKib = Math.max(peakKib, rssKibOf(system.servers()))), SAMPLE_MS);
    try {
      const posted = await session.postAll(() => true, BYTES);
      const settled = await session.settle(posted);
      return { peakKib, faults: session.faultsOf(settled) };
    } finally {
      clearInterval(sampling);
    }
  });
}
