import type { Phrase, SlotName } from '../phrase/phrase.js';

/** A standard phrase as lists show it. */
export interface PhraseView extends Phrase {
  slots: { name: SlotName; required: boolean }[];
}
