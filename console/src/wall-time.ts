import type { Job } from '../../src/core/scenario/mode.js';
import { timeWithZone } from '../../src/core/time/zone-time.js';
import type { Messages } from './messages/catalogue.js';
import { dateAndTime } from './time-format.js';

/**
 * A moment of the room. The live watch runs on the same clock; beside the time of any other run
 * it says its day and that it is real time.
 */
export function wallTime(
  ms: number,
  timeZone: string,
  job: Job | undefined,
  { desk, language }: Pick<Messages, 'desk' | 'language'>,
): string {
  return job === 'watch' ? timeWithZone(ms, timeZone) : desk.realTime(dateAndTime(ms, timeZone, language));
}
