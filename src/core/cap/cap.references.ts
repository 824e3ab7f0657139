import { capTimeMs } from './cap.time.js';

/** How one message names another: CAP's extended message identifier (3.2.1 references). */
export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  /** As the referenced message has it. */
  readonly sent: string;
}

export interface ReadReference {
  readonly text: string;
  /** Undefined where the text is no `sender,identifier,sent`. */
  readonly reference?: CapReference;
}

/** The references of a message: `sender,identifier,sent`, separated by white space. */
export const readReferences = (text: string | undefined): ReadReference[] =>
  (text ?? '')
    .split(/[ \t\r\n]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [sender = '', identifier = '', sent = '', ...more] = part.split(',');
      const whole = sender !== '' && identifier !== '' && capTimeMs(sent) !== undefined && more.length === 0;
      return { text: part, ...(whole ? { reference: { sender, identifier, sent } } : {}) };
    });

/** Those of the references that can be read. */
export const referencesOf = (text: string | undefined): CapReference[] =>
  readReferences(text).flatMap(({ reference }) => reference ?? []);

/** References as CAP writes them; undefined where there are none, since the element is then left out. */
export const writeReferences = (references: readonly CapReference[]): string | undefined =>
  references.map(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`).join(' ') || undefined;
