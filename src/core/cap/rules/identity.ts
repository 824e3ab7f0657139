import type { Place } from '../cap.finding.js';
import type { CapRule } from '../cap.rule.js';

/** Spaces, commas, `<` and `&` (CAP 3.2.1). */
const FORBIDDEN = /[\s,<&]/;

const where = (broken: boolean, path: string, value?: string): Place[] => (broken ? [{ path, value }] : []);

/** What tells one message from all others. */
export const IDENTITY: readonly CapRule[] = [
  {
    id: 'IDENTIFIER_CHARACTERS',
    severity: 'error',
    says: 'Write the identifier without spaces, commas, < and &',
    source: 'CAP 3.2.1 identifier',
    find: ({ alert: { identifier } }) => where(FORBIDDEN.test(identifier), 'identifier', identifier),
  },
  {
    id: 'SENDER_CHARACTERS',
    severity: 'error',
    says: 'Write the sender without spaces, commas, < and &',
    source: 'CAP 3.2.1 sender',
    find: ({ alert: { sender } }) => where(FORBIDDEN.test(sender), 'sender', sender),
  },
];
