import { XmlRefusal } from './xml-refusal.js';

/** What a document may cost at most. */
export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** Prefixes of namespaces that are used without being declared on the outermost element. */
  readonly prefixes: number;
}

/** The largest alerts of weather services, with the border of a whole country as a polygon, stay below half of this. */
export const XML_LIMITS: XmlLimits = { bytes: 2_500_000, depth: 32, elements: 10_000, prefixes: 20 };

/** Comments, processing instructions and white space before the outermost element. */
const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)/;

/** Where the first thing begins that is neither white space, comment nor processing instruction. */
export function elementAt(text: string): number {
  let at = 0;
  for (let part = PROLOG.exec(text); part; part = PROLOG.exec(text.slice(at))) {
    at += part[0].length;
  }
  return at;
}

/**
 * Throws XmlRefusal before any parser sees the document: CAP_NOT_XML where no element begins it, XML_DOCTYPE where it has a document
 * type. Without one there can be no entities but XML's own five, so none is ever expanded, fetched or looked for.
 */
export function assertNoDoctype(text: string): void {
  const at = elementAt(text);
  const line = text.slice(0, at).split('\n').length;
  if (/^<!doctype/i.test(text.slice(at, at + 9))) {
    throw new XmlRefusal('XML_DOCTYPE', 'Remove the document type (DOCTYPE); CAP has none, and none is read', line);
  }
  if (!/^<[^!?/\s]/.test(text.slice(at, at + 2))) {
    throw new XmlRefusal('CAP_NOT_XML', 'Send an XML document; no element begins here', line);
  }
}

/**
 * Throws XmlRefusal XML_LIMIT for a text with more starts of elements than a document may have: the parser itself takes long over
 * what it finds fault with, so it is not asked.
 */
export function assertElementCount(text: string, limits: XmlLimits): void {
  if ((text.match(/<[^!?/\s]/g)?.length ?? 0) > limits.elements) {
    throw new XmlRefusal('XML_LIMIT', `Send at most ${limits.elements} elements`);
  }
}

export function assertSize(bytes: number, limits: XmlLimits): void {
  if (bytes > limits.bytes) {
    throw new XmlRefusal('XML_LIMIT', `Send a document of at most ${limits.bytes} bytes; this one has ${bytes}`);
  }
}
