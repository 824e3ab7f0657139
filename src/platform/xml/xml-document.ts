import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlParseError, XmlText, type XmlTreeNode } from 'libxml2-wasm';
import type { XmlElementTree } from '../../core/cap/xml-tree.js';
import { assertNoDoctype, assertSize, elementAt, XML_LIMITS, type XmlLimits } from './xml-limits.js';
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
  const document = parse(text);
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** Parses; a prefix that is nowhere declared is taken for what it is everywhere else, and reading reports the namespace. */
function parse(text: string): XmlDocument {
  try {
    return XmlDocument.fromString(text, { option: OPTIONS });
  } catch (error) {
    if (!(error instanceof XmlParseError)) {
      throw error;
    }
    const prefixes = undeclaredPrefixes(error.details);
    if (prefixes.length > 0) {
      return parse(declared(text, prefixes));
    }
    const [first] = error.details;
    const what = first?.message.trim() ?? 'it cannot be parsed';
    throw new XmlRefusal('CAP_NOT_XML', `Send well-formed XML; the parser says: ${what}`, first?.line);
  }
}

const UNDECLARED = /^Namespace prefix ([\w.-]+) (?:for \S+ )?on \S+ is not defined/;

/** The prefixes that a document lacks a declaration of, where it lacks nothing else. */
function undeclaredPrefixes(details: XmlParseError['details']): string[] {
  const prefixes = details.map(({ message }) => UNDECLARED.exec(message)?.[1]);
  return prefixes.every((prefix) => prefix !== undefined) ? [...new Set(prefixes)] : [];
}

/** Says of each prefix on the outermost element that it stands for a namespace of its own, which is not that of CAP. */
function declared(text: string, prefixes: readonly string[]): string {
  const at = elementAt(text);
  const name = /^<[^\s/>]+/.exec(text.slice(at))?.[0] ?? '';
  const declarations = prefixes.map((prefix) => ` xmlns:${prefix}="undeclared:${prefix}"`).join('');
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
    for (let node: XmlTreeNode | null = element.firstChild; node; node = node.next) {
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
