import type { Names } from '../scenario/scenario.schema.js';

/** A place that the parties name differently, or whose names differ so much by language that a sender should not guess them. */
export interface NamedPlace {
  /** [latitude, longitude] in degrees; left out for seas and lines, which are no point. */
  readonly point?: readonly [number, number];
  /** The official name of a party, in every language, by the party's code. */
  readonly official?: Readonly<Record<string, Names>>;
  /** The name where no party has one of its own. */
  readonly names?: Names;
  readonly source: string;
}

/**
 * The order of the parties here is alphabetical by code and says nothing else. A name that no source read gives is not here.
 */
export const PLACES: Readonly<Record<string, NamedPlace>> = {
  'east-sea-sea-of-japan': {
    official: {
      JP: { 'ja-JP': '日本海', 'ko-KR': '일본해', 'en-US': 'Sea of Japan' },
      KR: { 'ja-JP': '東海', 'ko-KR': '동해', 'en-US': 'East Sea' },
    },
    source:
      'The Japan Times (Kyodo), 2017-06-10, and Ministry of Foreign Affairs of Japan, mofa.go.jp/policy/maritime/japan',
  },
  'liancourt-rocks': {
    point: [37.2383, 131.87],
    official: {
      JP: { 'ja-JP': '竹島', 'ko-KR': '다케시마', 'en-US': 'Takeshima' },
      KR: { 'ja-JP': '独島', 'ko-KR': '독도', 'en-US': 'Dokdo' },
    },
    source:
      'The Japan Times (Kyodo), 2017-06-10; point: Virtual Information Center, in crwflags.com/FOTW/Flags/xp-lr.html',
  },
  'northern-limit-line': {
    names: { 'ja-JP': '北方限界線（NLL）', 'ko-KR': '북방한계선(NLL)', 'en-US': 'Northern Limit Line (NLL)' },
    source: 'Wikipedia, Northern Limit Line',
  },
  yeonpyeong: {
    point: [37.66667, 125.69639],
    names: { 'ja-JP': '延坪島', 'ko-KR': '연평도', 'en-US': 'Yeonpyeong Island' },
    source: 'Wikipedia, Yeonpyeongdo (coordinates)',
  },
};
