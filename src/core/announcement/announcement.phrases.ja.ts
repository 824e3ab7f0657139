import { isLaunch } from './announcement.phrases.js';
import type { Angle, AnnouncementPhrases, LaunchAct, MatchFacts, NoticeFacts } from './announcement.phrases.js';
import { clockOf, isSameDay, type ZoneTime } from './announcement.time.js';

const VEHICLES = {
  ICBM: '大陸間弾道ミサイル（ICBM）',
  SLBM: '潜水艦発射弾道ミサイル（SLBM）',
  SRBM: '短距離弾道ミサイル（SRBM）',
  MRBM: '準中距離弾道ミサイル（MRBM）',
  IRBM: '中距離弾道ミサイル（IRBM）',
  SLV: '衛星打ち上げ用ロケット（SLV）',
};

const HEMISPHERES = { N: '北緯', S: '南緯', E: '東経', W: '西経' };

const VERDICTS: Record<MatchFacts['verdict'], string> = {
  announced: '事前通告の期間内',
  'outside-window': '事前通告の期間外',
  'outside-area': '事前通告の期間内・発射区域外',
  unannounced: '事前通告なし',
};

const OUTCOMES = { 'as-announced': '通告どおり実施', 'in-part': '一部を実施', 'not-held': '実施せず' };

/** Japanese, in the style of notices of the Ministry of Defense and the Coast Guard. */
export const japanese: AnnouncementPhrases = {
  timeZone: 'Asia/Tokyo',
  time: (utc, local) => `${dayOf(local)} ${timeOf(local)}（${utcOf(utc, local)}）`,
  position: ({ latitude, longitude }) => `${angle(latitude)} ${angle(longitude)}`,
  circle: (centre, radiusKm) => `${centre}を中心とする半径${radiusKm}kmの円内`,
  polygon: (points) => `${points.join('、')}を結ぶ線内`,
  longPolygon: (points) => `${points}点を結ぶ線内`,
  stage: { announce: '', amend: '変更：', cancel: '取消：', report: '実施後報告：', release: '' },
  report: (at, outcome) => `結果（${at}）：${OUTCOMES[outcome]}。`,
  notice: (facts) => ({
    headline: `${actOf(facts)}の事前通告：${facts.by}、${facts.start}～${facts.end}`,
    description: [
      `通告元：${facts.by}。`,
      `期間：${facts.start}から${facts.end}まで。`,
      ...(isLaunch(facts)
        ? [
            `${typeLabel(facts)}：${facts.vehicleClass ? VEHICLES[facts.vehicleClass] : '通告に記載なし'}。`,
            `発射区域：${facts.launchArea ?? '通告に記載なし'}。`,
          ]
        : []),
      facts.impactAreas.length > 0
        ? `${areasLabel(facts)}（${facts.impactAreas.length}か所）：${facts.impactAreas.map((area, index) => `（${index + 1}）${area}`).join('、')}。`
        : `${areasLabel(facts)}：通告に記載なし。`,
      '時刻は日本時間（JST）、Zの付く時刻は協定世界時（UTC）。',
    ].join(''),
  }),
  match: (facts) => ({
    headline: `発射を探知：${VERDICTS[facts.verdict]}、${facts.at}`,
    description: [
      `${facts.at}、${facts.position}付近からの${facts.by ? `${facts.by}による` : ''}発射を探知。`,
      facts.window
        ? `照合した事前通告の期間は${facts.window.start}から${facts.window.end}まで（${VERDICTS[facts.verdict]}）。`
        : '該当する事前通告は受領していない。',
      '時刻は日本時間（JST）、Zの付く時刻は協定世界時（UTC）。',
    ].join(''),
  }),
};

const ACTS: Record<Exclude<NoticeFacts['act'], LaunchAct>, string> = {
  'live-fire-drill': '実弾射撃訓練',
  'joint-exercise': '共同訓練',
  'treated-water-discharge': '処理水の放出',
  'food-safety': '食品安全に関する措置',
  'ehs-notice': '環境・保健・安全に関する事項',
  'humanitarian-act': '人道上の行事',
  'memorial-act': '追悼行事',
};

const areasLabel = (facts: NoticeFacts): string => (isLaunch(facts) ? '落下予想区域' : '対象区域');

function actOf({ act, vehicleClass }: NoticeFacts): string {
  if (act === 'satellite-launch') {
    return '衛星打ち上げ';
  }
  if (act !== 'missile-test') {
    return ACTS[act];
  }
  return vehicleClass && vehicleClass !== 'SLV' ? `${VEHICLES[vehicleClass]}発射` : '弾道ミサイル発射';
}

function typeLabel({ act, vehicleClass }: NoticeFacts): string {
  const isRocket = vehicleClass ? vehicleClass === 'SLV' : act === 'satellite-launch';
  return isRocket ? 'ロケットの種別' : 'ミサイルの種別';
}

function dayOf({ year, month, day }: ZoneTime): string {
  return `${year}年${month}月${day}日`;
}

function timeOf({ hour, minute, second }: ZoneTime): string {
  return `${hour}時${String(minute).padStart(2, '0')}分${second === 0 ? '' : `${second}秒`}`;
}

/** In the early morning of Tokyo it is still the day before in UTC; only then is the day written again. */
function utcOf(utc: ZoneTime, local: ZoneTime): string {
  return `${isSameDay(utc, local) ? '' : `${utc.month}月${utc.day}日 `}${clockOf(utc)}Z`;
}

function angle({ hemisphere, degrees, minutes }: Angle): string {
  return `${HEMISPHERES[hemisphere]}${degrees}度${minutes}分`;
}
