import type { Phrase } from './phrase.js';
import { COMMON_PHRASES } from './phrases.common.js';
import { J_ALERT_PHRASES } from './phrases.j-alert.js';
import { KOREAN_PHRASES } from './phrases.korea.js';

/** Every standard phrase, in the order in which lists show them. docs/phrases.md is written from it. */
export const PHRASES: readonly Phrase[] = [...J_ALERT_PHRASES, ...KOREAN_PHRASES, ...COMMON_PHRASES];

/** The phrase of that id. */
export const phraseOf = (id: string): Phrase | undefined => PHRASES.find((phrase) => phrase.id === id);
