import { statusOf, type PhraseUse } from '../alert/alert.js';
import type { Mode } from '../scenario/mode.js';
import type { Finding } from '../wire/problem.js';
import { optionalSlots, requiredSlots, SLOTS, type Phrase, type SlotName } from './phrase.js';
import { phraseOf } from './phrases.js';
import { slotFault } from './slot.js';

/** Everything that keeps a phrase from being rendered: an id that there is not, slots that lack or are not right. */
export function phraseFindings({ id, slots = {} }: PhraseUse): Finding[] {
  const phrase = phraseOf(id);
  if (!phrase) {
    return [
      {
        rule: 'PHRASE_UNKNOWN',
        path: 'phrase.id',
        message: `There is no phrase "${id.slice(0, 40)}"; GET /api/v1/phrases lists them`,
      },
    ];
  }
  const allowed = [...requiredSlots(phrase), ...optionalSlots(phrase)];
  return [
    ...Object.keys(slots)
      .filter((slot) => !allowed.includes(slot as SlotName))
      .map((slot) => finding('PHRASE_SLOT_UNKNOWN', slot.slice(0, 40), `The phrase ${id} has ${listed(allowed)}`)),
    ...requiredSlots(phrase)
      .filter((slot) => slots[slot] === undefined)
      .map((slot) => finding('PHRASE_SLOT_MISSING', slot, `The phrase ${id} needs the slot ${slot}`)),
    ...SLOTS.flatMap((slot) => {
      const value = slots[slot];
      const fault = value === undefined ? undefined : slotFault(slot, value);
      return fault ? [finding('PHRASE_SLOT_FORM', slot, fault)] : [];
    }),
  ];
}

/** Why a phrase may not be sent in a run of this mode or by this act: a test phrase in a drill, a false alarm as an alert. */
export function phraseUseFindings(phrase: Phrase, mode: Mode, msgType: Phrase['msgType']): Finding[] {
  const findings: Finding[] = [];
  if (phrase.status !== undefined && phrase.status !== statusOf(mode)) {
    findings.push({
      rule: 'PHRASE_MODE',
      path: 'phrase.id',
      message: `The phrase ${phrase.id} is for ${phrase.status} messages, and this run sends ${statusOf(mode)} messages`,
    });
  }
  if ((phrase.msgType === 'Cancel') !== (msgType === 'Cancel')) {
    findings.push({
      rule: 'PHRASE_ACT',
      path: 'phrase.id',
      message:
        msgType === 'Cancel'
          ? `The phrase ${phrase.id} ends no alert; cancel with false-alarm, civil-defense-false or withdrawn`
          : `The phrase ${phrase.id} cancels: send it to the cancel of the alert that it is about`,
    });
  }
  return findings;
}

const finding = (rule: string, slot: string, message: string): Finding => ({
  rule,
  path: `phrase.slots.${slot}`,
  message,
});

const listed = (slots: readonly string[]): string => (slots.length > 0 ? `the slots ${slots.join(', ')}` : 'no slots');
