import type { Names } from '../scenario/scenario.schema.js';

/**
 * What notices call the states around Northeast Asia that launch or announce, by ISO 3166 code. Most of them are no party
 * to this service, so its configuration has no name for them. A name here follows usage in each language; it says nothing
 * of anyone's status.
 */
const STATE_NAMES: Readonly<Record<string, Names>> = {
  CN: { 'ja-JP': '中国', 'ko-KR': '중국', 'en-US': 'China' },
  JP: { 'ja-JP': '日本', 'ko-KR': '일본', 'en-US': 'Japan' },
  KP: { 'ja-JP': '北朝鮮', 'ko-KR': '북한', 'en-US': 'DPRK' },
  KR: { 'ja-JP': '韓国', 'ko-KR': '대한민국', 'en-US': 'Republic of Korea' },
  RU: { 'ja-JP': 'ロシア', 'ko-KR': '러시아', 'en-US': 'Russia' },
  TW: { 'ja-JP': '台湾', 'ko-KR': '대만', 'en-US': 'Taiwan' },
  US: { 'ja-JP': '米国', 'ko-KR': '미국', 'en-US': 'United States' },
};

/**
 * Returns the names of a state by its code, in every shipped language. Those that are `given` come first, language by
 * language. A code that is not known here takes the given English name, or wording that shows it as a code and names no
 * state.
 */
export function stateNames(code: string, given: Names = {}): Names {
  const known = Object.hasOwn(STATE_NAMES, code) ? STATE_NAMES[code] : undefined;
  return { ...(known ?? unknown(code, given['en-US'])), ...given };
}

function unknown(code: string, english: string | undefined): Names {
  return {
    'ja-JP': english ?? `国コード${code}`,
    'ko-KR': english ?? `국가 코드 ${code}`,
    'en-US': english ?? `state code ${code}`,
  };
}
