import type { CapElement } from './cap.elements.js';
import type { RuleText } from './cap.finding.js';
import { capTimeMs, capTimeOf } from './cap.time.js';
import { READING } from './rules/reading.js';

export interface ReadValue {
  /** Undefined where an element that must say something says nothing. */
  readonly value: string | undefined;
  readonly broken?: RuleText;
}

/** White space of XML; others, as the ideographic space, belong to the text. */
const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

const LANGUAGE = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** What a text says as the value of this element, and the rule that it breaks in saying so. */
export function readValue(text: string, element: CapElement): ReadValue {
  const value = trim(text);
  switch (element.kind) {
    case 'text':
    case 'group':
      return { value: text };
    case 'choice':
      return readChoice(text, element.choices);
    case 'time':
      return readTime(value);
    case 'language':
      // An empty language is the default (CAP 3.2.2), so it says nothing.
      return value === '' ? { value: undefined } : checked(value, LANGUAGE, READING.LANGUAGE_FORM);
    case 'integer':
      return checked(value, INTEGER, READING.NUMBER_FORM);
    case 'decimal':
      return checked(value, DECIMAL, READING.NUMBER_FORM);
    case 'uri':
      return { value };
    case 'token':
      return value === text ? { value } : { value, ...spaceAround(element) };
  }
}

/** Polygons and the like are lists, in which white space means nothing; within identifiers none is allowed. */
const spaceAround = ({ name }: CapElement): Partial<ReadValue> =>
  name === 'identifier' || name === 'sender' ? { broken: READING.SPACE_AROUND } : {};

const checked = (value: string, form: RegExp, broken: RuleText): ReadValue =>
  form.test(value) ? { value } : { value: value === '' ? undefined : value, broken };

function readTime(value: string): ReadValue {
  if (capTimeMs(value) !== undefined) {
    return { value };
  }
  return { value: capTimeOf(value) ?? (value === '' ? undefined : value), broken: READING.TIME_FORM };
}

/** CAP 1.0 had "Very Likely", which CAP 1.2 wants taken for Likely (3.2.2 certainty). */
const FORMER: Readonly<Record<string, string>> = { verylikely: 'Likely' };

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

function readChoice(text: string, choices: readonly string[]): ReadValue {
  if (choices.includes(text)) {
    return { value: text };
  }
  const meant = choices.find((choice) => plain(choice) === plain(text)) ?? FORMER[plain(text)];
  const value = trim(text);
  return { value: meant ?? (value === '' ? undefined : value), broken: READING.VALUE_UNKNOWN };
}
