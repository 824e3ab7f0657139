import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import { stateNames } from './state-names.js';

describe('stateNames', () => {
  it.each([
    ['CN', '中国', '중국', 'China'],
    ['JP', '日本', '일본', 'Japan'],
    ['KP', '北朝鮮', '북한', 'DPRK'],
    ['KR', '韓国', '대한민국', 'Republic of Korea'],
    ['RU', 'ロシア', '러시아', 'Russia'],
    ['TW', '台湾', '대만', 'Taiwan'],
    ['US', '米国', '미국', 'United States'],
  ])('names %s in every shipped language', (code, ja, ko, en) => {
    expect(stateNames(code)).toEqual({ 'ja-JP': ja, 'ko-KR': ko, 'en-US': en });
  });

  it('puts the names that are given first, language by language', () => {
    expect(stateNames('KP', { 'en-US': 'Exercise North' })).toEqual({
      'ja-JP': '北朝鮮',
      'ko-KR': '북한',
      'en-US': 'Exercise North',
    });
  });

  it('takes a given English name before the code', () => {
    expect(stateNames('XX', { 'en-US': 'Exland' })['ja-JP']).toBe('Exland');
  });

  it.each(['XX', 'toString'])('names no state for the code %s', (code) => {
    const names = stateNames(code);
    expect(Object.keys(names).sort()).toEqual([...SHIPPED_LANGUAGES].sort());
    for (const name of Object.values(names)) {
      expect(name).toMatch(new RegExp(`(コード|코드|code).*${code}`));
    }
  });
});
