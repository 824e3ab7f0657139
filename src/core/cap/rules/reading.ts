import type { RuleText } from '../cap.finding.js';

/** What reading itself finds: the form that the schema asks for. Each is read on as best it can be. */
export const READING = {
  CAP_ROOT: {
    id: 'CAP_ROOT',
    severity: 'error',
    says: 'Send one alert of CAP: the outermost element must be alert',
    source: 'CAP 3.4 (schema)',
  },
  NAMESPACE: {
    id: 'NAMESPACE',
    severity: 'error',
    says: 'Put every element into the namespace urn:oasis:names:tc:emergency:cap:1.2',
    source: 'CAP 3.4 (schema), 4.2',
  },
  PREFIX_UNDECLARED: {
    id: 'PREFIX_UNDECLARED',
    severity: 'error',
    says: 'Declare the prefix on alert, as in xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"; it was taken for that of CAP',
    source: 'Namespaces in XML 1.0, 5',
  },
  VERSION_10: {
    id: 'VERSION_10',
    severity: 'error',
    says: 'Move on to CAP 1.2; this is CAP 1.0, which is read only as far as it is the same',
    source: 'CAP 1.2 (history), 4.2',
  },
  VERSION_11: {
    id: 'VERSION_11',
    severity: 'advice',
    says: 'Move on to CAP 1.2; this is CAP 1.1, which is read but never written',
    source: 'CAP 1.2 (history)',
  },
  ELEMENT_MISSING: {
    id: 'ELEMENT_MISSING',
    severity: 'error',
    says: 'Add this element; it is required',
    source: 'CAP 3.2',
  },
  ELEMENT_REPEATED: {
    id: 'ELEMENT_REPEATED',
    severity: 'error',
    says: 'Give this element once only; the first was read',
    source: 'CAP 3.4 (schema)',
  },
  ELEMENT_ORDER: {
    id: 'ELEMENT_ORDER',
    severity: 'error',
    says: 'Put this element where the schema has it, before what comes ahead of it here',
    source: 'CAP 3.4 (schema)',
  },
  ELEMENT_UNKNOWN: {
    id: 'ELEMENT_UNKNOWN',
    severity: 'error',
    says: 'Remove this element or carry it as a parameter; CAP has none of this name here',
    source: 'CAP 3.4 (schema)',
  },
  ATTRIBUTE_UNKNOWN: {
    id: 'ATTRIBUTE_UNKNOWN',
    severity: 'error',
    says: 'Remove this attribute; CAP uses none',
    source: 'CAP 3.4 (schema)',
  },
  TEXT_STRAY: {
    id: 'TEXT_STRAY',
    severity: 'error',
    says: 'Put the text between these elements into an element; it was not read',
    source: 'CAP 3.4 (schema)',
  },
  PAIR_FORM: {
    id: 'PAIR_FORM',
    severity: 'error',
    says: 'Write the name and the value as two elements, valueName and value; name=value is of CAP 1.0',
    source: 'CAP 3.2.2 eventCode, parameter; 3.2.4 geocode',
  },
  VALUE_UNKNOWN: {
    id: 'VALUE_UNKNOWN',
    severity: 'error',
    says: 'Use one of the values that the standard lists for this element, letter for letter',
    source: 'CAP 3.2',
  },
  TIME_FORM: {
    id: 'TIME_FORM',
    severity: 'error',
    says: 'Write the time as 2026-11-24T12:00:00+09:00: whole seconds, an offset, no letter Z',
    source: 'CAP 3.3.2',
  },
  LANGUAGE_FORM: {
    id: 'LANGUAGE_FORM',
    severity: 'error',
    says: 'Write the language as a tag with hyphens, as in ko-KR',
    source: 'CAP 3.2.2 language, RFC 3066',
  },
  NUMBER_FORM: {
    id: 'NUMBER_FORM',
    severity: 'error',
    says: 'Write a plain number here, without unit or separators',
    source: 'CAP 3.4 (schema)',
  },
  SPACE_AROUND: {
    id: 'SPACE_AROUND',
    severity: 'warning',
    says: 'Leave out the spaces and line breaks around this value; it was read without them',
    source: 'CAP 3.2.1 identifier, sender',
  },
  JSON_FORM: {
    id: 'JSON_FORM',
    severity: 'error',
    says: 'Give this field the form of the JSON mirror: a text, an object, or an array of them',
    source: 'JSON mirror (docs/cap.md)',
  },
  JSON_ARRAY: {
    id: 'JSON_ARRAY',
    severity: 'warning',
    says: 'Write what may be repeated as an array, also when there is one of it',
    source: 'JSON mirror (docs/cap.md)',
  },
} as const satisfies Record<string, RuleText>;
