import { nameFor, otherTexts, pickLanguage, textFor } from './texts.js';

const texts = {
  'ko-KR': { headline: '포격' },
  'en-US': { headline: 'Barrage', description: 'Twice.' },
};

describe('the language of an item', () => {
  it.each([
    ['ko-KR', 'ko-KR', false],
    ['ko', 'ko-KR', false],
    ['en-GB', 'en-US', false],
    ['ja-JP', 'en-US', true],
    ['fr-FR', 'en-US', true],
  ])('for a desk that reads %s it is %s', (wanted, language, missing) => {
    expect(textFor(texts, wanted)).toMatchObject({ language, missing });
  });

  it('falls back to whatever there is when there is no English', () => {
    expect(pickLanguage(['ko-KR'], 'ja-JP')).toBe('ko-KR');
  });

  it('says that nothing is there when there is nothing', () => {
    expect(textFor({}, 'ja-JP')).toEqual({ language: 'ja-JP', headline: '', missing: true });
    expect(nameFor(undefined, 'ja-JP').name).toBe('');
  });

  it('keeps all other languages', () => {
    expect(otherTexts(texts, 'ko-KR')).toEqual([{ language: 'en-US', headline: 'Barrage', description: 'Twice.' }]);
  });
});
