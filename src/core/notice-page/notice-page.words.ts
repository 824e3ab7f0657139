import type { Notice } from '../regime/notice.js';
import { hhmm } from '../warning-text/warning-times.js';

type Act = NonNullable<Notice['act']>;
type Label =
  'by' | 'received' | 'act' | 'start' | 'end' | 'daily' | 'vehicleClass' | 'launchArea' | 'areas' | 'subject';

/** What a page on a notice says in one language. */
export interface PageWords {
  title: string;
  colon: string;
  labels: Record<Label, string>;
  acts: Record<Act, string>;
  /** Said of an item that the notice does not give. */
  none: string;
  between(earliest: string, latest: string): string;
  daily(hours: NonNullable<Notice['daily']>): string;
  /** `km` is the same radius in kilometres, to a hundredth. */
  circle(centre: string, radius: number, unit: 'km' | 'NM' | undefined, km: number): string;
  times: string;
  noJudgement: string;
}

const clock = (minute: number): string => `${hhmm(minute).slice(0, 2)}:${hhmm(minute).slice(2)}`;

export const japanesePage: PageWords = {
  title: '事前通告（要旨）',
  colon: '：',
  labels: {
    by: '通告元',
    received: '受領日時',
    act: '行為の種別',
    start: '期間の開始',
    end: '期間の終了',
    daily: '毎日の実施時間帯',
    vehicleClass: '飛翔体の種別',
    launchArea: '発射区域',
    areas: '危険区域',
    subject: '通告の件名',
  },
  acts: {
    'missile-test': '弾道ミサイル発射',
    'satellite-launch': '衛星打ち上げ',
    'live-fire-drill': '実弾射撃訓練',
    'joint-exercise': '共同訓練',
    'treated-water-discharge': '処理水の放出',
    'food-safety': '食品安全に関する措置',
    'ehs-notice': '環境・保健・安全に関する事項',
    'humanitarian-act': '人道上の行事',
    'memorial-act': '追悼行事',
  },
  none: '通告に記載なし',
  between: (earliest, latest) => `${earliest}から${latest}までの間`,
  daily: ({ fromMinute, toMinute }) =>
    `${clock(fromMinute)}Zから${toMinute <= fromMinute ? '翌日' : ''}${clock(toMinute)}Zまで`,
  circle: (centre, radius, unit, km) =>
    `${centre}を中心とする半径${unit === 'NM' ? `${radius}海里（${km}km）` : unit === 'km' ? `${radius}km` : `${radius}（単位の記載なし）`}の円内`,
  times: '時刻は日本時間（JST）、Zの付く時刻は協定世界時（UTC）。',
  noJudgement: '本書は通告の内容を伝えるものであり、行為の適法性を判断するものではない。',
};

export const koreanPage: PageWords = {
  title: '사전 통보(요지)',
  colon: ': ',
  labels: {
    by: '통보 주체',
    received: '접수 일시',
    act: '행위 종류',
    start: '기간 시작',
    end: '기간 종료',
    daily: '매일 실시 시간',
    vehicleClass: '발사체 종류',
    launchArea: '발사 구역',
    areas: '위험 구역',
    subject: '통보 제목',
  },
  acts: {
    'missile-test': '탄도미사일 발사',
    'satellite-launch': '위성 발사',
    'live-fire-drill': '실사격 훈련',
    'joint-exercise': '연합훈련',
    'treated-water-discharge': '처리수 방류',
    'food-safety': '식품 안전 조치',
    'ehs-notice': '환경·보건·안전 관련 사항',
    'humanitarian-act': '인도적 행사',
    'memorial-act': '추모 행사',
  },
  none: '통보에 명시되지 않음',
  between: (earliest, latest) => `${earliest}부터 ${latest} 사이`,
  daily: ({ fromMinute, toMinute }) =>
    `${clock(fromMinute)}Z부터 ${toMinute <= fromMinute ? '다음 날 ' : ''}${clock(toMinute)}Z까지`,
  circle: (centre, radius, unit, km) =>
    `${centre} 중심 반경 ${unit === 'NM' ? `${radius}해리(${km}km)` : unit === 'km' ? `${radius}km` : `${radius}(단위 명시되지 않음)`} 이내`,
  times: '시각은 한국시간(KST), Z가 붙은 시각은 협정세계시(UTC) 기준.',
  noJudgement: '본 문서는 통보 내용을 전달하는 것으로, 행위의 적법성을 판단하지 않음.',
};

export const englishPage: PageWords = {
  title: 'ADVANCE NOTICE (SUMMARY)',
  colon: ': ',
  labels: {
    by: 'Notifying state',
    received: 'Received',
    act: 'Act',
    start: 'Window opens',
    end: 'Window closes',
    daily: 'Hours of each day',
    vehicleClass: 'Vehicle',
    launchArea: 'Launch area',
    areas: 'Danger areas',
    subject: 'Subject of the notice',
  },
  acts: {
    'missile-test': 'ballistic missile launch',
    'satellite-launch': 'satellite launch',
    'live-fire-drill': 'live-fire drill',
    'joint-exercise': 'joint exercise',
    'treated-water-discharge': 'treated-water discharge',
    'food-safety': 'food-safety measures',
    'ehs-notice': 'environment, health or safety matter',
    'humanitarian-act': 'humanitarian act',
    'memorial-act': 'memorial act',
  },
  none: 'not stated in the notice',
  between: (earliest, latest) => `between ${earliest} and ${latest}`,
  daily: ({ fromMinute, toMinute }) =>
    `${clock(fromMinute)}Z to ${clock(toMinute)}Z${toMinute <= fromMinute ? ' on the next day' : ''}`,
  circle: (centre, radius, unit, km) =>
    `within ${unit === 'NM' ? `${radius} NM (${km} km)` : unit === 'km' ? `${radius} km` : `${radius} (no unit stated)`} of ${centre}`,
  times: 'Times are UTC.',
  noJudgement: 'This page tells what the notice says; it does not judge whether the act is lawful.',
};
