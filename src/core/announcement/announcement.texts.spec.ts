import type { Mode } from '../scenario/mode.js';
import type { AnnouncementTerms, ObservedLaunch, Texts } from '../scenario/scenario.schema.js';
import { SHIPPED_LANGUAGES } from '../scenario/scenario.schema.js';
import { announcementTexts, matchTexts } from './announcement.texts.js';

const terms: AnnouncementTerms = {
  by: 'KP',
  act: 'missile-test',
  windowStart: '2023-11-22T00:00:00+09:00',
  windowEnd: '2023-12-01T00:00:30+09:00',
  launchArea: { circle: { latitude: 39.66, longitude: 124.7, radiusKm: 20 } },
  impactAreas: [
    {
      polygon: [
        [36.9999, 123],
        [36, -125.5],
        [-34, 124],
      ],
    },
    { polygon: Array.from({ length: 7 }, (_, index): [number, number] => [index, index]) },
  ],
};

const launch: ObservedLaunch = { by: 'KP', at: '2023-11-21T22:43:00+09:00', latitude: 39.66, longitude: 124.7 };

const names = { 'ja-JP': '北朝鮮', 'ko-KR': '북한', 'en-US': 'DPRK' };

const everyText: [string, (mode: Mode) => Texts][] = [
  ['a missile test', (mode) => announcementTexts(mode, terms, names)],
  ['a bare notice', (mode) => announcementTexts(mode, { ...terms, launchArea: undefined, impactAreas: [] })],
  ['an ICBM test', (mode) => announcementTexts(mode, { ...terms, vehicleClass: 'ICBM' }, names)],
  ['a satellite launch', (mode) => announcementTexts(mode, { ...terms, act: 'satellite-launch', vehicleClass: 'SLV' })],
  ['an announced launch', (mode) => matchTexts(mode, 'announced', launch, terms, names)],
  ['a launch outside its window', (mode) => matchTexts(mode, 'outside-window', launch, terms, names)],
  ['an unannounced launch', (mode) => matchTexts(mode, 'unannounced', { ...launch, by: undefined })],
];

const MARKERS: Record<string, Record<'exercise' | 'test', string>> = {
  'ja-JP': { exercise: '【訓練】', test: '【試験】' },
  'ko-KR': { exercise: '[훈련]', test: '[시험]' },
  'en-US': { exercise: 'EXERCISE', test: 'TEST' },
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The times in a text, as YYYY-M-D clock, read back from the form of its language. */
const timesIn = (language: string, text: string): string[] => {
  const clock = String.raw`(\d{2}:\d{2}(?::\d{2})?)Z`;
  const forms: Record<string, RegExp> = {
    'ja-JP': new RegExp(String.raw`(?<y>\d+)年(?<m>\d+)月(?<d>\d+)日 ${clock}`, 'g'),
    'ko-KR': new RegExp(String.raw`(?<y>\d+)년 (?<m>\d+)월 (?<d>\d+)일 ${clock}`, 'g'),
    'en-US': new RegExp(String.raw`(?<d>\d+) (?<m>[A-Z][a-z]{2}) (?<y>\d+) ${clock}`, 'g'),
  };
  return [...text.matchAll(forms[language] ?? /$^/g)].map((found) => {
    const { y, m = '', d } = found.groups ?? {};
    return `${y}-${MONTHS.includes(m) ? MONTHS.indexOf(m) + 1 : m}-${d} ${found.at(-1)}`;
  });
};

describe.each(everyText)('the texts of %s', (_, write) => {
  it('are there in every shipped language', () => {
    const texts = write('actual');
    expect(Object.keys(texts)).toEqual([...SHIPPED_LANGUAGES]);
    for (const text of Object.values(texts)) {
      expect(text.headline.length).toBeLessThan(200);
      expect(text.description).toBeTruthy();
      expect(JSON.stringify(text)).not.toMatch(/undefined|NaN/);
    }
  });

  it.each(['exercise', 'test'] as const)('carry the marker of the mode %s first and last', (mode) => {
    for (const [language, { headline, description = '' }] of Object.entries(write(mode))) {
      const marker = MARKERS[language]?.[mode] ?? 'missing';
      for (const text of [headline, description]) {
        expect(text.startsWith(marker) && text.endsWith(marker) && text.length > 3 * marker.length).toBe(true);
      }
    }
  });

  it('carry no marker in the mode actual', () => {
    expect(JSON.stringify(write('actual'))).not.toMatch(/訓練|試験|훈련|시험|EXERCISE|TEST/);
  });

  it('tell the same times in every language', () => {
    const times = Object.entries(write('test')).map(([language, { headline, description = '' }]) =>
      [headline, description].map((text) => timesIn(language, text)),
    );
    expect(times[0]?.flat().length).toBeGreaterThanOrEqual(2);
    expect(times[1]).toEqual(times[0]);
    expect(times[2]).toEqual(times[0]);
  });
});

describe('announcementTexts', () => {
  it('reads as a duty officer writes', () => {
    const texts = announcementTexts('exercise', terms, names);
    expect(texts).toEqual({
      'ja-JP': {
        headline: '【訓練】弾道ミサイル発射の事前通告：北朝鮮、2023年11月21日 15:00Z～2023年11月30日 15:00:30Z【訓練】',
        description:
          '【訓練】通告元：北朝鮮。期間：2023年11月21日 15:00Zから2023年11月30日 15:00:30Zまで。機種：通告に記載なし。' +
          '発射区域：北緯39度39.6分 東経124度42分を中心とする半径20kmの円内。' +
          '落下予想区域（2か所）：（1）北緯37度0分 東経123度0分、北緯36度0分 西経125度30分、南緯34度0分 東経124度0分を結ぶ線内、（2）7点を結ぶ線内。' +
          '時刻は協定世界時（UTC）。【訓練】',
      },
      'ko-KR': {
        headline: '[훈련] 탄도미사일 발사 사전 통보: 북한, 2023년 11월 21일 15:00Z ~ 2023년 11월 30일 15:00:30Z [훈련]',
        description:
          '[훈련] 통보 주체: 북한. 기간: 2023년 11월 21일 15:00Z부터 2023년 11월 30일 15:00:30Z까지. 기종: 통보에 명시되지 않음. ' +
          '발사 구역: 북위 39도 39.6분 동경 124도 42분 중심 반경 20km 이내. ' +
          '낙하 예상 구역(2곳): (1) 북위 37도 0분 동경 123도 0분, 북위 36도 0분 서경 125도 30분, 남위 34도 0분 동경 124도 0분 연결선 내, (2) 7개 지점 연결선 내. ' +
          '시각은 협정세계시(UTC) 기준. [훈련]',
      },
      'en-US': {
        headline:
          'EXERCISE Advance notice of ballistic missile launch: DPRK, 21 Nov 2023 15:00Z to 30 Nov 2023 15:00:30Z EXERCISE',
        description:
          'EXERCISE Notifying state: DPRK. Window: 21 Nov 2023 15:00Z to 30 Nov 2023 15:00:30Z. Vehicle: not stated in the notice. ' +
          'Launch area: within 20 km of 39°39.6′N 124°42′E. ' +
          'Impact areas (2): (1) bounded by 37°0′N 123°0′E, 36°0′N 125°30′W, 34°0′S 124°0′E; (2) bounded by 7 points. ' +
          'Times are UTC. EXERCISE',
      },
    });
  });
});

describe('matchTexts', () => {
  it.each([
    [
      'announced',
      '発射を確認：事前通告の期間内',
      '발사 확인: 사전 통보 기간 내',
      'Launch observed: inside the announced window',
    ],
    [
      'outside-window',
      '発射を確認：事前通告の期間外',
      '발사 확인: 사전 통보 기간 외',
      'Launch observed: outside the announced window',
    ],
    ['unannounced', '発射を確認：事前通告なし', '발사 확인: 사전 통보 없음', 'Launch observed: no advance notice'],
  ] as const)('heads %s', (verdict, ja, ko, en) => {
    const texts = matchTexts('actual', verdict, launch, terms, names);
    expect(texts['ja-JP']?.headline).toBe(`${ja}、2023年11月21日 13:43Z`);
    expect(texts['ko-KR']?.headline).toBe(`${ko}, 2023년 11월 21일 13:43Z`);
    expect(texts['en-US']?.headline).toBe(`${en}, 21 Nov 2023 13:43Z`);
  });
});
