import { isLaunch } from './announcement.phrases.js';
import type { Angle, AnnouncementPhrases, LaunchAct, MatchFacts, NoticeFacts } from './announcement.phrases.js';
import { clockOf, isSameDay, type ZoneTime } from './announcement.time.js';

const VEHICLES = {
  ICBM: '대륙간탄도미사일(ICBM)',
  SLBM: '잠수함발사탄도미사일(SLBM)',
  SRBM: '단거리탄도미사일(SRBM)',
  MRBM: '준중거리탄도미사일(MRBM)',
  IRBM: '중거리탄도미사일(IRBM)',
  SLV: '우주발사체(SLV)',
};

const HEMISPHERES = { N: '북위', S: '남위', E: '동경', W: '서경' };

const VERDICTS: Record<MatchFacts['verdict'], string> = {
  announced: '사전 통보 기간 내',
  'outside-window': '사전 통보 기간 외',
  'outside-area': '사전 통보 기간 내, 발사 구역 외',
  unannounced: '사전 통보 없음',
};

const OUTCOMES = { 'as-announced': '통보대로 실시', 'in-part': '일부 실시', 'not-held': '미실시' };

/** Korean, in the style of notices of the Joint Chiefs of Staff and of navigational warnings. */
export const korean: AnnouncementPhrases = {
  timeZone: 'Asia/Seoul',
  time: (utc, local) => `${dayOf(local)} ${clockOf(local)}(${utcOf(utc, local)})`,
  position: ({ latitude, longitude }) => `${angle(latitude)} ${angle(longitude)}`,
  circle: (centre, radiusKm) => `${centre} 중심 반경 ${radiusKm}km 이내`,
  polygon: (points) => `${points.join(', ')} 연결선 내`,
  longPolygon: (points) => `${points}개 지점 연결선 내`,
  stage: { announce: '', amend: '변경: ', cancel: '취소: ', report: '실시 후 보고: ', release: '' },
  report: (at, outcome) => `결과(${at}): ${OUTCOMES[outcome]}. `,
  notice: (facts) => ({
    headline: `${actOf(facts)} 사전 통보: ${facts.by}, ${facts.start} ~ ${facts.end}`,
    description: [
      `통보 주체: ${facts.by}.`,
      `기간: ${facts.start}부터 ${facts.end}까지.`,
      ...(isLaunch(facts)
        ? [
            `${typeLabel(facts)}: ${facts.vehicleClass ? VEHICLES[facts.vehicleClass] : '통보에 명시되지 않음'}.`,
            `발사 구역: ${facts.launchArea ?? '통보에 명시되지 않음'}.`,
          ]
        : []),
      facts.impactAreas.length > 0
        ? `${areasLabel(facts)}(${facts.impactAreas.length}곳): ${facts.impactAreas.map((area, index) => `(${index + 1}) ${area}`).join(', ')}.`
        : `${areasLabel(facts)}: 통보에 명시되지 않음.`,
      '시각은 한국시간(KST), Z가 붙은 시각은 협정세계시(UTC) 기준.',
    ].join(' '),
  }),
  match: (facts) => ({
    headline: `발사 탐지: ${VERDICTS[facts.verdict]}, ${facts.at}`,
    description: [
      `${facts.at}, ${facts.position} 일대에서 ${facts.by ? `${facts.by}의 ` : ''}발사 탐지.`,
      facts.window
        ? `대조한 사전 통보의 기간은 ${facts.window.start}부터 ${facts.window.end}까지(${VERDICTS[facts.verdict]}).`
        : '해당하는 사전 통보는 접수되지 않음.',
      '시각은 한국시간(KST), Z가 붙은 시각은 협정세계시(UTC) 기준.',
    ].join(' '),
  }),
};

const ACTS: Record<Exclude<NoticeFacts['act'], LaunchAct>, string> = {
  'live-fire-drill': '실사격 훈련',
  'joint-exercise': '연합훈련',
  'treated-water-discharge': '처리수 방류',
  'food-safety': '식품 안전 조치',
  'ehs-notice': '환경·보건·안전 관련 사항',
  'humanitarian-act': '인도적 행사',
  'memorial-act': '추모 행사',
};

const areasLabel = (facts: NoticeFacts): string => (isLaunch(facts) ? '낙하 예상 구역' : '대상 구역');

function actOf({ act, vehicleClass }: NoticeFacts): string {
  if (act === 'satellite-launch') {
    return '위성 발사';
  }
  if (act !== 'missile-test') {
    return ACTS[act];
  }
  return vehicleClass && vehicleClass !== 'SLV' ? `${VEHICLES[vehicleClass]} 발사` : '탄도미사일 발사';
}

function typeLabel({ act, vehicleClass }: NoticeFacts): string {
  const isRocket = vehicleClass ? vehicleClass === 'SLV' : act === 'satellite-launch';
  return isRocket ? '발사체 종류' : '미사일 종류';
}

function dayOf({ year, month, day }: ZoneTime): string {
  return `${year}년 ${month}월 ${day}일`;
}

/** In the early morning of Seoul it is still the day before in UTC; only then is the day written again. */
function utcOf(utc: ZoneTime, local: ZoneTime): string {
  return `${isSameDay(utc, local) ? '' : `${utc.month}월 ${utc.day}일 `}${clockOf(utc)}Z`;
}

function angle({ hemisphere, degrees, minutes }: Angle): string {
  return `${HEMISPHERES[hemisphere]} ${degrees}도 ${minutes}분`;
}
