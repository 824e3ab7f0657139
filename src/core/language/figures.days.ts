import type { Primary } from './blocks.js';
import type { Taken } from './taken.js';

export interface Day {
  readonly day: number;
  readonly month?: number;
  readonly text: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?';

/** A count of days is no day of a month: 3日間, 3일간. */
const PATTERNS: Readonly<Record<Primary, readonly RegExp[]>> = {
  ja: [
    /(?:(?<mn>\d{1,2})月\s?)?(?<d>\d{1,2})(?=(?:~|〜|-|、|,\s?|・)\d{1,2}日)/g,
    /(?:(?<mn>\d{1,2})月\s?)?(?<d>\d{1,2})日(?!間|以内|後|前|目|ぶり|連続)/g,
    /(?<mn>\d{1,2})月/g,
  ],
  ko: [
    /(?:(?<mn>\d{1,2})월\s?)?(?<d>\d{1,2})(?=(?:~|-|,\s?|·)\d{1,2}일)/g,
    /(?:(?<mn>\d{1,2})월\s?)?(?<d>\d{1,2})일(?!간|\s?(?:동안|이내|뒤|후|전)|차|째)/g,
    /(?<mn>\d{1,2})월/g,
  ],
  en: [
    new RegExp(`\\b(?<d>\\d{1,2})(?:st|nd|rd|th)?(?=\\s(?:and|to|or|or\\s)\\s?\\d{1,2}\\s${MONTH})`, 'g'),
    new RegExp(`\\b(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?(?<mw>${MONTH})`, 'g'),
    new RegExp(`\\b(?<mw>${MONTH})\\s(?<d>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])`, 'g'),
  ],
};

/** The days of a text, and the text without them. A month that stands alone is taken out and not compared. */
export function takeDays(text: string, primary: Primary): Taken<Day> {
  const found: Day[] = [];
  let rest = text;
  for (const pattern of PATTERNS[primary]) {
    rest = rest.replace(pattern, (written: string, ...args) => {
      const { d, mn, mw } = args.at(-1) as Record<string, string | undefined>;
      const month = mn ? Number(mn) : mw ? MONTHS.indexOf(mw.slice(0, 3).toLowerCase()) + 1 : undefined;
      if (d) {
        found.push({ day: Number(d), ...(month ? { month } : {}), text: written.trim() });
      }
      return ' '.repeat(written.length);
    });
  }
  return { found, rest };
}
