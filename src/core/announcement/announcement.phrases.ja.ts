import type { Angle, AnnouncementPhrases, MatchFacts, NoticeFacts } from './announcement.phrases.js';

const VEHICLES = {
  ICBM: '大陸間弾道ミサイル（ICBM）',
  SLBM: '潜水艦発射弾道ミサイル（SLBM）',
  SRBM: '短距離弾道ミサイル（SRBM）',
  MRBM: '準中距離弾道ミサイル（MRBM）',
  IRBM: '中距離弾道ミサイル（IRBM）',
  SLV: '衛星打上げ用ロケット（SLV）',
};

const HEMISPHERES = { N: '北緯', S: '南緯', E: '東経', W: '西経' };

const VERDICTS: Record<MatchFacts['verdict'], string> = {
  announced: '事前通告の期間内',
  'outside-window': '事前通告の期間外',
  unannounced: '事前通告なし',
};

/** Japanese, in the style of notices of the Ministry of Defense and the Coast Guard. */
export const japanese: AnnouncementPhrases = {
  time: ({ year, month, day, clock }) => `${year}年${month}月${day}日 ${clock}Z`,
  position: ({ latitude, longitude }) => `${angle(latitude)} ${angle(longitude)}`,
  circle: (centre, radiusKm) => `${centre}を中心とする半径${radiusKm}kmの円内`,
  polygon: (points) => `${points.join('、')}を結ぶ線内`,
  longPolygon: (points) => `${points}点を結ぶ線内`,
  notice: (facts) => ({
    headline: `${actOf(facts)}の事前通告：${facts.by}、${facts.start}～${facts.end}`,
    description: [
      `通告元：${facts.by}。`,
      `期間：${facts.start}から${facts.end}まで。`,
      facts.vehicleClass ? `機種：${VEHICLES[facts.vehicleClass]}。` : '機種：通告に記載なし。',
      `発射区域：${facts.launchArea ?? '通告に記載なし'}。`,
      facts.impactAreas.length > 0
        ? `落下予想区域（${facts.impactAreas.length}か所）：${facts.impactAreas.map((area, index) => `（${index + 1}）${area}`).join('、')}。`
        : '落下予想区域：通告に記載なし。',
      '時刻は協定世界時（UTC）。',
    ].join(''),
  }),
  match: (facts) => ({
    headline: `発射を確認：${VERDICTS[facts.verdict]}、${facts.at}`,
    description: [
      `${facts.at}、${facts.position}付近からの${facts.by ? `${facts.by}による` : ''}発射を確認。`,
      facts.window
        ? `照合した事前通告の期間は${facts.window.start}から${facts.window.end}まで（${VERDICTS[facts.verdict]}）。`
        : '該当する事前通告は確認されていない。',
      '時刻は協定世界時（UTC）。',
    ].join(''),
  }),
};

function actOf({ act, vehicleClass }: NoticeFacts): string {
  if (act === 'satellite-launch') {
    return '衛星打上げ';
  }
  return vehicleClass && vehicleClass !== 'SLV' ? `${VEHICLES[vehicleClass]}発射` : '弾道ミサイル発射';
}

function angle({ hemisphere, degrees, minutes }: Angle): string {
  return `${HEMISPHERES[hemisphere]}${degrees}度${minutes}分`;
}
