import { phraseOf } from '../phrase/phrases.js';
import type { AlertInfo } from './alert.js';
import { endingWords } from './life-cycle.js';

/**
 * The words for taking an alert back, ready before anybody needs them. Both are sent as a Cancel: a cancellation takes back what was
 * sent and says no more; a false alarm says that nothing of it was ever so. Seoul 2023 told an error as an all-clear, and
 * Hawaii 2018 had no words at all.
 */
export interface PreparedWords {
  readonly cancellation: AlertInfo[];
  readonly falseAlarm: AlertInfo[];
}

/** Both, in each of these languages (English for a language that we have no words in). */
export const preparedWords = (languages: readonly string[]): PreparedWords => ({
  cancellation: languages.map((language) => ({ language, headline: endingWords('cancellation', language).sentence })),
  falseAlarm: languages.map((language) => ({ language, ...falseAlarmIn(language) })),
});

/** The phrase `false-alarm`, of which the console has the same words. */
function falseAlarmIn(tag: string): Omit<AlertInfo, 'language'> {
  const texts = Object.entries(phraseOf('false-alarm')?.texts ?? {});
  const [, text] = texts.find(([language]) => language.split('-')[0] === tag.split('-')[0]) ?? texts.at(-1) ?? [];
  const { headline = '', description } = text ?? {};
  return { headline, description };
}
