/**
 * Instants as the clock on the wall of a zone shows them. Intl names the zone of Tokyo "JST" in some places and "GMT+9" in
 * others, and Seoul has no name at all, so the labels are our own. Every function takes milliseconds since the Unix epoch.
 */

/** The names that duty officers use, by the offset in minutes at which they hold: Seoul had summer time in 1988. */
const LABELS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  UTC: { 0: 'UTC' },
  'Etc/UTC': { 0: 'UTC' },
  'Asia/Tokyo': { 540: 'JST' },
  'Asia/Seoul': { 540: 'KST' },
  'Pacific/Honolulu': { [-600]: 'HST' },
  'Pacific/Guam': { 600: 'ChST' },
  'America/New_York': { [-300]: 'EST', [-240]: 'EDT' },
  'America/Los_Angeles': { [-480]: 'PST', [-420]: 'PDT' },
};

const MINUTE_MS = 60_000;

interface Fields {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

/** Making a format takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

function fieldsOf(ms: number, timeZone: string): Fields {
  const parts = formatOf(timeZone).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as unknown as Fields;
}

/** The offset of a zone from UTC at an instant, in minutes; east is positive. */
export function offsetMinutes(ms: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = fieldsOf(ms, timeZone);
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Math.round((asUtc - Math.floor(ms / 1000) * 1000) / MINUTE_MS);
}

/** The short name of a zone at an instant: `KST` for Asia/Seoul, `UTC+08:00` for a zone that has no label here. */
export function zoneLabel(ms: number, timeZone: string): string {
  const offset = offsetMinutes(ms, timeZone);
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return LABELS[timeZone]?.[offset] ?? `UTC${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** `2010-11-23`, the calendar day in that zone. */
export function isoDate(ms: number, timeZone: string): string {
  const { year, month, day } = fieldsOf(ms, timeZone);
  return `${year}-${month}-${day}`;
}

/** `14:34:00`, without a zone: only for places that print the zone beside it. */
export function clockTime(ms: number, timeZone: string): string {
  const { hour, minute, second } = fieldsOf(ms, timeZone);
  return `${hour}:${minute}:${second}`;
}

/** `14:34:00 KST`. */
export const timeWithZone = (ms: number, timeZone: string): string =>
  `${clockTime(ms, timeZone)} ${zoneLabel(ms, timeZone)}`;

/** The instant of a wall-clock reading in a zone; the other way round from `clockTime`. */
export function instantIn(
  timeZone: string,
  date: { year: number; month: number; day: number },
  time: { hour: number; minute: number; second: number },
): number {
  const asUtc = Date.UTC(date.year, date.month - 1, date.day, time.hour, time.minute, time.second);
  // The offset is asked for twice, since the first guess may fall on the other side of a change to summer time.
  const first = asUtc - offsetMinutes(asUtc, timeZone) * MINUTE_MS;
  return asUtc - offsetMinutes(first, timeZone) * MINUTE_MS;
}
