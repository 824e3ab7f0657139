import { CAP_12, type CapAlert } from './cap.js';
import { ALERT_ELEMENTS, type CapElement } from './cap.elements.js';
import { capTimeMs } from './cap.time.js';

/**
 * The XML of a message: CAP 1.2, elements in the order of the schema, UTF-8. Times in UTC are written with -00:00, as the standard
 * wants them. What is read back from it is the same message; characters that XML cannot carry are replaced.
 */
export function writeCap(alert: CapAlert): string {
  const lines = writeGroup(alert as unknown as Record<string, unknown>, ALERT_ELEMENTS['1.2'], '  ');
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<alert xmlns="${CAP_12}">`, ...lines, '</alert>', ''].join('\n');
}

function writeGroup(values: Record<string, unknown>, elements: readonly CapElement[], indent: string): string[] {
  return elements.flatMap((element) => {
    const value = values[element.name];
    const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return all.flatMap((each) => writeElement(each, element, indent));
  });
}

function writeElement(value: unknown, { name, kind, elements }: CapElement, indent: string): string[] {
  if (kind === 'group') {
    const below = writeGroup(value as Record<string, unknown>, elements, `${indent}  `);
    return [`${indent}<${name}>`, ...below, `${indent}</${name}>`];
  }
  const text = kind === 'time' ? utcWithMinus(String(value)) : String(value);
  return [`${indent}<${name}>${escaped(text)}</${name}>`];
}

const utcWithMinus = (time: string): string =>
  time.endsWith('+00:00') && capTimeMs(time) !== undefined ? time.replace('+00:00', '-00:00') : time;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** What XML 1.0 cannot carry: see the rule TEXT_CHARACTERS. */
const NOT_XML = /[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Surrogate}|[\ufffe\uffff]/gu;

/** A carriage return would be read as a line feed unless it is written as a number. */
const escaped = (text: string): string =>
  text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '').replace(NOT_XML, '\ufffd');
