import { isInstant, runTime, runTimeOf, type RunTime } from '../time/time.js';
import { stateNames } from '../announcement/state-names.js';
import { KM_PER_NM, type Between } from './notice.js';

/** A value that cannot be read, with a sentence that says what to write instead. */
export class Unreadable extends Error {
  constructor(
    readonly code: 'NOTICE_INSTANT' | 'NOTICE_AREA' | 'NOTICE_VALUE' | 'NOTICE_FORM',
    message: string,
    readonly path: string = '',
  ) {
    super(message);
  }
}

export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of fields and values are compared without case, spaces and marks: `window_start`, `Window start`, `windowStart`. */
export const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const ZONES: Readonly<Record<string, string>> = { JST: '+09:00', KST: '+09:00', UTC: 'Z', GMT: 'Z', Z: 'Z' };

/** `2023-11-21T02:40:00+09:00`; also with a space for the T, without seconds, and with JST, KST, UTC or Z after a space. */
export function instantOf(value: unknown): RunTime {
  if (typeof value === 'string') {
    const [, day, time, zone = ''] =
      /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(.*)$/.exec(value.trim()) ?? [];
    const text = `${day}T${time}${ZONES[zone.toUpperCase()] ?? zone}`;
    if (isInstant(text)) {
      return runTimeOf(text);
    }
  }
  throw new Unreadable('NOTICE_INSTANT', 'Write an instant with its zone, as in 2023-11-21T02:40:00+09:00.');
}

const DAY_WITH_ZONE = /^(\d{4}-\d{2}-\d{2}) ?(Z|UTC|JST|KST|[+-]\d{2}:\d{2})$/i;
const DAY_MS = 86_400_000;

/** An instant, a day with a zone (`2009-03-11 +09:00`: some time of that day), or `{earliest, latest}`. */
export function betweenOf(value: unknown): Between {
  if (isMapping(value)) {
    const part = (...names: string[]): RunTime => instantOf(entryOf(value, names));
    const between = { earliest: part('earliest', 'from', 'after'), latest: part('latest', 'to', 'until', 'before') };
    if (between.earliest > between.latest) {
      throw new Unreadable('NOTICE_INSTANT', 'Let the earliest instant come before the latest.');
    }
    return between;
  }
  const [, day, zone] = typeof value === 'string' ? (DAY_WITH_ZONE.exec(value.trim()) ?? []) : [];
  if (day && zone) {
    const earliest = instantOf(`${day} 00:00 ${zone}`);
    return { earliest, latest: runTime(earliest + DAY_MS) };
  }
  const at = instantOf(value);
  return { earliest: at, latest: at };
}

/** The first of these entries that a mapping has, by their plain names. */
export function entryOf(mapping: Mapping, names: readonly string[]): unknown {
  const wanted = names.map(plain);
  const found = Object.entries(mapping).find(([key]) => wanted.includes(plain(key)));
  return found?.[1];
}

/** A number, or a text with its unit: `5000`, `"5000 km"`, `"2700 NM"`. A bare number is in kilometres. */
export function kmOf(value: unknown): number {
  const { amount, unit } = lengthOf(value);
  return unit === 'NM' ? amount * KM_PER_NM : amount;
}

const LENGTH = /^([\d.,]+) *(km|kilometres?|kilometers?|nm|nmi|nautical miles?|m|metres?|meters?)?$/i;

/** What a value says as text; nothing for a list or a mapping, which may hold anything, also what cannot be written out. */
export const wordsOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A length with the unit that it says, if any. Metres become kilometres. */
export function lengthOf(value: unknown): { amount: number; unit?: 'km' | 'NM' } {
  if (isMapping(value)) {
    return lengthOf(`${wordsOf(entryOf(value, ['value', 'amount']))} ${wordsOf(entryOf(value, ['unit', 'units']))}`);
  }
  const [, digits, unit = ''] = LENGTH.exec(wordsOf(value).trim()) ?? [];
  const amount = Number(digits?.replaceAll(',', ''));
  if (digits === undefined || !Number.isFinite(amount) || amount < 0 || amount > 50_000_000) {
    throw new Unreadable('NOTICE_VALUE', 'Write a length as a number with its unit, as in "5000 km" or "20 NM".');
  }
  const first = unit.toLowerCase();
  if (first.startsWith('n')) {
    return { amount, unit: 'NM' };
  }
  return first.startsWith('m')
    ? { amount: amount / 1000, unit: 'km' }
    : { amount, ...(first ? { unit: 'km' as const } : {}) };
}

const WINDS = ['n', 'nne', 'ne', 'ene', 'e', 'ese', 'se', 'sse', 's', 'ssw', 'sw', 'wsw', 'w', 'wnw', 'nw', 'nnw'];
const LONG_WINDS: Readonly<Record<string, string>> = { north: 'n', east: 'e', south: 's', west: 'w' };

/** Degrees from true north, 0 to 360, or a wind: `NE`, `north-east`. */
export function bearingDegOf(value: unknown): number {
  const degrees = typeof value === 'number' ? value : Number(wordsOf(value).replace(/(°|deg(rees)?)$/i, ''));
  if (Number.isFinite(degrees) && wordsOf(value).trim() !== '' && degrees >= 0 && degrees <= 360) {
    return degrees % 360;
  }
  const short = plain(wordsOf(value))
    .replace(/north|east|south|west/g, (wind) => LONG_WINDS[wind] ?? wind)
    .replace(/ern|wards?|ward$/g, '');
  const index = WINDS.indexOf(short);
  if (index < 0) {
    throw new Unreadable(
      'NOTICE_VALUE',
      'Write a direction in degrees from true north (0 to 360), or a wind as in NE.',
    );
  }
  return index * 22.5;
}

export function countOf(value: unknown): number {
  const words: Readonly<Record<string, number>> = { single: 1, one: 1 };
  const count = typeof value === 'string' ? (words[plain(value)] ?? Number(value)) : Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw new Unreadable('NOTICE_VALUE', 'Write how many launches as a whole number of at least 1.');
  }
  return count;
}

/** A line of text of at most 400 characters. */
export function lineTextOf(value: unknown): string {
  const text = wordsOf(value).trim();
  if (text === '' || text.length > 400) {
    throw new Unreadable('NOTICE_VALUE', 'Write a text of 1 to 400 characters.');
  }
  return text;
}

/** Reads one of a list of words, or another word for one of them. */
export function oneOf<T extends string>(
  words: readonly T[],
  others: Readonly<Record<string, T>> = {},
): (value: unknown) => T {
  return (value) => {
    const told = plain(wordsOf(value));
    const found =
      words.find((word) => plain(word) === told) ?? (Object.hasOwn(others, told) ? others[told] : undefined);
    if (found === undefined) {
      throw new Unreadable('NOTICE_VALUE', `Write one of ${words.join(', ')}.`);
    }
    return found;
  };
}

const STATES: Readonly<Record<string, string>> = {
  prk: 'KP', dprk: 'KP', northkorea: 'KP', democraticpeoplesrepublicofkorea: 'KP',
  kor: 'KR', rok: 'KR', southkorea: 'KR', republicofkorea: 'KR', korea: 'KR',
  jpn: 'JP', japan: 'JP', usa: 'US', unitedstates: 'US', unitedstatesofamerica: 'US',
  chn: 'CN', prc: 'CN', china: 'CN', rus: 'RU', russia: 'RU', russianfederation: 'RU', ussr: 'RU', sovietunion: 'RU',
  ind: 'IN', india: 'IN', pak: 'PK', pakistan: 'PK', twn: 'TW', taiwan: 'TW',
}; // prettier-ignore

/** The ISO 3166 code of a state: by its code of two or three letters, or by its name. */
export function stateOf(value: unknown): string {
  const text = wordsOf(value).trim();
  if (/^[A-Z]{2}$/.test(text)) {
    return text;
  }
  const told = plain(text);
  const byName = Object.hasOwn(STATES, told) ? STATES[told] : undefined;
  if (byName !== undefined) {
    return byName;
  }
  if (/^[a-z]{2}$/.test(told)) {
    return told.toUpperCase();
  }
  throw new Unreadable(
    'NOTICE_VALUE',
    `Write a state by its code of two letters, as in KP (${stateNames('KP')['en-US']}).`,
  );
}

const HOURS = /^(\d{2}):?(\d{2})(?: ?(?:-|\/|to) ?)(\d{2}):?(\d{2}) ?(Z|UTC|JST|KST|[+-]\d{2}:\d{2})$/i;

/** Daily hours in UTC minutes: `"02:00/07:00Z"`, or `{from: "02:00", to: "07:00", zone: Z}`. */
export function dailyOf(value: unknown): { fromMinute: number; toMinute: number } {
  const text = isMapping(value)
    ? `${wordsOf(entryOf(value, ['from', 'start']))}-${wordsOf(entryOf(value, ['to', 'end', 'until']))}${wordsOf(entryOf(value, ['zone', 'timeZone', 'offset']))}`
    : wordsOf(value);
  const [, h1, m1, h2, m2, zone] = HOURS.exec(text.trim()) ?? [];
  if (zone === undefined) {
    throw new Unreadable('NOTICE_INSTANT', 'Write daily hours with their zone, as in "02:00/07:00Z".');
  }
  const minute = (hour: string | undefined, minutes: string | undefined): number =>
    Math.round((instantOf(`2000-01-02T${hour}:${minutes} ${zone}`) % DAY_MS) / 60_000);
  return { fromMinute: minute(h1, m1), toMinute: minute(h2, m2) };
}
