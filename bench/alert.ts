import { tokenOf } from './clients/token.js';

const FILLER = 'The launch was seen by two sensors and the impact is expected east of the main islands. ';
/** The service takes descriptions of up to 4,000 characters; the markers need a few of them. */
const LONGEST_FILLER = 3_900;

/**
 * Makes alerts of so many bytes of JSON, each with its number's token in it once. The texts carry the marker of a test
 * already, so that no system sends more than another. Each is minor and past, so that its duties fall due after 2 and
 * 8 hours: no desk is reminded and nothing escalates while something is measured.
 */
export function alertMaker(bytes: number): (number: number) => string {
  const token = tokenOf(0);
  const empty = Buffer.byteLength(alertWith(['', '', '']));
  const fillers = [0, 1, 2].map((block) => {
    // The last block gets what is missing first, since a small alert has words in English alone.
    const before = (2 - block) * LONGEST_FILLER;
    const length = Math.min(Math.max(bytes - empty - before, 0), LONGEST_FILLER);
    return FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length);
  });
  const [start = '', end = ''] = alertWith(fillers).split(token);
  return (number) => start + tokenOf(number) + end;
}

const alertWith = ([japanese = '', korean = '', english = '']: string[]): string =>
  JSON.stringify({
    event: 'Ballistic missile launch',
    category: 'Security',
    urgency: 'Past',
    severity: 'Minor',
    certainty: 'Observed',
    info: [
      {
        language: 'ja-JP',
        headline: '【試験】弾道ミサイル発射【試験】',
        description: `【試験】日本の東の海上に落下する見込み。${japanese}【試験】`,
      },
      {
        language: 'ko-KR',
        headline: '[시험] 탄도미사일 발사 [시험]',
        description: `[시험] 동해상에 낙하할 것으로 예상됨. ${korean} [시험]`,
      },
      {
        language: 'en-US',
        headline: `TEST Ballistic missile launch ${tokenOf(0)} TEST`,
        description: `TEST ${english} TEST`,
      },
    ],
  });
