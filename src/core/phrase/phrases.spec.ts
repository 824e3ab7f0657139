import { alertContent } from '../alert/alert.js';
import { languageFindings } from '../language/language-findings.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import { phraseFindings, phraseUseFindings } from './phrase-findings.js';
import { messageFrom } from './phrase-message.js';
import { optionalSlots, requiredSlots, type SlotName } from './phrase.js';
import { PHRASES, phraseOf } from './phrases.js';
import { renderPhrase } from './render-phrase.js';

/** Official wording, whole, as the source has it. */
const OFFICIAL: Readonly<Record<number, { ja: string; en?: string }>> = {
  126: { ja: 'これは、DCX のテストです。' },
  128: {
    ja: 'ミサイル発射。ミサイル発射。ミサイルが発射されたものとみられます。建物の中、又は地下に避難して下さい。',
    en: 'Missile launched, missile launched. It is believed that a missile was launched. Please take shelter inside buildings or underground.',
  },
  129: {
    ja: 'ミサイル通過。ミサイル通過。先程のミサイルは通過したものとみられます。避難の呼びかけを解除します。不審なものには決して近寄らず直ちに警察や消防などに連絡して下さい。',
    en: 'Missile passed, missile passed. It is believed that the previous missile has passed over the area. The call for evacuation will be canceled. If you find any suspicious object, please stay away from it and inform the police or the fire department immediately.',
  },
  130: {
    ja: '先程のミサイルは、海に落下したものとみられます。避難の呼びかけを解除します。不審なものには決して近寄らず直ちに警察や消防などに連絡して下さい。',
    en: 'It is believed that the previous missile has dropped in the sea. The call for evacuation will be canceled. If you find any suspicious object, please stay away from it and inform the police or the fire department immediately.',
  },
  131: {
    ja: '先程のミサイルは、我が国には飛来しないものとみられます。避難の呼びかけを解除します。',
    en: 'It is believed that the previous missile will not come to Japan. The call for evacuation will be canceled.',
  },
  132: {
    ja: '直ちに避難。直ちに避難。直ちに建物の中、又は地下に避難して下さい。ミサイルが、周辺に落下するものとみられます。直ちに避難して下さい。',
    en: 'Take shelter immediately, take shelter immediately. Please take shelter inside buildings or underground. It is believed that a missile will drop around this area. Please take shelter immediately.',
  },
  133: {
    ja: '先程のミサイルは、迎撃により破壊されました。ミサイルの破片の落下の可能性があります。続報を伝達しますので、引き続き屋内に避難して下さい。',
    en: 'The previous missile has been intercepted and destroyed. There is a possibility of pieces of the destroyed missile dropping. We will keep you informed. Please stay indoors for shelter.',
  },
  134: {
    ja: 'ミサイル落下。ミサイル落下。ミサイルが、周辺に落下したものとみられます。続報を伝達しますので、引き続き屋内に避難して下さい。',
    en: 'Missile dropped, missile dropped. It is believed that a missile has dropped around this area. We will keep you informed. Please stay indoors for shelter.',
  },
  135: {
    ja: '先程のミサイルは、我が国には落下しないものとみられます。避難の呼びかけを解除します。',
    en: 'It is believed that the previous missile will not drop in Japan. The call for evacuation will be canceled.',
  },
  136: { ja: 'これは、Jアラートのテストです。', en: 'This is a test message for J-Alert.' },
};

const VALUES: Record<SlotName, string> = { time: '07:29', place: 'JP-01,JP-02', direction: 'E' };
const allSlots = (id: string): Partial<Record<SlotName, string>> => {
  const phrase = phraseOf(id);
  const names = phrase ? [...requiredSlots(phrase), ...optionalSlots(phrase)] : [];
  return Object.fromEntries(names.map((name) => [name, VALUES[name]]));
};
const whole = ({ headline = '', description = '', instruction = '' }, gap: string): string =>
  [headline, description, instruction].filter(Boolean).join(gap);

describe('the phrases', () => {
  it('have ids of their own', () => {
    expect(new Set(PHRASES.map(({ id }) => id)).size).toBe(PHRASES.length);
    expect(PHRASES.flatMap(({ camf }) => camf ?? []).sort()).toEqual(Object.keys(OFFICIAL).map(Number));
  });

  it.each(Object.keys(OFFICIAL).map(Number))('quote number %s of the official table letter by letter', (camf) => {
    const texts = PHRASES.find((phrase) => phrase.camf === camf)?.texts;
    expect(texts && whole(texts['ja-JP'], '')).toBe(OFFICIAL[camf]?.ja);
    expect(texts?.['ja-JP'].wording).toBe('official');
    expect(texts?.['en-US'].wording).toBe(OFFICIAL[camf]?.en ? 'official' : 'own');
    if (OFFICIAL[camf]?.en) {
      expect(texts && whole(texts['en-US'], ' ')).toBe(OFFICIAL[camf]?.en);
    }
  });

  it.each(PHRASES.map(({ id }) => id))('%s says the same in every language, with its slots and without', (id) => {
    const phrase = phraseOf(id);
    const needed = Object.fromEntries((phrase ? requiredSlots(phrase) : []).map((name) => [name, VALUES[name]]));
    for (const slots of [needed, allSlots(id)]) {
      expect(phraseFindings({ id, slots })).toEqual([]);
      const info = phrase ? renderPhrase(phrase, slots) : [];
      expect(info.map(({ language }) => language)).toEqual(SHIPPED_LANGUAGES);
      expect(languageFindings(info)).toEqual([]);
      expect(JSON.stringify(info)).not.toMatch(/[{](time|place|direction)[}]|undefined/);
    }
  });

  it.each(PHRASES.map((phrase) => [phrase.id, phrase] as const))(
    '%s asks for the same slots in every language',
    (_, phrase) => {
      for (const slot of requiredSlots(phrase)) {
        for (const { headline, description = '', instruction = '' } of Object.values(phrase.texts)) {
          expect(`${headline}${description}${instruction}`).toContain(`{${slot}}`);
        }
      }
    },
  );
});

describe('renderPhrase', () => {
  const rendered = (id: string, slots: Record<string, string | Record<string, string>>) => {
    const phrase = phraseOf(id);
    return phrase ? renderPhrase(phrase, slots) : [];
  };

  it('adds what fills a slot to the official wording and changes none of it', () => {
    expect(rendered('launch', { time: '07:29', place: 'JP-01,JP-02', direction: 'E' })).toEqual([
      {
        language: 'ja-JP',
        headline: 'ミサイル発射。ミサイル発射。',
        description:
          'ミサイルが発射されたものとみられます。発射時刻は午前7時29分頃。対象地域：北海道、青森県。発射方向は東。',
        instruction: '建物の中、又は地下に避難して下さい。',
      },
      {
        language: 'ko-KR',
        headline: '미사일 발사. 미사일 발사.',
        description:
          '미사일이 발사된 것으로 보입니다. 발사 시각은 오전 7시 29분경. 대상 지역: 홋카이도, 아오모리현. 발사 방향은 동쪽.',
        instruction: '건물 안이나 지하로 대피해 주십시오.',
      },
      {
        language: 'en-US',
        headline: 'Missile launched, missile launched.',
        description:
          'It is believed that a missile was launched. Launched at about 07:29 JST. For: Hokkaido and Aomori. Launched toward the east.',
        instruction: 'Please take shelter inside buildings or underground.',
      },
    ]);
  });

  it.each([
    ['00:05', '午前0時5分', '오전 0시 5분', '00:05 JST'],
    ['12:00', '午後0時0分', '오후 12시 0분', '12:00 JST'],
    ['19:29', '午後7時29分', '오후 7시 29분', '19:29 JST'],
    ['2022-10-03T22:22:00Z', '午前7時22分', '오전 7시 22분', '07:22 JST'],
  ])('shows the time %s as the clock of each language does', (time, ja, ko, en) => {
    const texts = rendered('launch', { time }).map(({ description }) => description);
    expect(texts[0]).toContain(`発射時刻は${ja}頃。`);
    expect(texts[1]).toContain(`발사 시각은 ${ko}경.`);
    expect(texts[2]).toContain(`Launched at about ${en}.`);
    expect(languageFindings(rendered('launch', { time }))).toEqual([]);
  });

  it('names a place as the readers of each language do', () => {
    const texts = rendered('fell-at-sea', { place: 'east-sea-sea-of-japan' }).map(({ description }) => description);
    expect(texts[0]).toContain('落下海域：日本海。');
    expect(texts[1]).toContain('낙하 해역: 동해.');
    expect(texts[2]).toContain('Waters: Sea of Japan (East Sea).');
  });

  it('says what Seoul sent in 2023, and that it was an error, in the words used', () => {
    const place = { 'ja-JP': 'ソウル', 'ko-KR': '서울', 'en-US': 'Seoul' };
    expect(rendered('civil-defense-alert', { time: '06:32', place })[1]).toEqual({
      language: 'ko-KR',
      headline: '오늘 오전 6시 32분 서울지역에 경계경보 발령.',
      instruction:
        '국민 여러분께서는 대피할 준비를 하시고, 어린이와 노약자가 우선 대피할 수 있도록 해 주시기 바랍니다.',
    });
    expect(rendered('civil-defense-false', { place })[1]?.headline).toBe(
      '서울에서 발령한 경계경보는 오발령 사항임을 알려드림',
    );
  });

  it('leaves the marker of a drill to whoever sends it', () => {
    const { texts } = alertContent(messageFrom({ phrase: { id: 'launch' } }), 'exercise');
    expect(texts['ja-JP']?.headline).toBe('【訓練】ミサイル発射。ミサイル発射。【訓練】');
  });
});

describe('phraseFindings', () => {
  it.each([
    [{ id: 'lunch' }, 'PHRASE_UNKNOWN phrase.id'],
    [{ id: 'air-raid-warning', slots: { place: 'KR-11' } }, 'PHRASE_SLOT_MISSING phrase.slots.time'],
    [{ id: 'launch', slots: { tiem: '07:29' } }, 'PHRASE_SLOT_UNKNOWN phrase.slots.tiem'],
    [{ id: 'launch', slots: { time: '7.29' } }, 'PHRASE_SLOT_FORM phrase.slots.time'],
    [{ id: 'launch', slots: { time: '24:00' } }, 'PHRASE_SLOT_FORM phrase.slots.time'],
    [{ id: 'launch', slots: { direction: 'up' } }, 'PHRASE_SLOT_FORM phrase.slots.direction'],
    [{ id: 'launch', slots: { direction: 'toString' } }, 'PHRASE_SLOT_FORM phrase.slots.direction'],
    [{ id: 'launch', slots: { place: 'JP-99' } }, 'PHRASE_SLOT_FORM phrase.slots.place'],
    [{ id: 'launch', slots: { place: { 'en-US': 'Here' } } }, 'PHRASE_SLOT_FORM phrase.slots.place'],
  ])('%j gives %s', (use, wanted) => {
    expect(phraseFindings(use).map(({ rule, path }) => `${rule} ${path}`)).toEqual([wanted]);
  });

  it.each([
    ['test', 'exercise', 'Alert', ['PHRASE_MODE']],
    ['test', 'test', 'Alert', []],
    ['drill-start', 'test', 'Alert', ['PHRASE_MODE']],
    ['drill-start', 'exercise', 'Alert', []],
    ['false-alarm', 'exercise', 'Alert', ['PHRASE_ACT']],
    ['false-alarm', 'exercise', 'Cancel', []],
    ['release', 'exercise', 'Cancel', ['PHRASE_ACT']],
    ['release', 'actual', 'Update', []],
  ] as const)('%s in a run of mode %s as %s: %j', (id, mode, msgType, rules) => {
    const phrase = phraseOf(id);
    expect(phrase && phraseUseFindings(phrase, mode, msgType).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('messageFrom', () => {
  it('lets the author win, field by field and language by language', () => {
    const own = { language: 'en-US', headline: 'Missile launched toward the sea' };
    const message = messageFrom({ phrase: { id: 'launch' }, severity: 'Severe', info: [own] });
    expect(message).toMatchObject({ event: 'Missile launch', urgency: 'Immediate', severity: 'Severe' });
    expect(message.phrase).toEqual({ id: 'launch' });
    expect(message.info.map(({ language }) => language)).toEqual(['en-US', 'ja-JP', 'ko-KR']);
    expect(message.info[0]).toBe(own);
  });

  it('refuses a phrase that there is not, with the reason', () => {
    expect(() => messageFrom({ phrase: { id: 'lunch' } })).toThrow(
      expect.objectContaining({
        code: 'ALERT_INVALID',
        data: { findings: [expect.objectContaining({ rule: 'PHRASE_UNKNOWN' })] },
      }),
    );
  });
});
