import type { Channel } from './arrangement.schema.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * When what comes at `at` (milliseconds since the epoch) is sent on by a channel of these hours: at once while it is open, else
 * at the next opening. A channel without hours is always open. Hours that close before they open run over midnight.
 */
export function openAt(hours: Channel['hours'], at: number): number {
  if (!hours) {
    return at;
  }
  const local = at + hours.utcOffsetH * 60 * MINUTE_MS;
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const time = local - midnight;
  const [open, close] = [msOf(hours.open), msOf(hours.close)];
  const isOpen = open <= close ? open <= time && time < close : time >= open || time < close;
  if (isOpen) {
    return at;
  }
  return at + (time < open ? open - time : open + DAY_MS - time);
}

function msOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
