import { alertContent, type AlertInfo } from '../../src/core/alert/alert.js';
import { judgedAlert, type JudgedAlert } from '../../src/core/alert/judged-alert.js';
import { DomainError } from '../../src/core/domain-error.js';
import { phraseFindings } from '../../src/core/phrase/phrase-findings.js';
import { messageFrom } from '../../src/core/phrase/phrase-message.js';
import { optionalSlots, requiredSlots, type Phrase, type SlotName } from '../../src/core/phrase/phrase.js';
import { PHRASES, phraseOf } from '../../src/core/phrase/phrases.js';
import { renderPhrase } from '../../src/core/phrase/render-phrase.js';
import { statusOf } from '../../src/core/alert/alert.js';
import type { Mode } from '../../src/core/scenario/mode.js';
import type { Texts } from '../../src/core/scenario/scenario.schema.js';
import type { AlertRequest } from '../../src/core/wire/alert.js';
import { UI_LANGUAGES, type UiLanguage } from './messages/catalogue.js';

/** The verbs of the form. What cancels is no form: its words are ready. */
export type AlertVerb = 'issue' | 'update' | 'correction' | 'all-clear';

export type Words = Required<Omit<AlertInfo, 'language'>>;

/** What stands in the slot of a place when it is to name the areas of the alert. */
export const AREAS_AS_PLACE = 'areas';

/** What somebody has entered. */
export interface AlertEntry {
  verb: AlertVerb;
  /** Id of a phrase; empty for own words. */
  phrase: string;
  slots: Partial<Record<SlotName, string>>;
  /** ISO 3166-2 codes. */
  areas: readonly string[];
  event: string;
  severity: string;
  urgency: string;
  certainty: string;
  /** Own words, which stand in the place of the phrase's in that language. */
  own: Partial<Record<UiLanguage, Words>>;
}

export const BLANK: Words = { headline: '', description: '', instruction: '' };

const EMPTY = { slots: {}, areas: [], event: '', severity: '', urgency: '', certainty: '', own: {} };

/** A form as it opens: nothing is graded, so that nobody sends the gravest by leaving it. */
export const newEntry = (verb: AlertVerb): AlertEntry =>
  withPhrase(
    { ...EMPTY, verb, phrase: '' },
    { correction: 'correction', 'all-clear': 'release' }[verb as string] ?? '',
  );

/** The entry with another phrase: its event, grades and words take the place of what was there. */
export function withPhrase(entry: AlertEntry, id: string): AlertEntry {
  const { event = '', severity = '', urgency = '', certainty = '' } = phraseOf(id) ?? {};
  return { ...entry, ...{ phrase: id, slots: {}, own: {}, event, severity, urgency, certainty } };
}

/** The phrases that may be sent by this verb in a run of this mode. */
export const phrasesFor = (verb: AlertVerb, mode: Mode): Phrase[] =>
  PHRASES.filter(
    ({ status, msgType }) =>
      (status === undefined || status === statusOf(mode)) &&
      (verb === 'issue' || verb === 'update' ? msgType !== 'Cancel' : msgType === 'Update'),
  );

/** The slots that a phrase has, with whether it needs them. */
export const slotsOf = (phrase: Phrase): { name: SlotName; required: boolean }[] => [
  ...requiredSlots(phrase).map((name) => ({ name, required: true })),
  ...optionalSlots(phrase).map((name) => ({ name, required: false })),
];

/** The words of each language as they stand: the sender's own, or those of the phrase. */
export function wordsOf(entry: AlertEntry): Record<UiLanguage, Words> {
  const phrase = phraseOf(entry.phrase);
  const sound = phraseFindings(phraseUse(entry)).length === 0;
  const rendered = phrase ? renderPhrase(phrase, sound ? phraseUse(entry).slots : {}) : [];
  return Object.fromEntries(
    UI_LANGUAGES.map((language) => {
      const { headline = '', description = '', instruction = '' } = rendered.find((block) => block.language === language) ?? {}; // prettier-ignore
      return [language, entry.own[language] ?? { headline, description, instruction }];
    }),
  ) as Record<UiLanguage, Words>;
}

/** What is asked of the service. */
export function requestOf(entry: AlertEntry): AlertRequest {
  const { verb, event, severity, urgency, certainty, areas, own } = entry;
  const info = UI_LANGUAGES.flatMap((language) => {
    const words = own[language];
    return words ? [{ language, ...filledIn(words) } as AlertInfo] : [];
  });
  return {
    ...({ event, severity, urgency, certainty } as AlertRequest),
    ...(entry.phrase === '' ? {} : { phrase: phraseUse(entry) }),
    ...(entry.phrase === '' || info.length > 0 ? { info } : {}),
    ...(areas.length > 0 ? { areas: areas.map((iso) => ({ iso })) } : {}),
    ...(verb === 'correction' || verb === 'all-clear' ? { ending: verb } : {}),
  };
}

export interface AlertPreview extends JudgedAlert {
  /** As desks will be shown them, with the marker of the mode. */
  readonly texts: Texts;
}

/** What the service will find and desks will be shown, by the service's own rules. */
export function previewOf(entry: AlertEntry, mode: Mode): AlertPreview {
  try {
    const message = messageFrom(requestOf(entry));
    const judged = judgedAlert(message, mode, entry.verb === 'issue' ? 'Alert' : 'Update');
    return { ...judged, texts: alertContent(message, mode).texts };
  } catch (error) {
    if (error instanceof DomainError) {
      const faults = (error.data?.findings ?? []) as JudgedAlert['faults'];
      return { faults, warnings: [], texts: {} };
    }
    throw error;
  }
}

function phraseUse({ phrase, slots, areas }: AlertEntry): { id: string; slots: Record<string, string> } {
  const values = Object.entries(slots).map(([name, value]) => [
    name,
    value === AREAS_AS_PLACE ? areas.join(',') : value,
  ]);
  return {
    id: phrase,
    slots: Object.fromEntries(values.filter(([, value]) => value !== '')) as Record<string, string>,
  };
}

const filledIn = (words: Words): Partial<Words> =>
  Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== ''));
