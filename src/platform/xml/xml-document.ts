import {
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlElement,
  XmlParseError,
  XmlText,
  type XmlNode,
  type XmlTreeNode,
} from 'libxml2-wasm';
import type { XmlElementTree } from '../../core/cap/xml-tree.js';
import {
  assertElementCount,
  assertNoDoctype,
  assertSize,
  elementAt,
  XML_LIMITS,
  type XmlLimits,
} from './xml-limits.js';
import { XmlRefusal } from './xml-refusal.js';
import { xmlText } from './xml-text.js';

const XML_SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

const OPTIONS =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_BIG_LINES;

/**
 * Parses a document, hands it to `use` and frees it. Throws XmlRefusal: too large, a document type, not well-formed. The parser gives
 * up below 256 levels and never looks outside the document.
 */
export function withXmlDocument<Result>(
  bytes: Uint8Array,
  use: (document: XmlDocument) => Result,
  limits: XmlLimits = XML_LIMITS,
): Result {
  assertSize(bytes.length, limits);
  const { text } = xmlText(bytes);
  assertNoDoctype(text);
  assertElementCount(text, limits);
  const document = parse(withPrefixesDeclared(text, limits));
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

function parse(text: string): XmlDocument {
  try {
    return XmlDocument.fromString(text, { option: OPTIONS });
  } catch (error) {
    if (!(error instanceof XmlParseError)) {
      throw error;
    }
    const [first] = error.details;
    const what = first?.message.trim() ?? 'it cannot be parsed';
    throw new XmlRefusal('CAP_NOT_XML', `Send well-formed XML; the parser says: ${what}`, first?.line);
  }
}

const START_TAG = /^<[^\s/>"']+(?:[^>"']|"[^"]*"|'[^']*')*/;
/** In names of elements and of attributes; words of a text with a colon in them are no names. */
const USED_PREFIX =
  /(?:<\/?([\p{L}_][\p{L}\p{N}_.-]*):[\p{L}_])|(?:\s([\p{L}_][\p{L}\p{N}_.-]*):[\p{L}_][\p{L}\p{N}_.-]*\s*=)/gu;
const DECLARED_PREFIX = /\sxmlns:([^\s=]+)\s*=/gu;

/**
 * Declares on the outermost element each prefix that it does not declare itself, as standing for a namespace of its own, which is
 * not that of CAP: what is declared further in goes before it, and what is declared nowhere is taken for what it is everywhere
 * else, and reading reports the namespace. It is done before parsing, since the parser takes long over each such fault.
 */
function withPrefixesDeclared(text: string, limits: XmlLimits): string {
  const at = elementAt(text);
  const tag = START_TAG.exec(text.slice(at))?.[0] ?? '';
  const used = new Set(
    [...text.slice(at).matchAll(USED_PREFIX)].map(([, ofElement, ofAttribute = '']) => ofElement ?? ofAttribute),
  );
  const declared = new Set([...tag.matchAll(DECLARED_PREFIX)].map(([, prefix = '']) => prefix));
  const missing = [...used].filter((prefix) => prefix !== 'xml' && prefix !== 'xmlns' && !declared.has(prefix));
  if (missing.length > limits.prefixes) {
    throw new XmlRefusal('XML_LIMIT', `Declare the prefixes on the outermost element; ${missing.length} are not`);
  }
  const name = /^<[^\s/>]+/.exec(tag)?.[0] ?? '';
  const declarations = missing.map((prefix) => ` xmlns:${prefix}="undeclared:${prefix}"`).join('');
  return text.slice(0, at) + name + declarations + text.slice(at + name.length);
}

/** The elements of a document. Throws XmlRefusal XML_LIMIT where they are too many or too deep. */
export function xmlTree(document: XmlDocument, limits: XmlLimits = XML_LIMITS): XmlElementTree {
  let elements = 0;
  const visit = (element: XmlElement, depth: number): XmlElementTree => {
    if (depth > limits.depth) {
      throw new XmlRefusal('XML_LIMIT', `Nest elements at most ${limits.depth} deep`, element.line);
    }
    elements += 1;
    if (elements > limits.elements) {
      throw new XmlRefusal('XML_LIMIT', `Send at most ${limits.elements} elements`, element.line);
    }
    const children: XmlElementTree[] = [];
    let text = '';
    let own = '';
    for (const node of nodesIn(element)) {
      if (node instanceof XmlElement) {
        const child = visit(node, depth + 1);
        children.push(child);
        text += child.text;
      } else if (node instanceof XmlText || node instanceof XmlCData) {
        text += node.content;
        own += node.content;
      }
    }
    return {
      name: element.name,
      namespace: element.namespaceUri,
      text,
      children,
      attributes: element.attrs
        .filter(({ namespaceUri }) => namespaceUri !== XML_SCHEMA_INSTANCE)
        .map(({ name }) => name),
      mixed: children.length > 0 && own.trim() !== '',
      line: element.line,
    };
  };
  return visit(document.root, 1);
}

/**
 * What stands in an element, in order. A processing instruction does not know its next sibling in this library, so an element with
 * one is asked by XPath, which takes longer.
 */
function nodesIn(element: XmlElement): readonly XmlNode[] {
  const nodes: XmlNode[] = [];
  for (let node: XmlTreeNode | null = element.firstChild; node; node = node.next) {
    if (!('next' in node)) {
      return element.find('node()');
    }
    nodes.push(node);
  }
  return nodes;
}
