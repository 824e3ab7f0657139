import type { Mode } from '../scenario/mode.js';
import type { AnnouncementTerms, ObservedLaunch, Texts } from '../scenario/scenario.schema.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
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

const ZULU = String.raw`(?<zh>\d{2}):(?<zmin>\d{2})(?::(?<zs>\d{2}))?Z`;
const TIMES: Record<string, RegExp> = {
  'ja-JP': new RegExp(
    String.raw`(?<y>\d+)年(?<mon>\d+)月(?<d>\d+)日 (?<h>\d+)時(?<min>\d\d)分(?:(?<s>\d+)秒)?（(?:(?<zmon>\d+)月(?<zd>\d+)日 )?${ZULU}）`,
    'g',
  ),
  'ko-KR': new RegExp(
    String.raw`(?<y>\d+)년 (?<mon>\d+)월 (?<d>\d+)일 (?<h>\d\d):(?<min>\d\d)(?::(?<s>\d\d))?\((?:(?<zmon>\d+)월 (?<zd>\d+)일 )?${ZULU}\)`,
    'g',
  ),
  'en-US': new RegExp(String.raw`(?<zd>\d+) (?<zmon>[A-Z][a-z]{2}) (?<y>\d+) ${ZULU}`, 'g'),
};

/** The instants in a text, read back from the form of its language: as they are told in local time, and in UTC. */
const instantsIn = (language: string, text: string): { local?: string; utc: string }[] =>
  [...text.matchAll(TIMES[language] ?? /$^/g)].map(({ groups = {} }) => {
    const { y, mon, d, h, min, s = 0, zmon = mon, zd = d, zh, zmin, zs = 0 } = groups;
    const month = MONTHS.includes(zmon ?? '') ? MONTHS.indexOf(zmon ?? '') + 1 : Number(zmon);
    // The year is told once, in local time; no time of these texts lies on the two sides of a new year.
    const utc = Date.UTC(Number(y), month - 1, Number(zd), Number(zh), Number(zmin), Number(zs));
    const local = Date.UTC(Number(y), Number(mon) - 1, Number(d), Number(h) - 9, Number(min), Number(s));
    const iso = (ms: number): string => new Date(ms).toISOString();
    return { utc: iso(utc), ...(h === undefined ? {} : { local: iso(local) }) };
  });

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

  it('tell the same instants in every language, in local time and in UTC', () => {
    const told = Object.entries(write('test')).map(([language, { headline, description = '' }]) =>
      [headline, description].map((text) => instantsIn(language, text)),
    );
    const utc = told.map((texts) => texts.map((instants) => instants.map((instant) => instant.utc)));
    expect(utc[0]?.flat().length).toBeGreaterThanOrEqual(2);
    expect(utc[1]).toEqual(utc[0]);
    expect(utc[2]).toEqual(utc[0]);
    for (const { local, utc: same } of [told[0], told[1]].flat(2).filter((instant) => instant !== undefined)) {
      expect(local).toBe(same);
    }
  });

  it('leave no time without its Z beside it', () => {
    for (const [language, { headline, description = '' }] of Object.entries(write('actual'))) {
      const rest = `${headline} ${description}`.replaceAll(TIMES[language] ?? '', '');
      expect(rest).not.toMatch(/\d:\d|\d時|\d{4}[年년]/);
    }
  });
});

describe('announcementTexts', () => {
  it('reads as a duty officer writes', () => {
    const texts = announcementTexts('exercise', terms, names);
    expect(texts).toEqual({
      'ja-JP': {
        headline:
          '【訓練】弾道ミサイル発射の事前通告：北朝鮮、2023年11月22日 0時00分（11月21日 15:00Z）～2023年12月1日 0時00分30秒（11月30日 15:00:30Z）【訓練】',
        description:
          '【訓練】通告元：北朝鮮。期間：2023年11月22日 0時00分（11月21日 15:00Z）から2023年12月1日 0時00分30秒（11月30日 15:00:30Z）まで。ミサイルの種別：通告に記載なし。' +
          '発射区域：北緯39度39.6分 東経124度42分を中心とする半径20kmの円内。' +
          '落下予想区域（2か所）：（1）北緯37度0分 東経123度0分、北緯36度0分 西経125度30分、南緯34度0分 東経124度0分を結ぶ線内、（2）7点を結ぶ線内。' +
          '時刻は日本時間（JST）、Zの付く時刻は協定世界時（UTC）。【訓練】',
      },
      'ko-KR': {
        headline:
          '[훈련] 탄도미사일 발사 사전 통보: 북한, 2023년 11월 22일 00:00(11월 21일 15:00Z) ~ 2023년 12월 1일 00:00:30(11월 30일 15:00:30Z) [훈련]',
        description:
          '[훈련] 통보 주체: 북한. 기간: 2023년 11월 22일 00:00(11월 21일 15:00Z)부터 2023년 12월 1일 00:00:30(11월 30일 15:00:30Z)까지. 미사일 종류: 통보에 명시되지 않음. ' +
          '발사 구역: 북위 39도 39.6분 동경 124도 42분 중심 반경 20km 이내. ' +
          '낙하 예상 구역(2곳): (1) 북위 37도 0분 동경 123도 0분, 북위 36도 0분 서경 125도 30분, 남위 34도 0분 동경 124도 0분 연결선 내, (2) 7개 지점 연결선 내. ' +
          '시각은 한국시간(KST), Z가 붙은 시각은 협정세계시(UTC) 기준. [훈련]',
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
      '発射を探知：事前通告の期間内',
      '발사 탐지: 사전 통보 기간 내',
      'Launch observed: inside the announced window',
    ],
    [
      'outside-window',
      '発射を探知：事前通告の期間外',
      '발사 탐지: 사전 통보 기간 외',
      'Launch observed: outside the announced window',
    ],
    ['unannounced', '発射を探知：事前通告なし', '발사 탐지: 사전 통보 없음', 'Launch observed: no advance notice'],
  ] as const)('heads %s', (verdict, ja, ko, en) => {
    const texts = matchTexts('actual', verdict, launch, terms, names);
    expect(texts['ja-JP']?.headline).toBe(`${ja}、2023年11月21日 22時43分（13:43Z）`);
    expect(texts['ko-KR']?.headline).toBe(`${ko}, 2023년 11월 21일 22:43(13:43Z)`);
    expect(texts['en-US']?.headline).toBe(`${en}, 21 Nov 2023 13:43Z`);
  });
});

describe('the state in a text', () => {
  it.each([
    ['KP', '北朝鮮', '북한', 'DPRK'],
    ['CN', '中国', '중국', 'China'],
    ['XX', '国コードXX', '국가 코드 XX', 'state code XX'],
  ])('%s is named where the caller gives no name', (by, ja, ko, en) => {
    const notice = announcementTexts('actual', { ...terms, by });
    const match = matchTexts('actual', 'announced', { ...launch, by }, terms);
    expect(notice['ja-JP']?.description).toContain(`通告元：${ja}。`);
    expect(notice['ko-KR']?.description).toContain(`통보 주체: ${ko}.`);
    expect(notice['en-US']?.description).toContain(`Notifying state: ${en}.`);
    expect(match['ja-JP']?.description).toContain(`${ja}による発射を探知`);
    expect(match['ko-KR']?.description).toContain(`${ko}의 발사 탐지`);
    expect(match['en-US']?.description).toContain(`Launch by ${en} observed`);
  });
});

describe('what is launched', () => {
  it.each([
    ['missile-test', undefined, 'ミサイルの種別：', '미사일 종류:'],
    ['missile-test', 'IRBM', 'ミサイルの種別：', '미사일 종류:'],
    ['satellite-launch', undefined, 'ロケットの種別：', '발사체 종류:'],
    ['satellite-launch', 'SLV', 'ロケットの種別：', '발사체 종류:'],
    ['satellite-launch', 'ICBM', 'ミサイルの種別：', '미사일 종류:'],
  ] as const)('in a %s of the class %s is called what it is', (act, vehicleClass, ja, ko) => {
    const texts = announcementTexts('actual', { ...terms, act, vehicleClass });
    expect(texts['ja-JP']?.description).toContain(ja);
    expect(texts['ko-KR']?.description).toContain(ko);
  });
});
