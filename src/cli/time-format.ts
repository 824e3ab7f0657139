import { isoDate, timeWithZone } from '../core/time/zone-time.js';

/** `2010-11-23 15:10:00 JST`: an instant as the clock on that zone's wall shows it. */
export const timeIn = (timeZone: string, at: number): string =>
  `${isoDate(at, timeZone)} ${timeWithZone(at, timeZone)}`;

/** The same without the year, for a narrow column: `11-23 15:10:00 JST`. */
export const shortTimeIn = (timeZone: string, at: number): string => timeIn(timeZone, at).slice(5);

/** A signed length of time as `+0:36:00` (hours, minutes, seconds; rounded to seconds). */
export function delayText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = ms < 0 && seconds > 0 ? '-' : '+';
  return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
