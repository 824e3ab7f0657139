/**
 * All times on a console go through here. Browsers name the zone of Tokyo "JST" but that of Seoul "GMT+9",
 * so the labels are our own. Every function takes milliseconds since the Unix epoch.
 */

const FIXED_LABELS: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  'Etc/UTC': 'UTC',
  'Asia/Tokyo': 'JST',
  'Asia/Seoul': 'KST',
  'Pacific/Honolulu': 'HST',
  'Pacific/Guam': 'ChST',
};

/** Zones with summer time: the label depends on the offset of that day. */
const SEASONAL_LABELS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
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

const formats = new Map<string, Intl.DateTimeFormat>();

function fieldsOf(ms: number, timeZone: string): Fields {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
  return parts as unknown as Fields;
}

/** The offset of a zone from UTC at an instant, in minutes; east is positive. */
export function offsetMinutes(ms: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = fieldsOf(ms, timeZone);
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Math.round((asUtc - Math.floor(ms / 1000) * 1000) / MINUTE_MS);
}

/** The short name of a zone at an instant: `KST` for Asia/Seoul, `UTC+08:00` for a zone that has no label here. */
export function zoneLabel(timeZone: string, ms = 0): string {
  const fixed = FIXED_LABELS[timeZone];
  if (fixed) {
    return fixed;
  }
  const offset = offsetMinutes(ms, timeZone);
  const seasonal = SEASONAL_LABELS[timeZone]?.[offset];
  if (seasonal) {
    return seasonal;
  }
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `UTC${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** `14:34:00`, without a zone: only for places that print the zone beside it. */
export function clockTime(ms: number, timeZone: string): string {
  const { hour, minute, second } = fieldsOf(ms, timeZone);
  return `${hour}:${minute}:${second}`;
}

/** `14:34:00 KST`. */
export function timeWithZone(ms: number, timeZone: string): string {
  return `${clockTime(ms, timeZone)} ${zoneLabel(timeZone, ms)}`;
}

/** `2010-11-23`, the calendar day in that zone. */
export function isoDate(ms: number, timeZone: string): string {
  const { year, month, day } = fieldsOf(ms, timeZone);
  return `${year}-${month}-${day}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The calendar day as a reader of the language writes it: `23 Nov 2010`, `2010年11月23日`, `2010년 11월 23일`. */
export function localDate(ms: number, timeZone: string, language: string): string {
  const { year, month, day } = fieldsOf(ms, timeZone);
  const [m, d] = [Number(month), Number(day)];
  if (language.startsWith('ja')) {
    return `${year}年${m}月${d}日`;
  }
  if (language.startsWith('ko')) {
    return `${year}년 ${m}월 ${d}일`;
  }
  return `${d} ${MONTHS[m - 1] ?? month} ${year}`;
}

/** Words for lengths of time; each catalogue brings its own. */
export interface DurationWords {
  days: (n: number) => string;
  hours: (n: number) => string;
  minutes: (n: number) => string;
  seconds: (n: number) => string;
  join: string;
}

/** A length of time in its two largest units, `1 h 3 min`; the sign is left to the caller. */
export function duration(ms: number, words: DurationWords): string {
  const total = Math.floor(Math.abs(ms) / 1000);
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  const parts: string[] = [];
  if (days > 0) {
    parts.push(words.days(days));
  }
  if (hours > 0) {
    parts.push(words.hours(hours));
  }
  if (minutes > 0 && days === 0) {
    parts.push(words.minutes(minutes));
  }
  if (hours === 0 && days === 0 && (minutes === 0 || seconds > 0)) {
    parts.push(words.seconds(seconds));
  }
  return parts.slice(0, 2).join(words.join);
}

/** A countdown as `12:04` or `1:02:04`; after the deadline it counts up with a minus sign, `-0:30`. */
export function countdown(ms: number): string {
  const late = ms < 0;
  const total = late ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const text = hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
  return late && total > 0 ? `-${text}` : text;
}

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

/**
 * Reads what a controller types as a moment of a run: `15:10`, `15:10:30`, `2010-11-23 15:10` in the run's zone,
 * or a full RFC 3339 instant. A time without a date is looked for on each day of the run.
 * Returns milliseconds since the Unix epoch, or undefined when it is no time or lies outside the run.
 */
export function instantFrom(text: string, timeZone: string, startMs: number, endMs: number): number | undefined {
  const typed = text.trim();
  const inside = (ms: number): boolean => !Number.isNaN(ms) && ms >= startMs && ms <= endMs;
  if (/(Z|[+-]\d{2}:\d{2})$/i.test(typed) && typed.includes('T')) {
    const ms = Date.parse(typed);
    return inside(ms) ? ms : undefined;
  }
  const match = /^(?:(\d{4})-(\d{2})-(\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(typed);
  if (!match) {
    return undefined;
  }
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (hour > 24 || minute > 59 || second > 59) {
    return undefined;
  }
  const time = { hour, minute, second };
  if (match[1]) {
    const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
    const ms = instantIn(timeZone, date, time);
    return inside(ms) ? ms : undefined;
  }
  for (let day = startMs; day <= endMs + 86_400_000; day += 86_400_000) {
    const [year, month, dayOfMonth] = isoDate(day, timeZone).split('-').map(Number) as [number, number, number];
    const ms = instantIn(timeZone, { year, month, day: dayOfMonth }, time);
    if (inside(ms)) {
      return ms;
    }
  }
  return undefined;
}
