import type { Phrase } from './phrase.js';

const SENT_2023 =
  'Messages of 31 May 2023 by Seoul and the Ministry of the Interior and Safety, quoted by Newsian (idxno 60734) and eToday (242374)';
const REFORM_2023 =
  'Kinds and uses of civil-defence warnings; since August 2023 the text states reason, area and shelter (Financial News, 2023-08-04)';
const COMMON = { category: 'Security', timeZone: 'Asia/Seoul' } as const;

/** Civil-defence warnings of the Republic of Korea; the Japanese and the English are our translations. */
export const KOREAN_PHRASES: readonly Phrase[] = [
  {
    ...{
      id: 'civil-defense-alert',
      ...COMMON,
      event: 'Civil defense alert',
      msgType: 'Alert',
      responseType: 'Prepare',
    },
    ...{ urgency: 'Expected', severity: 'Extreme', certainty: 'Possible', source: SENT_2023 },
    texts: {
      'ja-JP': {
        headline: '本日{time}、{place}に警戒警報を発令。',
        instruction: '住民の皆さんは避難の準備をし、子どもや高齢者などが先に避難できるようにしてください。',
        wording: 'own',
      },
      'ko-KR': {
        headline: '오늘 {time} {place}지역에 경계경보 발령.',
        instruction:
          '국민 여러분께서는 대피할 준비를 하시고, 어린이와 노약자가 우선 대피할 수 있도록 해 주시기 바랍니다.',
        wording: 'official',
      },
      'en-US': {
        headline: 'Civil defense alert issued for {place} at {time} today.',
        instruction: 'Be ready to take shelter, and let children, the elderly and the infirm go first.',
        wording: 'own',
      },
    },
    details: {
      direction: {
        'ja-JP': '理由：ミサイルが{direction}に向けて発射されました。',
        'ko-KR': '사유: 미사일이 {direction} 방향으로 발사됨.',
        'en-US': 'Reason: a missile was launched toward the {direction}.',
      },
    },
  },
  {
    ...{ id: 'air-raid-warning', ...COMMON, event: 'Air raid warning', msgType: 'Alert', responseType: 'Shelter' },
    ...{ urgency: 'Immediate', severity: 'Extreme', certainty: 'Likely', source: REFORM_2023 },
    texts: {
      'ja-JP': {
        headline: '本日{time}、{place}に空襲警報を発令。',
        instruction: '直ちに最寄りの地下の避難所に避難してください。',
        wording: 'own',
      },
      'ko-KR': {
        headline: '오늘 {time} {place}에 공습경보 발령.',
        instruction: '즉시 가까운 지하 대피소로 대피해 주시기 바랍니다.',
        wording: 'own',
      },
      'en-US': {
        headline: 'Air raid warning issued for {place} at {time} today.',
        instruction: 'Go to the nearest underground shelter immediately.',
        wording: 'own',
      },
    },
    details: {
      direction: {
        'ja-JP': '理由：ミサイルが{direction}に向けて発射されました。',
        'ko-KR': '사유: 미사일이 {direction} 방향으로 발사됨.',
        'en-US': 'Reason: a missile was launched toward the {direction}.',
      },
    },
  },
  {
    ...{ id: 'civil-defense-release', ...COMMON, event: 'Civil defense alert lifted', msgType: 'Update' },
    ...{ responseType: 'AllClear', urgency: 'Past', severity: 'Minor', certainty: 'Observed', source: SENT_2023 },
    texts: {
      'ja-JP': { headline: '警戒警報解除', wording: 'own' },
      'ko-KR': { headline: '경계경보 해제', wording: 'official' },
      'en-US': { headline: 'Civil defense alert lifted', wording: 'own' },
    },
    details: {
      time: { 'ja-JP': '解除時刻：{time}。', 'ko-KR': '해제 시각: {time}.', 'en-US': 'Lifted at {time}.' },
      place: { 'ja-JP': '解除地域：{place}。', 'ko-KR': '해제 지역: {place}.', 'en-US': 'Lifted for: {place}.' },
    },
  },
  {
    ...{ id: 'civil-defense-false', ...COMMON, event: 'Civil defense alert issued in error', msgType: 'Cancel' },
    ...{ responseType: 'None', urgency: 'Past', severity: 'Minor', certainty: 'Observed', source: SENT_2023 },
    texts: {
      'ja-JP': { headline: '{place}で発令した警戒警報は、誤って発令したものです。', wording: 'own' },
      'ko-KR': { headline: '{place}에서 발령한 경계경보는 오발령 사항임을 알려드림', wording: 'official' },
      'en-US': { headline: 'The civil defense alert issued in {place} was issued in error.', wording: 'own' },
    },
  },
];
