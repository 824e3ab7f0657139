import { createHash } from 'node:crypto';
import { findingOf, isValid, type CapFinding } from '../../core/cap/cap.finding.js';
import { readCapJson } from '../../core/cap/cap.json.js';
import { readCap, type CapReading } from '../../core/cap/cap.read.js';
import { judgeCap } from '../../core/cap/cap.rules.js';
import { READING } from '../../core/cap/rules/reading.js';
import type { XmlElementTree } from '../../core/cap/xml-tree.js';
import { schemaFindings } from './cap-schema.js';
import { withXmlDocument, xmlTree } from './xml-document.js';
import { XmlRefusal } from './xml-refusal.js';

export interface CapJudgement {
  /** Whether no finding is an error. */
  readonly valid: boolean;
  readonly findings: readonly CapFinding[];
  /** The alert as it was read; undefined where there was none to read. */
  readonly reading?: CapReading;
}

/** Findings that are told at most: whoever wrote more wrote one mistake many times. Whether the document is valid goes by all. */
const MOST_FINDINGS = 1000;

const verdict = (findings: readonly CapFinding[], reading: CapReading): CapJudgement => ({
  valid: isValid(findings),
  findings: findings.slice(0, MOST_FINDINGS),
  reading,
});

/** What the outermost element is, and how many alerts are in it, as in a feed or in EDXL. */
const rootOf = (tree: XmlElementTree): string => {
  const inside = alertsIn(tree);
  return inside === 0 ? tree.name : `${tree.name}, with alerts inside: ${inside}`;
};

const alertsIn = ({ children }: XmlElementTree): number =>
  children.reduce((sum, child) => sum + (child.name === 'alert' ? 1 : alertsIn(child)), 0);

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** Judges the JSON mirror by every rule; a value that is no object is one finding (JSON_FORM). */
export function judgeCapJson(json: unknown): CapJudgement {
  const reading = readCapJson(json);
  if (!reading) {
    return { valid: false, findings: [findingOf(READING.JSON_FORM, { path: '' })] };
  }
  return verdict(judgeCap(reading, sha1), reading);
}

/**
 * Judges a document of CAP 1.2 or 1.1 by the official schema (of 1.2) and by every rule at once. It never throws for what the
 * document says: what is not read at all is one finding (CAP_NOT_XML, XML_DOCTYPE or XML_LIMIT).
 */
export function judgeCapXml(bytes: Uint8Array): CapJudgement {
  try {
    return withXmlDocument(bytes, (document) => {
      const tree = xmlTree(document);
      const reading = readCap(tree);
      if (!reading) {
        return { valid: false, findings: [findingOf(READING.CAP_ROOT, { path: '', value: rootOf(tree) }, tree.line)] };
      }
      const schema = reading.version === '1.2' ? schemaFindings(document, tree) : [];
      return verdict([...schema, ...judgeCap(reading, sha1)], reading);
    });
  } catch (error) {
    if (!(error instanceof XmlRefusal)) {
      throw error;
    }
    const { rule, message, line } = error;
    return {
      valid: false,
      findings: [{ rule, severity: 'error', path: '', message: `${message}.`, ...(line ? { line } : {}) }],
    };
  }
}
