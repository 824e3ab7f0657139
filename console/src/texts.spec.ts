import { deskNames, nameFor, otherTexts, splitMarks, textFor } from './texts.js';

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

  it('says that nothing is there when there is nothing', () => {
    expect(textFor({}, 'ja-JP')).toEqual({ language: 'ja-JP', headline: '', missing: true });
    expect(nameFor(undefined, 'ja-JP').name).toBe('');
  });

  it('keeps all other languages', () => {
    expect(otherTexts(texts, 'ko-KR')).toEqual([{ language: 'en-US', headline: 'Barrage', description: 'Twice.' }]);
  });
});

describe('the marks of what is not real', () => {
  it.each([
    ['【再現】砲撃が停止【再現】', '【再現】', '砲撃が停止', '【再現】'],
    ['[훈련] 포격 중지 [훈련]', '[훈련] ', '포격 중지', ' [훈련]'],
    ['REPLAY Firing stops REPLAY', 'REPLAY ', 'Firing stops', ' REPLAY'],
    ['EXERCISE: First line\nsecond line EXERCISE', 'EXERCISE: ', 'First line\nsecond line', ' EXERCISE'],
    ['Firing stops', '', 'Firing stops', ''],
    ['', '', '', ''],
  ])('of %p', (given, before, text, after) => {
    expect(splitMarks(given)).toEqual({ before, text, after });
  });
});

describe('names of desks', () => {
  it('are in the language of the reader, and the id where the run names none', () => {
    const desks = [{ id: 'jp-cas', names: { 'ja-JP': '内閣官房', 'en-US': 'Cabinet Secretariat' } }];
    const nameOf = deskNames({ audiences: [{ desks }] }, 'ja-JP');
    expect([nameOf('jp-cas'), nameOf('kr-jcs')]).toEqual(['内閣官房', 'kr-jcs']);
    expect(deskNames(undefined, 'ja-JP')('jp-cas')).toBe('jp-cas');
  });
});
