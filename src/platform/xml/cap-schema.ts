import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CapFinding } from '../../core/cap/cap.finding.js';
import { REPEATABLE } from '../../core/cap/cap.elements.js';
import type { XmlElementTree } from '../../core/cap/xml-tree.js';
import { PROJECT_ROOT } from '../config/project-root.js';

/** Beyond these a document has one mistake many times. */
const MOST_FINDINGS = 200;

let validator: XsdValidator | undefined;

/** The official schema of CAP 1.2, compiled at the first use and kept. */
function capSchema(): XsdValidator {
  if (!validator) {
    const schema = XmlDocument.fromBuffer(readFileSync(join(PROJECT_ROOT, 'config', 'cap', 'CAP-v1.2.xsd')));
    validator = XsdValidator.fromDoc(schema);
    schema.dispose();
  }
  return validator;
}

/** What the official schema of CAP 1.2 finds in a document, with rule `XSD`; nothing where the document fits it. */
export function schemaFindings(document: XmlDocument, tree: XmlElementTree): CapFinding[] {
  try {
    capSchema().validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) {
      throw error;
    }
    return error.details.slice(0, MOST_FINDINGS).map(({ message, line, xpath }) => ({
      rule: 'XSD',
      severity: 'error',
      path: pathOf(xpath ?? '', tree),
      message: `${plain(message)} (schema of CAP 1.2).`,
      line,
    }));
  }
}

/** The schema's words without the namespace, which makes them hard to read. */
const plain = (message: string): string =>
  message
    .trim()
    .replace(/\.$/, '')
    .replaceAll('{urn:oasis:names:tc:emergency:cap:1.2}', '')
    .replace(/\{undeclared:([^}]*)\}/g, '$1:');

/**
 * The path of the JSON mirror for the XPath of a schema finding, as in "/alert/info[2]/event": a step counts the elements of its name,
 * and one that is a star counts all.
 */
function pathOf(xpath: string, root: XmlElementTree): string {
  let node: XmlElementTree | undefined = root;
  const names: string[] = [];
  for (const step of xpath.split('/').slice(2)) {
    const [, name, position] = /^(?:[^:[\]]+:)?([^:[\]]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const siblings: readonly XmlElementTree[] = node?.children ?? [];
    const candidates = name === '*' ? siblings : siblings.filter((child) => child.name === name);
    const child = candidates[Number(position ?? 1) - 1];
    if (!child) {
      break;
    }
    const index = siblings.filter(({ name: each }) => each === child.name).indexOf(child);
    names.push(REPEATABLE.has(child.name) ? `${child.name}[${index}]` : child.name);
    node = child;
  }
  return names.join('.');
}
