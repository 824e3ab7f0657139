import { decoded } from './legacy-text.js';
import { XmlRefusal } from './xml-refusal.js';

export interface XmlText {
  /** The document without its byte order mark, its declaration without an encoding. Lines stay where they were. */
  readonly text: string;
  /** As the document names it, or as its byte order mark says. */
  readonly encoding: string;
}

const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  // UTF-16 without a mark shows in how the first character is written (XML 1.0, appendix F).
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0x00, 0x3c]],
];

const DECLARATION = /^<\?xml\s[^>]*?\?>/;
const ENCODING = /\sencoding\s*=\s*(["'])([A-Za-z][\w.:-]*)\1/;

/**
 * The characters of an XML document, whatever encoding its byte order mark or its declaration names. Throws XmlRefusal CAP_NOT_XML
 * where that encoding is not known or the bytes are not of it.
 */
export function xmlText(bytes: Uint8Array): XmlText {
  const declared = ENCODING.exec(DECLARATION.exec(asciiStart(bytes))?.[0] ?? '')?.[2];
  // A declaration that could be read byte by byte is not UTF-16, whatever it says.
  const named = declared && /^utf-?16/i.test(declared) ? 'utf-8' : (declared ?? 'utf-8');
  const encoding = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0] ?? named;
  const text = textOf(bytes, encoding);
  return { text: text.replace(DECLARATION, (declaration) => declaration.replace(ENCODING, '')), encoding };
}

const asciiStart = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 256)).toString('latin1');

function textOf(bytes: Uint8Array, encoding: string): string {
  try {
    return decoded(bytes, encoding);
  } catch (error) {
    throw new XmlRefusal(
      'CAP_NOT_XML',
      error instanceof RangeError
        ? `Send the document in UTF-8; the encoding "${encoding}" is not known here`
        : `Name the encoding of the document in its first line; the bytes are not ${encoding}`,
    );
  }
}
