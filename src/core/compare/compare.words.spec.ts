import { spanText } from './compare.words.js';

describe('a span of time', () => {
  it.each([
    ['en', 12, '12 s'],
    ['en', 300, '5 min'],
    ['en', -7500, '-2 h 05'],
    ['ja', 12, '12秒'],
    ['ja-JP', 300, '5分'],
    ['ja', 7500, '2時間05分'],
    ['ko', 12, '12초'],
    ['ko-KR', 300, '5분'],
    ['ko', 7500, '2시간 05분'],
    ['fr', 300, '5 min'],
  ])('is said in %s: %i seconds as %s', (language, seconds, said) => {
    expect(spanText(seconds, language)).toBe(said);
  });
});
