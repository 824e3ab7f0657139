import type { Phrase } from './phrase.js';

const COMMON = { category: 'Security', timeZone: 'Asia/Tokyo' } as const;
const PAST = { urgency: 'Past', severity: 'Minor', certainty: 'Observed' } as const;
const UNKNOWN = { urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' } as const;
const THREE_VERBS = 'CAP 1.2, section 3.2.1 (msgType); release, correction and withdrawal stay three different words';

/** Phrases that belong to no one system: the end of an alert in its three kinds, and what frames a drill or a test. */
export const COMMON_PHRASES: readonly Phrase[] = [
  {
    ...{ id: 'release', ...COMMON, event: 'All clear', msgType: 'Update', responseType: 'AllClear', ...PAST },
    source:
      'Release wording of J-Alert since 25 April 2023 (TV Asahi, 2023-04-25); English of table A11 of the Common Alert Message Format',
    texts: {
      'ja-JP': { headline: '避難の呼びかけを解除します。', wording: 'official' },
      'ko-KR': { headline: '대피 안내를 해제합니다.', wording: 'own' },
      'en-US': { headline: 'The call for evacuation will be canceled.', wording: 'official' },
    },
    details: {
      time: { 'ja-JP': '解除時刻：{time}。', 'ko-KR': '해제 시각: {time}.', 'en-US': 'As of {time}.' },
      place: { 'ja-JP': '解除地域：{place}。', 'ko-KR': '해제 지역: {place}.', 'en-US': 'For: {place}.' },
    },
  },
  {
    ...{ id: 'correction', ...COMMON, event: 'Correction', msgType: 'Update', responseType: 'Monitor', ...UNKNOWN },
    source: THREE_VERBS,
    texts: {
      'ja-JP': {
        headline: '訂正。先にお伝えした内容に変更があります。',
        description: 'この内容が最新です。先の内容と差し替えてください。',
        wording: 'own',
      },
      'ko-KR': {
        headline: '정정. 앞서 알려 드린 내용이 변경되었습니다.',
        description: '이 내용이 최신입니다. 앞선 내용을 이 내용으로 대체하십시오.',
        wording: 'own',
      },
      'en-US': {
        headline: 'CORRECTION. What was said earlier has changed.',
        description: 'This is the latest. It replaces what was said earlier.',
        wording: 'own',
      },
    },
  },
  {
    ...{ id: 'false-alarm', ...COMMON, event: 'False alarm', msgType: 'Cancel', responseType: 'None', ...PAST },
    source: THREE_VERBS,
    texts: {
      'ja-JP': {
        headline: '誤報。先にお伝えした警報は誤りでした。',
        description: '警報にあたる事態は起きていません。避難の必要はありません。',
        wording: 'own',
      },
      'ko-KR': {
        headline: '오발령. 앞서 발령한 경보는 잘못 발령된 것입니다.',
        description: '경보에 해당하는 사태는 발생하지 않았습니다. 대피할 필요가 없습니다.',
        wording: 'own',
      },
      'en-US': {
        headline: 'FALSE ALARM. The earlier alert was issued in error.',
        description: 'Nothing that calls for an alert has happened. There is no need to take shelter.',
        wording: 'own',
      },
    },
  },
  {
    ...{ id: 'withdrawn', ...COMMON, event: 'Plan withdrawn', msgType: 'Cancel', responseType: 'None', ...PAST },
    source: THREE_VERBS,
    texts: {
      'ja-JP': { headline: '取消。先にお知らせした予定は取りやめになりました。', wording: 'own' },
      'ko-KR': { headline: '취소. 앞서 알려 드린 일정은 취소되었습니다.', wording: 'own' },
      'en-US': { headline: 'CANCELLED. What was planned will not take place.', wording: 'own' },
    },
  },
  {
    ...{ id: 'drill-start', ...COMMON, event: 'Start of drill', msgType: 'Alert', responseType: 'None', ...UNKNOWN },
    ...{
      status: 'Exercise',
      source:
        'Announcement of a nation-wide drill, village of Rusutsu (vill.rusutsu.lg.jp/hotnews/detail/00004012.html)',
    },
    texts: {
      'ja-JP': { headline: '只今から訓練放送を行います。', wording: 'official' },
      'ko-KR': { headline: '지금부터 훈련 방송을 실시합니다.', wording: 'own' },
      'en-US': { headline: 'This is the start of a drill broadcast.', wording: 'own' },
    },
  },
  {
    ...{ id: 'drill-end', ...COMMON, event: 'End of drill', msgType: 'Update', responseType: 'AllClear', ...PAST },
    ...{
      status: 'Exercise',
      source:
        'Announcement of a nation-wide drill, village of Rusutsu (vill.rusutsu.lg.jp/hotnews/detail/00004012.html)',
    },
    texts: {
      'ja-JP': { headline: 'これで訓練放送を終わります。', wording: 'official' },
      'ko-KR': { headline: '이상으로 훈련 방송을 마칩니다.', wording: 'own' },
      'en-US': { headline: 'This is the end of the drill broadcast.', wording: 'own' },
    },
  },
  {
    ...{ id: 'drill-paused', ...COMMON, event: 'Drill paused', msgType: 'Update', responseType: 'Monitor', ...UNKNOWN },
    ...{ status: 'Exercise', source: 'Ours: what happens in earnest comes before a drill' },
    texts: {
      'ja-JP': {
        headline: '訓練を中断します。',
        description: '再開の連絡があるまで、訓練の通報は行いません。',
        wording: 'own',
      },
      'ko-KR': {
        headline: '훈련을 중단합니다.',
        description: '재개 통보가 있을 때까지 훈련 통보는 하지 않습니다.',
        wording: 'own',
      },
      'en-US': {
        headline: 'The exercise is paused.',
        description: 'No exercise messages until it is resumed.',
        wording: 'own',
      },
    },
  },
  {
    ...{ id: 'test', ...COMMON, event: 'Test', msgType: 'Alert', responseType: 'None', ...UNKNOWN },
    ...{ status: 'Test', source: 'Ours, after the national test of 2018: FEMA text quoted by MeriTalk' },
    texts: {
      'ja-JP': { headline: 'これは試験です。', instruction: '対応は必要ありません。', wording: 'own' },
      'ko-KR': { headline: '이것은 시험입니다.', instruction: '조치하실 사항은 없습니다.', wording: 'own' },
      'en-US': { headline: 'THIS IS A TEST.', instruction: 'No action is needed.', wording: 'own' },
    },
  },
];
