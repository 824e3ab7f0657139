import type { Primary } from './blocks.js';
import type { Taken } from './taken.js';

const DAY_MINUTES = 24 * 60;

export interface TimeOfDay {
  /** The minutes since midnight, at UTC+09:00, that it may mean: two where half of the day is left open. */
  readonly minutes: readonly number[];
  readonly text: string;
}

/** What a zone adds to come to UTC+09:00, in hours; two where summer time is left open. */
const TO_JST_HOURS: Readonly<Record<string, readonly number[]>> = {
  ...{ KST: [0], JST: [0], UTC: [9], GMT: [9], Z: [9], CHST: [-1], HST: [19] },
  ...{ EST: [14], EDT: [13], ET: [14, 13], PST: [17], PDT: [16], PT: [17, 16] },
};
const ZONE = '(?:\\s?(KST|JST|UTC|GMT|Z|EST|EDT|ET|PST|PDT|PT|HST|ChST)\\b)?';

/** Japanese and Korean name the zone before the time, with at most a date between. */
const ZONE_BEFORE: readonly [RegExp, string][] = [
  [/(東部時間|동부\s?시간)[^時시분分:]{0,8}$/, 'ET'],
  [/(西部時間|서부\s?시간)[^時시분分:]{0,8}$/, 'PT'],
  [/(ハワイ時間|하와이\s?시간)[^時시분分:]{0,8}$/, 'HST'],
  [/(世界時|세계시)[^時시분分:]{0,8}$/, 'UTC'],
];

const AFTERNOON = /^(午後|夜|夕方|昼|오후|저녁|밤|낮|p)/i;
const MORNING = /^(午前|未明|早朝|深夜|朝|오전|새벽|아침|a)/i;
const HALF = {
  ja: '(?:(午前|午後|未明|早朝|深夜|朝|昼|夕方|夜)の?\\s?)?',
  ko: '(?:(오전|오후|새벽|아침|낮|저녁|밤)\\s?)?',
  en: '()',
};
const TO = '\\s?(?:から|부터|에서|~|〜|-|–)\\s?';

/** Hour, minute, the minute that a range ends with ("9時36分から40分") and what tells the half of the day, each in its place. */
const PATTERNS: Readonly<Record<Primary, readonly RegExp[]>> = {
  ja: [new RegExp(`${HALF.ja}(?<h>\\d{1,2})時(?!間)(?:(?<m>\\d{1,2})分(?!間)|(?<half>半))?(?:${TO}(?<end>\\d{1,2})分(?!間))?`, 'g'), colon(HALF.ja), /()(?<noon>正午)/g], // prettier-ignore
  ko: [new RegExp(`${HALF.ko}(?<h>\\d{1,2})\\s?시(?!간)(?:\\s?(?<m>\\d{1,2})분(?!간)|\\s?(?<half>반))?(?:${TO}(?<end>\\d{1,2})분(?!간))?`, 'g'), colon(HALF.ko), /()(?<noon>정오|(?<!문)자정)/g], // prettier-ignore
  en: [
    new RegExp(`()(?<h>\\d{1,2})(?:[:.](?<m>\\d{2}))?\\s?(?<ampm>[ap]\\.?m\\b\\.?)${ZONE}`, 'gi'),
    colon(HALF.en),
    /()\b(?<h>[01]\d|2[0-3])(?<m>[0-5]\d)\s?(KST|JST|UTC|GMT|Z)\b/g,
    /()(?<noon>\bnoon\b|\bmidnight\b)/gi,
  ],
};

function colon(half: string): RegExp {
  return new RegExp(`${half}(?<!\\d|\\d:)(?<h>[01]?\\d|2[0-3]):(?<m>[0-5]\\d)(?::[0-5]\\d)?(?!\\d)${ZONE}`, 'g');
}

/** The times of day of a text, and the text without them. */
export function takeTimes(text: string, primary: Primary): Taken<TimeOfDay> {
  const found: TimeOfDay[] = [];
  let rest = text;
  for (const pattern of PATTERNS[primary]) {
    rest = rest.replace(pattern, (...args) => {
      const match = args as unknown[];
      const groups = match.at(-1) as Record<string, string | undefined>;
      const [written, half, ...others] = match as (string | undefined)[];
      const offset = match.at(-3) as number;
      const zone = others.find((part) => typeof part === 'string' && part.toUpperCase() in TO_JST_HOURS);
      found.push(...timesOf(written ?? '', groups, half || groups['ampm'], zone ?? zoneAround(rest, offset, written)));
      return ' '.repeat((written ?? '').length);
    });
  }
  return { found, rest };
}

function timesOf(
  text: string,
  { h, m, half: isHalfPast, end, noon }: Record<string, string | undefined>,
  half: string | undefined,
  zone: string | undefined,
): TimeOfDay[] {
  if (noon) {
    return [{ minutes: [/noon|正午|정오/i.test(noon) ? 720 : 0], text }];
  }
  const minute = isHalfPast ? 30 : Number(m ?? 0);
  const isOpen = half === undefined && /[時시]/.test(text);
  const ends = end === undefined ? [minute] : [minute, Number(end)];
  return ends.map((each) => ({
    minutes: hoursOf(Number(h), half, isOpen).flatMap((hour) => inJst(hour * 60 + each, zone)),
    text: text.trim(),
  }));
}

/** The hours of the 24-hour clock that a reading may mean. */
function hoursOf(hour: number, half: string | undefined, isOpen: boolean): number[] {
  if (half && AFTERNOON.test(half)) {
    return [hour < 12 ? hour + 12 : hour];
  }
  if (half && MORNING.test(half)) {
    return [hour % 12];
  }
  return isOpen && hour >= 1 && hour < 12 ? [hour, hour + 12] : [hour % 24];
}

const inJst = (minutes: number, zone = 'JST'): number[] =>
  (TO_JST_HOURS[zone.toUpperCase()] ?? [0]).map((hours) => (minutes + hours * 60 + DAY_MINUTES) % DAY_MINUTES);

/** "22:29 to 23:00 UTC": the zone stands once, after the second time. "米東部時間19日11:00": it stands before. */
function zoneAround(text: string, offset: number, written = ''): string | undefined {
  const before = text.slice(Math.max(0, offset - 20), offset);
  const after = text.slice(offset + written.length, offset + written.length + 24);
  return (
    ZONE_BEFORE.find(([pattern]) => pattern.test(before))?.[1] ??
    /^\s?(?:to|and|-|–|~)\s?\d{1,2}:\d{2}\s?(KST|JST|UTC|GMT|Z|EST|EDT|ET|PST|PDT|PT|HST|ChST)\b/.exec(after)?.[1]
  );
}
