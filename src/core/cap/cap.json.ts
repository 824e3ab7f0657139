import { CAP_12 } from './cap.js';
import { ALERT_ELEMENTS, type CapElement } from './cap.elements.js';
import { findingOf, type CapFinding, type RuleText } from './cap.finding.js';
import { readCap, type CapReading } from './cap.read.js';
import { READING } from './rules/reading.js';
import type { XmlElementTree } from './xml-tree.js';

/**
 * Reads the JSON mirror: the names of CAP, an array for what may be repeated, and texts. Numbers are taken for texts, so that a size
 * may be a number. Every fault is a finding, as with XML. Undefined where the value is no object at all.
 */
export function readCapJson(json: unknown): CapReading | undefined {
  if (!isRecord(json)) {
    return undefined;
  }
  const findings: CapFinding[] = [];
  const root = treeOf('alert', json, ALERT_ELEMENTS['1.2'], '', (rule, path) => {
    findings.push(findingOf(rule, { path }));
  });
  const reading = readCap(root);
  return reading && { ...reading, findings: [...findings, ...reading.findings] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Report = (rule: RuleText, path: string) => void;

/** The fields of an object as elements, in the order of the schema: an object in JSON has no order that could be wrong. */
function treeOf(
  name: string,
  fields: Record<string, unknown>,
  elements: readonly CapElement[],
  path: string,
  report: Report,
): XmlElementTree {
  const within = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const children = elements.flatMap((element) => {
    const value = fields[element.name];
    if (value === undefined || value === null) {
      return [];
    }
    const place = within(element.name);
    if (element.repeatable && !Array.isArray(value)) {
      report(READING.JSON_ARRAY, place);
    }
    return many(value, element).flatMap((each, index) =>
      leafOrGroup(each, element, element.repeatable ? `${place}[${index}]` : place, report),
    );
  });
  const known = new Set(elements.map((element) => element.name));
  const unknown = Object.keys(fields).filter((field) => !known.has(field));
  return { ...EMPTY, name, children: [...children, ...unknown.map((field) => ({ ...EMPTY, name: field }))] };
}

const many = (value: unknown, { repeatable }: CapElement): unknown[] =>
  repeatable && Array.isArray(value) ? value : [value];

const EMPTY: XmlElementTree = {
  name: '',
  namespace: CAP_12,
  text: '',
  children: [],
  attributes: [],
  mixed: false,
};

function leafOrGroup(value: unknown, element: CapElement, path: string, report: Report): XmlElementTree[] {
  if (element.kind === 'group') {
    if (isRecord(value)) {
      return [treeOf(element.name, value, element.elements, path, report)];
    }
  } else if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) {
    return [{ ...EMPTY, name: element.name, text: String(value) }];
  }
  report(READING.JSON_FORM, path);
  return [];
}
