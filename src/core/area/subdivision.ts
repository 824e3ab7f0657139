import { isSameLanguage, pickLanguage } from '../scenario/pick-language.js';
import { SUBDIVISIONS } from './subdivisions.js';

/** The name of a first-level area in a language, in English where there is none in it; the code itself where it is unknown. */
export function subdivisionName(code: string, language: string): string {
  const names = SUBDIVISIONS[code] ?? {};
  return names[pickLanguage(Object.keys(names), language) ?? ''] ?? code;
}

/** Several names as a sentence of that language lists them: `青森県、岩手県`, `Aomori and Iwate`. */
export function subdivisionList(codes: readonly string[], language: string): string {
  return listOf(
    codes.map((code) => subdivisionName(code, language)),
    language,
  );
}

/** Words one after the other as that language lists them. */
export function listOf(words: readonly string[], language: string): string {
  if (isSameLanguage(language, 'ja')) {
    return words.join('、');
  }
  if (isSameLanguage(language, 'ko')) {
    return words.join(', ');
  }
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
