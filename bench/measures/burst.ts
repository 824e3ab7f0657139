import type { CpuMeter } from '../cpu-meter.js';
import { nowMs } from '../time.js';
import type { System } from '../systems/system.js';
import { BROADCASTS, CONNECTIONS, type Measure, type Outcome } from './measure.js';
import { Session } from './session.js';

/** How many alerts go to which consoles. */
interface Burst {
  consoles: number;
  alerts: number;
  real: boolean;
}

/** Alerts as fast as they are taken: deliveries a second from the first post to the last delivery, and what they cost. */
export const burst = (consoles: number, alerts: number): Measure => ({
  name: 'burst',
  consoles,
  systems: BROADCASTS,
  run: (system, cpu) => runBurst(system, cpu, { consoles, alerts, real: false }),
});

/** The same with the real client of Socket.IO, and next to it the light one with as many consoles. */
export const realClient = (consoles: number, alerts: number): Measure => ({
  name: 'real-client',
  consoles,
  systems: CONNECTIONS.filter((name) => name !== 'plain-ws'),
  rounds: 1,
  run: async (system, cpu) => {
    const real = await runBurst(system, cpu, { consoles, alerts, real: true });
    const light = await runBurst(system, cpu, { consoles, alerts, real: false });
    return {
      ...real,
      figures: {
        deliveriesPerS: real.figures['deliveriesPerS'] ?? NaN,
        lightDeliveriesPerS: light.figures['deliveriesPerS'] ?? NaN,
      },
    };
  },
});

async function runBurst(system: System, cpu: CpuMeter, { consoles, alerts, real }: Burst): Promise<Outcome> {
  return Session.with(system, async (session) => {
    await session.open(await system.groups(consoles), real);
    await session.begin(alerts);
    cpu.begin();
    const startAt = nowMs();
    const posted = await session.postAll(() => true);
    const settled = await session.settle(posted);
    const cpuMs = await cpu.end();
    const lastAnswerAt = Math.max(...posted.map(({ answeredAt }) => answeredAt));
    return {
      figures: {
        deliveriesPerS: (settled.deliveries / (settled.lastAt - startAt)) * 1_000,
        cpuMsPer100k: (cpuMs / settled.deliveries) * 100_000,
        acceptedPerS: (posted.filter(({ refused }) => !refused).length / (lastAnswerAt - startAt)) * 1_000,
        clientCpuShare: settled.cpuMs / (settled.lastAt - startAt),
      },
      faults: session.faultsOf(settled),
    };
  });
}
