import type { CapAlert } from '../../core/cap/cap.js';
import { readCap } from '../../core/cap/cap.read.js';
import type { CapVerdict } from '../../core/wire/cap.js';
import { readCapFeed, type CapFeedEntry } from './cap-feed.js';
import { judgeCapJson, judgeCapXml, type CapJudgement } from './judge-cap.js';
import { verifyXml, type SignatureOutcome, type Trust } from './verify-xml.js';
import { withXmlDocument, xmlTree } from './xml-document.js';
import type { XmlLimits } from './xml-limits.js';
import { xmlText } from './xml-text.js';

/** A document from outside: the bytes of XML, or the value of the JSON mirror. */
export type CapBody = { readonly xml: Uint8Array } | { readonly json: unknown };

/** A document that was judged, and the alert in it as it was signed, if it was. */
export interface OpenedCap extends CapVerdict {
  /** Undefined where there was none to read. */
  readonly alert?: CapAlert;
  readonly signature: SignatureOutcome;
  /** Why a signature is invalid. */
  readonly reason?: string;
}

/** What a document of a feed says, unjudged. */
export interface SignedCap {
  readonly alert?: CapAlert;
  readonly signature: SignatureOutcome;
}

const judged = (body: CapBody): CapJudgement => ('xml' in body ? judgeCapXml(body.xml) : judgeCapJson(body.json));

/**
 * What is done with documents of others, each by its name: whatever they hold, `CapWorkers` does it beside the process's own work.
 * What goes in and comes out must be plain data. Each throws nothing for what a document says but XmlRefusal.
 */
export const CAP_TASKS = {
  /** Judges a document by every rule. */
  verdict(body: CapBody): CapVerdict {
    const { valid, findings } = judged(body);
    return { valid, findings };
  },

  /** Judges a document and verifies its signature: of a signed one nothing is read but what the signature covers. */
  open({ body, trust }: { body: CapBody; trust: Trust }): OpenedCap {
    const first = judged(body);
    if (!('xml' in body) || !first.reading?.signed) {
      return { ...verdictOf(first), signature: 'missing' };
    }
    const { outcome, reason, signedXml } = verifyXml(xmlText(body.xml).text, trust);
    const read = signedXml === undefined ? first : judgeCapXml(Buffer.from(signedXml));
    return { ...verdictOf(read), signature: outcome, reason };
  },

  /** Reads a document and verifies its signature, without a judgement. Throws XmlRefusal. */
  read({ xml, trust }: { xml: Uint8Array; trust: Trust }): SignedCap {
    const { outcome, signedXml } = verifyXml(xmlText(xml).text, trust);
    const read = signedXml === undefined ? xml : Buffer.from(signedXml);
    const alert = withXmlDocument(read, (document) => readCap(xmlTree(document)))?.alert;
    return { alert, signature: outcome };
  },

  /** The entries of a feed, as `readCapFeed`. Throws XmlRefusal. */
  feed({ xml, limits }: { xml: Uint8Array; limits: XmlLimits }): CapFeedEntry[] | undefined {
    return readCapFeed(xml, limits);
  },
};

export type CapTaskName = keyof typeof CAP_TASKS;
export type CapTaskInput<Name extends CapTaskName> = Parameters<(typeof CAP_TASKS)[Name]>[0];
export type CapTaskResult<Name extends CapTaskName> = ReturnType<(typeof CAP_TASKS)[Name]>;

const verdictOf = ({ valid, findings, reading }: CapJudgement): Omit<OpenedCap, 'signature'> => ({
  valid,
  findings,
  alert: reading?.alert,
});
