import type { Options } from '../options.js';
import { burst, realClient } from './burst.js';
import { failover } from './failover.js';
import type { Measure } from './measure.js';
import { memory } from './memory.js';
import { paced } from './paced.js';
import { resume } from './resume.js';
import { stalled } from './stalled.js';
import { storm } from './storm.js';
import { sustained } from './sustained.js';

/** What is measured, in this order; the feeds are longest at the end, where the measures are that do not mind. */
export function measuresOf(options: Options): Measure[] {
  const most = Math.max(...options.consoles);
  const all: Measure[] = [
    memory(most, options.idleMs),
    storm(most),
    ...options.consoles.map((consoles) => paced(consoles, options.pacedAlerts)),
    burst(most, options.burstAlerts),
    realClient(options.realConsoles, options.burstAlerts),
    sustained(options.sustainedMs),
    stalled(options.stalledConsoles, options.stalledAlerts),
    resume(most, options.resumeItems, options.resumeMs),
    failover(most, options.burstAlerts),
  ];
  return all.filter(({ name }) => options.only.includes(name));
}
