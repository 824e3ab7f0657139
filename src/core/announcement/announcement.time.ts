import { clockTime, isoDate } from '../time/zone-time.js';

/** An instant as the clock and the calendar of one zone show it: every language writes the same numbers in its own order. */
export interface ZoneTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** Written only where it is not zero. */
  second: number;
}

/** The parts of an instant, in milliseconds since the Unix epoch, in a zone. */
export function zoneTimeOf(ms: number, timeZone: string): ZoneTime {
  const [year, month, day] = isoDate(ms, timeZone).split('-').map(Number) as [number, number, number];
  const [hour, minute, second] = clockTime(ms, timeZone).split(':').map(Number) as [number, number, number];
  return { year, month, day, hour, minute, second };
}

/** As in 05:34, or 05:34:56 where the seconds are not zero. */
export function clockOf({ hour, minute, second }: ZoneTime): string {
  return [hour, minute, ...(second === 0 ? [] : [second])].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Whether both are the same day of the calendar, so that the day need not be written twice. */
export const isSameDay = (one: ZoneTime, other: ZoneTime): boolean =>
  one.year === other.year && one.month === other.month && one.day === other.day;
