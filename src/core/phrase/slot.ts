import { subdivisionList } from '../area/subdivision.js';
import { SUBDIVISIONS } from '../area/subdivisions.js';
import { audienceOf, placeName } from '../place/place-names.js';
import { PLACES } from '../place/places.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import type { Names } from '../scenario/scenario.schema.js';
import { isInstant } from '../time/time.js';
import { clockTime } from '../time/zone-time.js';
import type { Language, Phrase, SlotName } from './phrase.js';

/**
 * What a sender fills a slot with. `time`: `07:29` on the clock of the phrase's zone, or an instant with its offset.
 * `place`: ISO 3166-2 codes with commas, a key of PLACES, or the names by language. `direction`: a point of the compass.
 */
export type SlotValue = string | Names;

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The points of the compass that a direction may be. */
export const DIRECTIONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  N: { 'ja-JP': '北', 'ko-KR': '북쪽', 'en-US': 'north' },
  NE: { 'ja-JP': '北東', 'ko-KR': '북동쪽', 'en-US': 'northeast' },
  E: { 'ja-JP': '東', 'ko-KR': '동쪽', 'en-US': 'east' },
  SE: { 'ja-JP': '南東', 'ko-KR': '남동쪽', 'en-US': 'southeast' },
  S: { 'ja-JP': '南', 'ko-KR': '남쪽', 'en-US': 'south' },
  SW: { 'ja-JP': '南西', 'ko-KR': '남서쪽', 'en-US': 'southwest' },
  W: { 'ja-JP': '西', 'ko-KR': '서쪽', 'en-US': 'west' },
  NW: { 'ja-JP': '北西', 'ko-KR': '북서쪽', 'en-US': 'northwest' },
};

/** What is wrong with the value of a slot, as a sentence that says what to write; undefined of a sound one. */
export function slotFault(slot: SlotName, value: SlotValue): string | undefined {
  switch (slot) {
    case 'time':
      return typeof value === 'string' && (CLOCK.test(value) || isInstant(value))
        ? undefined
        : 'Write the time as 07:29, or as an instant with its offset';
    case 'direction':
      return typeof value === 'string' && Object.hasOwn(DIRECTIONS, value)
        ? undefined
        : `Write the direction as one of ${Object.keys(DIRECTIONS).join(', ')}`;
    case 'place':
      return isPlace(value)
        ? undefined
        : `Write the place as ISO 3166-2 codes (JP-01,JP-02), as one of ${Object.keys(PLACES).join(', ')}, or as its names in ${SHIPPED_LANGUAGES.join(', ')}`;
  }
}

const isPlace = (value: SlotValue): boolean =>
  typeof value === 'string'
    ? Object.hasOwn(PLACES, value) || codesOf(value).every((code) => Object.hasOwn(SUBDIVISIONS, code))
    : SHIPPED_LANGUAGES.every((language) => Boolean(value[language]?.trim()));

const codesOf = (value: string): string[] => value.split(',').map((code) => code.trim());

/** The words for a sound value of a slot, in a language. */
export function slotText(slot: SlotName, value: SlotValue, language: Language, phrase: Phrase): string {
  if (typeof value !== 'string') {
    return value[language] ?? '';
  }
  switch (slot) {
    case 'time':
      return timeText(value, language, phrase.timeZone);
    case 'direction':
      return DIRECTIONS[value]?.[language] ?? value;
    case 'place':
      return placeName(value, audienceOf(language), language) ?? subdivisionList(codesOf(value), language);
  }
}

/** `午前7時29分`, `오전 7시 29분`, `07:29 JST`: half days in Japanese and Korean, the clock with its zone in English. */
function timeText(value: string, language: Language, timeZone: Phrase['timeZone']): string {
  const clock = isInstant(value) ? clockTime(Date.parse(value), timeZone).slice(0, 5) : value;
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  switch (language) {
    case 'ja-JP':
      return `${hour < 12 ? '午前' : '午後'}${hour % 12}時${minute}分`;
    case 'ko-KR':
      return `${hour < 12 ? '오전' : '오후'} ${hour > 12 ? hour - 12 : hour}시 ${minute}분`;
    case 'en-US':
      return `${clock} ${timeZone === 'Asia/Tokyo' ? 'JST' : 'KST'}`;
  }
}
