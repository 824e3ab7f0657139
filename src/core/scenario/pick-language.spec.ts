import { isSameLanguage, pickLanguage } from './pick-language.js';

const SHIPPED = ['ja-JP', 'ko-KR', 'en-US'];

it.each<[string, readonly string[], string, string | undefined]>([
  ['the wanted one', SHIPPED, 'ko-KR', 'ko-KR'],
  ['its relative', SHIPPED, 'ko', 'ko-KR'],
  ['the wanted one before its relative', ['en-US', 'en-GB'], 'en-GB', 'en-GB'],
  ['English', SHIPPED, 'fr-FR', 'en-US'],
  ['a relative of our English', ['ja-JP', 'en-GB'], 'fr-FR', 'en-GB'],
  ['whatever there is', ['ko-KR'], 'ja-JP', 'ko-KR'],
  ['nothing of nothing', [], 'ja-JP', undefined],
])('picks %s', (_, available, wanted, picked) => {
  expect(pickLanguage(available, wanted)).toBe(picked);
});

it.each([
  ['en-GB', 'en-US', true],
  ['ja', 'ja-JP', true],
  ['ja-JP', 'ko-KR', false],
])('%s and %s are of one language: %p', (one, other, same) => {
  expect(isSameLanguage(one, other)).toBe(same);
});
