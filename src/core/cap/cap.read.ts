import { CAP_10, CAP_11, CAP_12, type CapAlert, type CapPair, type CapVersion } from './cap.js';
import { ALERT_ELEMENTS, type CapElement } from './cap.elements.js';
import { findingOf, type CapFinding, type RuleText } from './cap.finding.js';
import { readValue } from './cap.value.js';
import { READING } from './rules/reading.js';
import type { XmlElementTree } from './xml-tree.js';

const SIGNATURES = 'http://www.w3.org/2000/09/xmldsig#';

export interface CapReading {
  readonly alert: CapAlert;
  readonly version: CapVersion;
  /** What was read in another way than it should be written. */
  readonly findings: readonly CapFinding[];
  /** Where each element stands, by its path; empty for JSON. */
  readonly lines: ReadonlyMap<string, number>;
  /** Whether there is an XML signature in it; the signature itself is in the document alone. */
  readonly signed: boolean;
}

/**
 * Reads the alert of a document, whatever its faults: elements in another order, in no or an odd namespace, values written in another
 * way where their meaning is certain. Each is a finding. Undefined where the document is no alert at all.
 */
export function readCap(root: XmlElementTree): CapReading | undefined {
  if (root.name !== 'alert') {
    return undefined;
  }
  const { namespace, line } = root;
  const isFirst = CAP_10.includes(namespace);
  const version: CapVersion = isFirst || namespace === CAP_11 ? '1.1' : '1.2';
  const reader = new CapReader(namespace);
  if (version === '1.1') {
    reader.report(isFirst ? READING.VERSION_10 : READING.VERSION_11, '', line);
  } else if (namespace !== CAP_12) {
    reader.reportNamespace(namespace, '', line);
  }
  const alert = reader.group(root, ALERT_ELEMENTS[version], '') as unknown as CapAlert;
  return { alert, version, findings: reader.findings, lines: reader.lines, signed: reader.signed };
}

class CapReader {
  readonly findings: CapFinding[] = [];
  readonly lines = new Map<string, number>();
  signed = false;

  constructor(private readonly namespace: string) {}

  report(rule: RuleText, path: string, line?: number, value?: string): void {
    this.findings.push(findingOf(rule, { path, value }, line));
  }

  /** A prefix that nobody declared stands in a namespace of its own (`undeclared:cap`). */
  reportNamespace(namespace: string, path: string, line?: number): void {
    const [, prefix] = /^undeclared:(.*)$/.exec(namespace) ?? [];
    const rule = prefix === undefined ? READING.NAMESPACE : READING.PREFIX_UNDECLARED;
    this.report(rule, path, line, (prefix ?? namespace) || undefined);
  }

  /** The elements below one, by name. */
  group(node: XmlElementTree, elements: readonly CapElement[], path: string): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    const within = (name: string): string => (path === '' ? name : `${path}.${name}`);
    this.place(path, node);
    this.form(node, path);
    const pair = pairOf(node, elements);
    if (pair) {
      this.report(READING.PAIR_FORM, path, node.line, node.text);
      return pair;
    }
    if (node.mixed || (node.children.length === 0 && node.text.trim() !== '')) {
      this.report(READING.TEXT_STRAY, path, node.line);
    }
    let reached = 0;
    for (const child of node.children) {
      const index = this.isCap(child) ? elements.findIndex(({ name }) => name === child.name) : -1;
      const element = elements[index];
      if (!element) {
        this.foreign(child, path, within(child.name));
        continue;
      }
      const before = read[element.name];
      const place = element.repeatable
        ? `${within(element.name)}[${Array.isArray(before) ? before.length : 0}]`
        : within(element.name);
      if (index < reached) {
        this.report(READING.ELEMENT_ORDER, place, child.line);
      }
      reached = Math.max(reached, index);
      if (!element.repeatable && before !== undefined) {
        this.report(READING.ELEMENT_REPEATED, place, child.line);
        continue;
      }
      const value =
        element.kind === 'group' ? this.group(child, element.elements, place) : this.value(child, element, place);
      if (!element.repeatable) {
        read[element.name] = value;
      } else if (Array.isArray(before)) {
        before.push(value);
      } else {
        read[element.name] = [value];
      }
    }
    return this.complete(node, elements, read, within);
  }

  /** In the order of the schema, with what must be there; optional elements that say nothing where they must are left out. */
  private complete(
    node: XmlElementTree,
    elements: readonly CapElement[],
    read: Record<string, unknown>,
    within: (name: string) => string,
  ): Record<string, unknown> {
    const whole: Record<string, unknown> = {};
    for (const { name, required, repeatable } of elements) {
      if (required && read[name] === undefined) {
        this.report(READING.ELEMENT_MISSING, within(name), node.line);
      }
      const value = read[name] === NOTHING ? undefined : read[name];
      const standIn = repeatable ? [] : required ? '' : undefined;
      const found = Array.isArray(value) ? value.filter((each) => each !== NOTHING) : value;
      if (found !== undefined || standIn !== undefined) {
        whole[name] = found ?? standIn;
      }
    }
    return whole;
  }

  private value(node: XmlElementTree, element: CapElement, path: string): unknown {
    this.place(path, node);
    this.form(node, path);
    for (const child of node.children) {
      this.report(READING.ELEMENT_UNKNOWN, `${path}.${child.name}`, child.line);
    }
    const { value, broken } = readValue(node.text, element);
    if (broken) {
      this.report(broken, path, node.line, node.text);
    }
    return value ?? NOTHING;
  }

  /** An alert may end with signatures; anything else that is not CAP's is left aside. */
  private foreign(node: XmlElementTree, parent: string, path: string): void {
    const isSignature = node.namespace === SIGNATURES || /^undeclared:(ds|dsig)$/.test(node.namespace);
    if (parent === '' && isSignature) {
      this.signed ||= node.name === 'Signature';
    } else {
      this.report(READING.ELEMENT_UNKNOWN, path, node.line);
    }
  }

  /** An undeclared prefix gives a namespace of its own (`undeclared:cap`), which says nothing about whose the element is. */
  private isCap({ namespace }: XmlElementTree): boolean {
    return (
      namespace === this.namespace || namespace === '' || namespace === CAP_12 || namespace === CAP_11 ||
      namespace.startsWith('undeclared:')
    ); // prettier-ignore
  }

  private place(path: string, { line }: XmlElementTree): void {
    if (line !== undefined) {
      this.lines.set(path, line);
    }
  }

  private form({ namespace, attributes, line }: XmlElementTree, path: string): void {
    if (namespace !== this.namespace) {
      this.reportNamespace(namespace, path, line);
    }
    for (const attribute of attributes) {
      this.report(READING.ATTRIBUTE_UNKNOWN, path, line, attribute);
    }
  }
}

/** CAP 1.0 wrote pairs as name=value in one text; undefined for all else. */
function pairOf(
  { children, text }: XmlElementTree,
  elements: readonly CapElement[],
): Record<keyof CapPair, string> | undefined {
  const [valueName = '', ...value] = children.length === 0 ? text.trim().split('=') : [];
  const isPair = elements.length === 2 && elements[0]?.name === 'valueName';
  return isPair && valueName !== '' && value.length > 0 ? { valueName, value: value.join('=') } : undefined;
}

/** An element that stands there and says nothing. */
const NOTHING = Symbol('nothing');
