import { markedTexts, markingOf, type Marking } from './marker.js';

const TEXTS = {
  'ja-JP': { headline: '延坪島に着弾', description: '14:34。' },
  'ko-KR': { headline: '연평도 포격', description: '14:34.' },
  'en-US': { headline: 'Shells fall', description: 'At 14:34 KST.' },
  fr: { headline: 'Tir' },
};

const MARKERS: [Exclude<Marking, 'actual'>, Record<string, string>][] = [
  ['test', { 'ja-JP': '【試験】', 'ko-KR': '[시험]', 'en-US': 'TEST', fr: 'TEST' }],
  ['exercise', { 'ja-JP': '【訓練】', 'ko-KR': '[훈련]', 'en-US': 'EXERCISE', fr: 'EXERCISE' }],
  ['replay', { 'ja-JP': '【再現】', 'ko-KR': '[재현]', 'en-US': 'REPLAY', fr: 'REPLAY' }],
];

describe('markedTexts', () => {
  it.each(MARKERS)('puts the marker of %s first and last in every text, once', (marking, markers) => {
    const marked = markedTexts(marking, TEXTS);
    for (const [language, { headline, description }] of Object.entries(marked)) {
      const marker = markers[language] ?? 'none';
      for (const text of [headline, description].filter((each) => each !== undefined)) {
        expect(text.startsWith(marker) && text.endsWith(marker)).toBe(true);
        expect(text.split(marker)).toHaveLength(3);
      }
    }
    expect(markedTexts(marking, marked)).toEqual(marked);
  });

  it('marks nothing that is actual', () => {
    expect(markedTexts('actual', TEXTS)).toBe(TEXTS);
  });

  it.each([
    ['TESTED missile, the LATEST', 'TEST TESTED missile, the LATEST TEST'],
    ['TEST: missile', 'TEST: missile TEST'],
    ['TEST', 'TEST TEST'],
    ['TEST missile TEST', 'TEST missile TEST'],
  ])('takes only a word of its own for a marker: %s', (headline, marked) => {
    expect(markedTexts('test', { 'en-US': { headline } })['en-US']?.headline).toBe(marked);
  });
});

describe('markingOf', () => {
  it('keeps what follows from a replay a replay, and takes the mode of the run otherwise', () => {
    expect(markingOf('exercise', markedTexts('replay', TEXTS))).toBe('replay');
    expect(markingOf('exercise', markedTexts('exercise', TEXTS))).toBe('exercise');
    expect(markingOf('actual', TEXTS)).toBe('actual');
    expect(markingOf('test', { 'en-US': { headline: 'REPLAYED tape' } })).toBe('test');
  });
});
