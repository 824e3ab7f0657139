/** An element of a document with what CAP needs of it. Comments and processing instructions are left out. */
export interface XmlElementTree {
  /** Without its prefix. */
  readonly name: string;
  /** Empty where there is none. */
  readonly namespace: string;
  /** All text below the element, that of CDATA sections included. */
  readonly text: string;
  readonly children: readonly XmlElementTree[];
  /** Names of attributes, those of XML Schema instances left out. */
  readonly attributes: readonly string[];
  /** Whether there is text beside child elements that is not white space. */
  readonly mixed: boolean;
  /** Counted from 1; undefined where the document had no lines, as in JSON. */
  readonly line?: number;
}
