import type { Primary } from './blocks.js';

const KANJI_DIGITS: Readonly<Record<string, number>> = {
  ...{ 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const ENGLISH_UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const ENGLISH_TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const KOREAN: Readonly<Record<string, number>> = {
  ...{ 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10, 열한: 11, 열두: 12, 스무: 20 },
};

/** 一時 is "for a time" unless 午前 or 午後 stands before it. */
const KANJI_BEFORE_COUNTER =
  /(?!(?<!午[前後])一時)([〇一二三四五六七八九十百]+)(?=(時|分|秒|日|月|人|名|発|回|度|隻|機|キロ|つの|か国|カ国|か所|カ所))/g;
const KOREAN_BEFORE_COUNTER =
  /(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열한|열두|열|스무)(?=\s?(시|시간|명|발|차례|척|대|곳|번|차))/g;
const ENGLISH_NUMBER = new RegExp(
  `\\b(?:(${ENGLISH_TENS.join('|')})(?:[- ](${ENGLISH_UNITS.slice(1, 10).join('|')}))?|(${ENGLISH_UNITS.join('|')}))\\b`,
  'gi',
);

/** A text (NFKC) with the numbers that it writes in words in digits: 七時 as 7時, 두 발 as 2 발, twenty-four as 24. */
export function withDigits(text: string, primary: Primary): string {
  switch (primary) {
    case 'ja':
      return text.replace(KANJI_BEFORE_COUNTER, (numeral: string) => String(kanjiNumber(numeral)));
    case 'ko':
      return text.replace(KOREAN_BEFORE_COUNTER, (numeral: string) => String(KOREAN[numeral] ?? numeral));
    case 'en':
      return text.replace(ENGLISH_NUMBER, (_, tens?: string, unit?: string, small?: string) =>
        String(small ? unitOf(small) : 20 + ENGLISH_TENS.indexOf((tens ?? '').toLowerCase()) * 10 + unitOf(unit)),
      );
  }
}

const unitOf = (word: string | undefined): number => (word ? ENGLISH_UNITS.indexOf(word.toLowerCase()) : 0);

/** Below a thousand, as times, dates and small counts are written: 二十九 is 29, 三〇 is 30. */
function kanjiNumber(numeral: string): number {
  if (!/[十百]/.test(numeral)) {
    return Number([...numeral].map((digit) => KANJI_DIGITS[digit] ?? 0).join(''));
  }
  let total = 0;
  let digit = 0;
  for (const sign of numeral) {
    const power = sign === '百' ? 100 : sign === '十' ? 10 : 0;
    total += power * (power > 0 ? digit || 1 : 0);
    digit = power > 0 ? 0 : (KANJI_DIGITS[sign] ?? 0);
  }
  return total + digit;
}
