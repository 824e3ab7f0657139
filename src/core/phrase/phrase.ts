import type { AlertInfo, AlertMessage, STATUSES } from '../alert/alert.js';
import type { SHIPPED_LANGUAGES } from '../scenario/languages.js';

export type Language = (typeof SHIPPED_LANGUAGES)[number];

export const SLOTS = ['time', 'place', 'direction'] as const;
export type SlotName = (typeof SLOTS)[number];

/** CAP 1.2, section 3.2.2: what those who read it should do. */
export type ResponseType = 'Shelter' | 'Prepare' | 'Monitor' | 'AllClear' | 'None';

/** The words of a phrase in one language; `{time}`, `{place}` and `{direction}` stand for what the sender fills in. */
export interface PhraseText extends Omit<AlertInfo, 'language'> {
  /**
   * `official`: headline, description and instruction, one after the other, are the quoted wording; `own`: ours, a
   * translation of the official one where another language has one.
   */
  readonly wording: 'official' | 'own';
}

/** A standard phrase: its words, and how a message that uses it is classed in CAP 1.2. */
export interface Phrase extends Pick<AlertMessage, 'event' | 'category' | 'urgency' | 'severity' | 'certainty'> {
  /** Stable: kept with every alert that uses the phrase. */
  readonly id: string;
  /** The number in table A11 of the Common Alert Message Format (Japan's library), where it has one. */
  readonly camf?: number;
  /** Times are shown as the clock of this zone shows them. */
  readonly timeZone: 'Asia/Tokyo' | 'Asia/Seoul';
  readonly msgType: 'Alert' | 'Update' | 'Cancel';
  readonly responseType: ResponseType;
  /** The only status that the phrase may be sent with; any where it is left out. */
  readonly status?: (typeof STATUSES)[number];
  readonly texts: Readonly<Record<Language, PhraseText>>;
  /** A sentence of ours that is added to the description when its slot is filled; official wording stays whole. */
  readonly details?: Readonly<Partial<Record<SlotName, Readonly<Record<Language, string>>>>>;
  /** Of the wording marked as official, or of the rule that the phrase follows. */
  readonly source: string;
}

const PLACEHOLDER = /\{(time|place|direction)\}/g;

/** The slots that a phrase cannot be sent without: those in its texts. */
export function requiredSlots({ texts }: Phrase): SlotName[] {
  const written = Object.values(texts).flatMap(({ headline, description = '', instruction = '' }) =>
    [...`${headline} ${description} ${instruction}`.matchAll(PLACEHOLDER)].map(([, name]) => name),
  );
  return SLOTS.filter((name) => written.includes(name));
}

/** The slots that a phrase can also carry. */
export const optionalSlots = (phrase: Phrase): SlotName[] =>
  SLOTS.filter((name) => phrase.details?.[name] !== undefined && !requiredSlots(phrase).includes(name));

/** A text with its slots filled in. */
export const filled = (text: string, values: Readonly<Partial<Record<SlotName, string>>>): string =>
  text.replace(PLACEHOLDER, (placeholder, name: SlotName) => values[name] ?? placeholder);
