import { runTimeOf } from '../time/time.js';
import type { Notice } from '../regime/notice.js';
import { noticePage, PAGE_LANGUAGES } from './notice-page.js';

const at = runTimeOf('2023-11-21T02:40:00+09:00');
const notice: Notice = {
  by: 'KP',
  act: 'satellite-launch',
  received: { earliest: at, latest: at },
  windowStart: runTimeOf('2023-11-22T00:00:00+09:00'),
  windowEnd: runTimeOf('2023-12-01T00:00:00+09:00'),
  daily: { fromMinute: 1380, toMinute: 540 },
  impactAreas: [
    { circle: { latitude: 35.5, longitude: 124, radius: 20, unit: 'NM' } },
    { polygon: [[15, 179], [15, -179], [14, -179]] },
  ],
  reported: {},
}; // prettier-ignore

describe('a notice on one page', () => {
  it('in Japanese', () => {
    expect(noticePage(notice, 'ja').split('\n')).toEqual([
      '事前通告（要旨）',
      '',
      '1. 通告元：北朝鮮',
      '2. 受領日時：2023年11月21日 2時40分（11月20日 17:40Z）',
      '3. 行為の種別：衛星打ち上げ',
      '4. 期間の開始：2023年11月22日 0時00分（11月21日 15:00Z）',
      '5. 期間の終了：2023年12月1日 0時00分（11月30日 15:00Z）',
      '6. 毎日の実施時間帯：23:00Zから翌日09:00Zまで',
      '7. 飛翔体の種別：通告に記載なし',
      '8. 発射区域：通告に記載なし',
      '9. 危険区域：',
      '   (1) 北緯35度30分 東経124度0分を中心とする半径20海里（37.04km）の円内',
      '   (2) 北緯15度0分 東経179度0分、北緯15度0分 西経179度0分、北緯14度0分 西経179度0分を結ぶ線内',
      '10. 通告の件名：通告に記載なし',
      '',
      '時刻は日本時間（JST）、Zの付く時刻は協定世界時（UTC）。',
      '本書は通告の内容を伝えるものであり、行為の適法性を判断するものではない。',
    ]);
  });

  it('in Korean and English, with the same facts', () => {
    expect(noticePage(notice, 'ko')).toContain('2. 접수 일시: 2023년 11월 21일 02:40(11월 20일 17:40Z)');
    expect(noticePage(notice, 'ko')).toContain('중심 반경 20해리(37.04km) 이내');
    expect(noticePage(notice, 'en')).toContain('4. Window opens: 21 Nov 2023 15:00Z');
    expect(noticePage(notice, 'en')).toContain('6. Hours of each day: 23:00Z to 09:00Z on the next day');
  });

  it.each(PAGE_LANGUAGES)('says of everything that an empty notice lacks that it is not there (%s)', (language) => {
    const page = noticePage({ impactAreas: [], reported: {} }, language);
    expect(page.split('\n').filter((line) => /^\d+\. .*(記載なし|명시되지 않음|not stated)/.test(line))).toHaveLength(
      9,
    );
    expect(page).not.toContain('undefined');
  });

  it('leaves the launch out of a notice of a drill', () => {
    expect(noticePage({ ...notice, act: 'live-fire-drill' }, 'en')).not.toContain('Vehicle');
  });
});
