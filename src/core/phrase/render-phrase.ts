import type { AlertInfo, PhraseUse } from '../alert/alert.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import { filled, SLOTS, type Language, type Phrase, type SlotName } from './phrase.js';
import { slotText } from './slot.js';

/**
 * The words of a phrase in every language shipped, with its slots filled in (`phraseFindings` has found nothing wrong
 * with them). The marker of a drill is not part of it: whoever sends it adds that.
 */
export const renderPhrase = (phrase: Phrase, slots: PhraseUse['slots'] = {}): AlertInfo[] =>
  SHIPPED_LANGUAGES.map((language) => infoIn(phrase, slots, language));

function infoIn(phrase: Phrase, slots: NonNullable<PhraseUse['slots']>, language: Language): AlertInfo {
  const values: Partial<Record<SlotName, string>> = {};
  for (const slot of SLOTS) {
    const value = slots[slot];
    if (value !== undefined) {
      values[slot] = slotText(slot, value, language, phrase);
    }
  }
  const { headline, description, instruction } = phrase.texts[language];
  const details = SLOTS.filter((slot) => values[slot] !== undefined).map((slot) => phrase.details?.[slot]?.[language]);
  const said = [description, ...details]
    .filter((text) => text !== undefined)
    .map((text) => filled(text, values))
    .join(language === 'ja-JP' ? '' : ' ');
  return {
    language,
    headline: filled(headline, values),
    ...(said ? { description: said } : {}),
    ...(instruction === undefined ? {} : { instruction: filled(instruction, values) }),
  };
}
