import { DEFAULT_LANGUAGE, type CapAlert } from '../cap/cap.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import type { Names } from '../scenario/scenario.schema.js';

/** Longer names would push out of sight who entered the message. */
const MOST_NAME_CHARACTERS = 120;

/** Control characters, and those of Unicode that are invisible or turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

function entered(name: string, desk: string, language: string): string {
  switch (language.split('-')[0]) {
    case 'ja':
      return `${name}（入力：${desk}）`;
    case 'ko':
      return `${name} (입력: ${desk})`;
    default:
      return `${name}, entered by ${desk}`;
  }
}

/**
 * Who speaks in a message that a desk entered, in the shipped languages and those of the message: the name that the message gives
 * itself, else its sender, and always the desk, since the message may name anybody.
 */
export function enteredIssuer({ sender, info }: Pick<CapAlert, 'sender' | 'info'>, desk: Names): Names {
  const names = new Map(
    info.map(({ language, senderName }) => [language ?? DEFAULT_LANGUAGE, shown(senderName ?? '') || shown(sender)]),
  );
  const otherwise = names.get(DEFAULT_LANGUAGE) ?? [...names.values()][0] ?? shown(sender);
  const languages = new Set<string>([...SHIPPED_LANGUAGES, ...names.keys()]);
  return Object.fromEntries(
    [...languages].map((language) => {
      const by = desk[language] ?? desk[DEFAULT_LANGUAGE] ?? '';
      return [language, entered(names.get(language) ?? otherwise, by, language)];
    }),
  );
}

function shown(name: string): string {
  const plain = name.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  const characters = Array.from(plain);
  return characters.length > MOST_NAME_CHARACTERS
    ? `${characters.slice(0, MOST_NAME_CHARACTERS - 1).join('')}…`
    : plain;
}
