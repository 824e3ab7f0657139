import { instantIn, isoDate, timeWithZone } from '../../src/core/time/zone-time.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The calendar day as a reader of the language writes it: `23 Nov 2010`, `2010年11月23日`, `2010년 11월 23일`. */
export function localDate(ms: number, timeZone: string, language: string): string {
  const [year, month, day] = isoDate(ms, timeZone).split('-').map(Number) as [number, number, number];
  if (language.startsWith('ja')) {
    return `${year}年${month}月${day}日`;
  }
  if (language.startsWith('ko')) {
    return `${year}년 ${month}월 ${day}일`;
  }
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** The day and the time with its zone: `23 Nov 2010 14:34:00 KST`. */
export const dateAndTime = (ms: number, timeZone: string, language: string): string =>
  `${localDate(ms, timeZone, language)} ${timeWithZone(ms, timeZone)}`;

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

const pad = (value: number): string => String(value).padStart(2, '0');

/** A countdown as `12:04` or `1:02:04`; after the deadline it counts up with a minus sign, `-0:30`. */
export function countdown(ms: number): string {
  const late = ms < 0;
  const total = late ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const text = hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
  return late && total > 0 ? `-${text}` : text;
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
