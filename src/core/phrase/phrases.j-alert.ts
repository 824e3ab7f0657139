import type { Phrase } from './phrase.js';

const CAMF = 'Table A11 of the Common Alert Message Format (guidance library of Japan, Cabinet Office IS-QZSS-DCX)';
const AFTER = { urgency: 'Past', severity: 'Minor', certainty: 'Likely' } as const;
const COMMON = { category: 'Security', timeZone: 'Asia/Tokyo', source: CAMF } as const;
const LAUNCH_EVENT = { event: 'Missile launch' } as const;

const SUSPICIOUS = {
  ja: '不審なものには決して近寄らず直ちに警察や消防などに連絡して下さい。',
  ko: '수상한 물체를 발견하면 절대 접근하지 말고 즉시 경찰이나 소방에 신고해 주십시오.',
  en: 'If you find any suspicious object, please stay away from it and inform the police or the fire department immediately.',
};
const INFORMED = {
  ja: '続報を伝達しますので、引き続き屋内に避難して下さい。',
  ko: '후속 정보를 알려 드리겠으니 계속 실내에 대피해 주십시오.',
  en: 'We will keep you informed. Please stay indoors for shelter.',
};
const RELEASED = {
  ja: '避難の呼びかけを解除します。',
  ko: '대피 안내를 해제합니다.',
  en: 'The call for evacuation will be canceled.',
};

/** The phrases of J-Alert as its satellite broadcast numbers them; the Korean is our translation. */
export const J_ALERT_PHRASES: readonly Phrase[] = [
  {
    ...{ id: 'launch', camf: 128, ...COMMON, ...LAUNCH_EVENT, msgType: 'Alert', responseType: 'Shelter' },
    ...{ urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed' },
    texts: {
      'ja-JP': {
        headline: 'ミサイル発射。ミサイル発射。',
        description: 'ミサイルが発射されたものとみられます。',
        instruction: '建物の中、又は地下に避難して下さい。',
        wording: 'official',
      },
      'ko-KR': {
        headline: '미사일 발사. 미사일 발사.',
        description: '미사일이 발사된 것으로 보입니다.',
        instruction: '건물 안이나 지하로 대피해 주십시오.',
        wording: 'own',
      },
      'en-US': {
        headline: 'Missile launched, missile launched.',
        description: 'It is believed that a missile was launched.',
        instruction: 'Please take shelter inside buildings or underground.',
        wording: 'official',
      },
    },
    details: {
      time: {
        'ja-JP': '発射時刻は{time}頃。',
        'ko-KR': '발사 시각은 {time}경.',
        'en-US': 'Launched at about {time}.',
      },
      direction: {
        'ja-JP': '発射方向は{direction}。',
        'ko-KR': '발사 방향은 {direction}.',
        'en-US': 'Launched toward the {direction}.',
      },
      place: { 'ja-JP': '対象地域：{place}。', 'ko-KR': '대상 지역: {place}.', 'en-US': 'For: {place}.' },
    },
  },
  {
    ...{ id: 'shelter', camf: 132, ...COMMON, ...LAUNCH_EVENT, msgType: 'Update', responseType: 'Shelter' },
    ...{ urgency: 'Immediate', severity: 'Extreme', certainty: 'Likely' },
    texts: {
      'ja-JP': {
        headline: '直ちに避難。直ちに避難。',
        description: '直ちに建物の中、又は地下に避難して下さい。ミサイルが、周辺に落下するものとみられます。',
        instruction: '直ちに避難して下さい。',
        wording: 'official',
      },
      'ko-KR': {
        headline: '즉시 대피. 즉시 대피.',
        description: '즉시 건물 안이나 지하로 대피해 주십시오. 미사일이 주변에 낙하할 것으로 보입니다.',
        instruction: '즉시 대피해 주십시오.',
        wording: 'own',
      },
      'en-US': {
        headline: 'Take shelter immediately, take shelter immediately.',
        description:
          'Please take shelter inside buildings or underground. It is believed that a missile will drop around this area.',
        instruction: 'Please take shelter immediately.',
        wording: 'official',
      },
    },
    details: {
      time: {
        'ja-JP': '落下予想時刻は{time}頃。',
        'ko-KR': '낙하 예상 시각은 {time}경.',
        'en-US': 'Expected to fall at about {time}.',
      },
      place: { 'ja-JP': '対象地域：{place}。', 'ko-KR': '대상 지역: {place}.', 'en-US': 'For: {place}.' },
    },
  },
  {
    ...{ id: 'impact', camf: 134, ...COMMON, event: 'Missile impact', msgType: 'Update', responseType: 'Shelter' },
    ...{ urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed' },
    texts: {
      'ja-JP': {
        headline: 'ミサイル落下。ミサイル落下。',
        description: 'ミサイルが、周辺に落下したものとみられます。',
        instruction: INFORMED.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '미사일 낙하. 미사일 낙하.',
        description: '미사일이 주변에 낙하한 것으로 보입니다.',
        instruction: INFORMED.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'Missile dropped, missile dropped.',
        description: 'It is believed that a missile has dropped around this area.',
        instruction: INFORMED.en,
        wording: 'official',
      },
    },
    details: {
      time: {
        'ja-JP': '落下時刻は{time}頃。',
        'ko-KR': '낙하 시각은 {time}경.',
        'en-US': 'Dropped at about {time}.',
      },
      place: { 'ja-JP': '落下地域：{place}。', 'ko-KR': '낙하 지역: {place}.', 'en-US': 'Area: {place}.' },
    },
  },
  {
    ...{ id: 'passed', camf: 129, ...COMMON, event: 'Missile passed', msgType: 'Update', responseType: 'AllClear' },
    ...AFTER,
    texts: {
      'ja-JP': {
        headline: 'ミサイル通過。ミサイル通過。',
        description: `先程のミサイルは通過したものとみられます。${RELEASED.ja}`,
        instruction: SUSPICIOUS.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '미사일 통과. 미사일 통과.',
        description: `앞서 발사된 미사일은 통과한 것으로 보입니다. ${RELEASED.ko}`,
        instruction: SUSPICIOUS.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'Missile passed, missile passed.',
        description: `It is believed that the previous missile has passed over the area. ${RELEASED.en}`,
        instruction: SUSPICIOUS.en,
        wording: 'official',
      },
    },
    details: {
      time: {
        'ja-JP': '通過時刻は{time}頃。',
        'ko-KR': '통과 시각은 {time}경.',
        'en-US': 'Passed at about {time}.',
      },
      place: { 'ja-JP': '通過地域：{place}。', 'ko-KR': '통과 지역: {place}.', 'en-US': 'Area: {place}.' },
    },
  },
  {
    ...{ id: 'fell-at-sea', camf: 130, ...COMMON, event: 'Missile fell at sea', msgType: 'Update' },
    ...{ responseType: 'AllClear', ...AFTER },
    texts: {
      'ja-JP': {
        headline: '先程のミサイルは、海に落下したものとみられます。',
        description: RELEASED.ja,
        instruction: SUSPICIOUS.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '앞서 발사된 미사일은 바다에 낙하한 것으로 보입니다.',
        description: RELEASED.ko,
        instruction: SUSPICIOUS.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'It is believed that the previous missile has dropped in the sea.',
        description: RELEASED.en,
        instruction: SUSPICIOUS.en,
        wording: 'official',
      },
    },
    details: {
      time: {
        'ja-JP': '落下時刻は{time}頃。',
        'ko-KR': '낙하 시각은 {time}경.',
        'en-US': 'Dropped at about {time}.',
      },
      place: { 'ja-JP': '落下海域：{place}。', 'ko-KR': '낙하 해역: {place}.', 'en-US': 'Waters: {place}.' },
    },
  },
  {
    ...{ id: 'will-not-come', camf: 131, ...COMMON, event: 'Missile will not come', msgType: 'Update' },
    ...{ responseType: 'AllClear', ...AFTER },
    texts: {
      'ja-JP': {
        headline: '先程のミサイルは、我が国には飛来しないものとみられます。',
        description: RELEASED.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '앞서 발사된 미사일은 일본에 날아오지 않을 것으로 보입니다.',
        description: RELEASED.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'It is believed that the previous missile will not come to Japan.',
        description: RELEASED.en,
        wording: 'official',
      },
    },
  },
  {
    ...{ id: 'will-not-fall', camf: 135, ...COMMON, event: 'Missile will not fall', msgType: 'Update' },
    ...{ responseType: 'AllClear', ...AFTER },
    texts: {
      'ja-JP': {
        headline: '先程のミサイルは、我が国には落下しないものとみられます。',
        description: RELEASED.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '앞서 발사된 미사일은 일본에 낙하하지 않을 것으로 보입니다.',
        description: RELEASED.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'It is believed that the previous missile will not drop in Japan.',
        description: RELEASED.en,
        wording: 'official',
      },
    },
  },
  {
    ...{ id: 'intercepted', camf: 133, ...COMMON, event: 'Missile intercepted', msgType: 'Update' },
    ...{ responseType: 'Shelter', urgency: 'Immediate', severity: 'Severe', certainty: 'Possible' },
    texts: {
      'ja-JP': {
        headline: '先程のミサイルは、迎撃により破壊されました。',
        description: 'ミサイルの破片の落下の可能性があります。',
        instruction: INFORMED.ja,
        wording: 'official',
      },
      'ko-KR': {
        headline: '앞서 발사된 미사일은 요격으로 파괴되었습니다.',
        description: '미사일 파편이 낙하할 가능성이 있습니다.',
        instruction: INFORMED.ko,
        wording: 'own',
      },
      'en-US': {
        headline: 'The previous missile has been intercepted and destroyed.',
        description: 'There is a possibility of pieces of the destroyed missile dropping.',
        instruction: INFORMED.en,
        wording: 'official',
      },
    },
  },
  {
    ...{
      id: 'j-alert-test',
      camf: 136,
      ...COMMON,
      event: 'Test',
      msgType: 'Alert',
      responseType: 'None',
      status: 'Test',
    },
    ...{ urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' },
    texts: {
      'ja-JP': { headline: 'これは、Jアラートのテストです。', wording: 'official' },
      'ko-KR': { headline: 'J-Alert 시험 메시지입니다.', wording: 'own' },
      'en-US': { headline: 'This is a test message for J-Alert.', wording: 'official' },
    },
  },
  {
    ...{ id: 'dcx-test', camf: 126, ...COMMON, event: 'Test', msgType: 'Alert', responseType: 'None', status: 'Test' },
    ...{ urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' },
    texts: {
      'ja-JP': { headline: 'これは、DCX のテストです。', wording: 'official' },
      'ko-KR': { headline: 'DCX 시험 메시지입니다.', wording: 'own' },
      'en-US': { headline: 'This is a DCX test message.', wording: 'own' },
    },
  },
];
