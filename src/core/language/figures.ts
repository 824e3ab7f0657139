import type { Primary } from './blocks.js';
import { withDigits } from './numerals.js';
import { takeDays, type Day } from './figures.days.js';
import { takeTimes, type TimeOfDay } from './figures.times.js';

export type Unit = 'km' | 'm' | 'mm' | 'nautical mile' | 'percent' | 'minute' | 'hour';

export interface Quantity {
  readonly value: number;
  readonly unit?: Unit;
  /** As it is written, for a finding to quote. */
  readonly text: string;
}

/** What a text says in figures, whatever the language writes them with. */
export interface Figures {
  readonly times: TimeOfDay[];
  readonly days: Day[];
  readonly quantities: Quantity[];
}

/** The times, days and quantities of a text (NFKC) in one of the languages that can be read. */
export function figuresOf(text: string, primary: Primary): Figures {
  const times = takeTimes(withDigits(text, primary), primary);
  const days = takeDays(times.rest, primary);
  return { times: times.found, days: days.found, quantities: quantitiesOf(days.rest) };
}

/** `K9` and `S/2010/648` are names; a number stands free of letters before it. */
const NUMBER =
  /(?<![A-Za-z\d.,/]|[A-Za-z]-)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?(億|억|万|만|千|천|million|thousand)(?:\s?(\d{1,4})(?![\d,.]))?)?/g;

const MULTIPLIERS: Readonly<Record<string, number>> = {
  ...{ 億: 1e8, 억: 1e8, million: 1e6, 万: 1e4, 만: 1e4, 千: 1e3, 천: 1e3, thousand: 1e3 },
};

const UNITS: readonly [Unit, RegExp][] = [
  ['km', /^\s?(km\b|キロ(?!グラム)|킬로(?!그램)|kilomet)/i],
  ['mm', /^\s?(mm\b|ミリ|밀리)/i],
  ['nautical mile', /^[\s-]?(海里|해리|nautical mile|nm\b)/i],
  ['m', /^\s?(m\b|メートル|미터|met(er|re)s?\b)/],
  ['percent', /^\s?(%|パーセント|퍼센트|per ?cent)/i],
  ['hour', /^[\s-]?(時間|시간|hours?\b)/i],
  ['minute', /^[\s-]?(分|분|minutes?\b)/i],
];

function quantitiesOf(text: string): Quantity[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const [written, whole = '', fraction = '', multiplier, below = '0'] = match;
    const value = Number(whole.replaceAll(',', '') + fraction) * (MULTIPLIERS[multiplier ?? ''] ?? 1) + Number(below);
    const after = text.slice(match.index + written.length);
    const unit = UNITS.find(([, pattern]) => pattern.test(after));
    return unit
      ? { value, unit: unit[0], text: `${written}${unit[1].exec(after)?.[0] ?? ''}` }
      : { value, text: written };
  });
}
