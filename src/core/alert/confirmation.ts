import type { Mode } from '../scenario/mode.js';

export interface ToConfirm {
  readonly mode: Mode;
  readonly event: string;
  /** Audiences of parties that will be told; control is none. */
  readonly audienceCount: number;
  /** BCP 47, of the person who types. */
  readonly language: string;
}

type Words = Record<Mode, (event: string, count: number) => string>;

/** The modes differ in the first word that is typed, so that no habit of a drill sends what is real. */
const PHRASES: Readonly<Record<string, Words>> = {
  ja: {
    actual: (event, count) => `実発令 ${event} 宛先${count}`,
    exercise: (event, count) => `訓練発令 ${event} 宛先${count}`,
    test: (event, count) => `試験発令 ${event} 宛先${count}`,
  },
  ko: {
    actual: (event, count) => `실제 발령 ${event} 수신처 ${count}`,
    exercise: (event, count) => `훈련 발령 ${event} 수신처 ${count}`,
    test: (event, count) => `시험 발령 ${event} 수신처 ${count}`,
  },
  en: {
    actual: (event, count) => `SEND ACTUAL ${event} TO ${count}`,
    exercise: (event, count) => `EXERCISE ONLY ${event} TO ${count}`,
    test: (event, count) => `TEST ONLY ${event} TO ${count}`,
  },
};

/** What somebody types to send: it names the mode, the event and how many audiences are told (English where we have no words). */
export function confirmationPhrase({ mode, event, audienceCount, language }: ToConfirm): string {
  const words = PHRASES[language.split('-')[0] ?? 'en'] ?? PHRASES['en'];
  return words?.[mode](event.trim(), audienceCount) ?? '';
}

/** Whether what was typed is the phrase: exactly, but for the width of characters and space around it. */
export const isConfirmed = (typed: string, phrase: string): boolean => plain(typed) === plain(phrase);

const plain = (text: string): string => text.normalize('NFKC').trim();
