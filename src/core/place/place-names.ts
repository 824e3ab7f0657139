import { pickLanguage } from '../scenario/pick-language.js';
import type { Names } from '../scenario/scenario.schema.js';
import { PLACES } from './places.js';

/**
 * The name of a place (a key of PLACES) as an audience reads it in a language: a party that has an official name of its own
 * sees that; everyone else, a third party or `control`, sees every party's name, the first outside and the others in
 * brackets. Undefined for a place that is not in the list.
 */
export function placeName(place: string, audience: string, language: string): string | undefined {
  const found = Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
  if (!found) {
    return undefined;
  }
  const official = found.official ?? {};
  const own = official[audience.toUpperCase()];
  const shown = own ? [own] : found.names ? [found.names] : Object.values(official);
  return bracketed(
    shown.map((names) => nameIn(names, language)),
    language,
  );
}

/** The audience that reads a block in a language: the party whose language it is; `control` for a language of several. */
export function audienceOf(language: string): string {
  const party: Record<string, string> = { ja: 'jp', ko: 'kr' };
  return party[language.split('-')[0] ?? ''] ?? 'control';
}

const nameIn = (names: Names, language: string): string =>
  names[pickLanguage(Object.keys(names), language) ?? ''] ?? '';

function bracketed([first = '', ...others]: string[], language: string): string {
  if (others.length === 0) {
    return first;
  }
  const inside = others.join(language.startsWith('ja') ? '、' : ', ');
  return language.startsWith('ja')
    ? `${first}（${inside}）`
    : `${first}${language.startsWith('ko') ? '' : ' '}(${inside})`;
}
