import type { CapRule } from '../cap.rule.js';
import { where } from './places.js';

/** Spaces, commas, `<` and `&` (CAP 3.2.1). */
const FORBIDDEN = /[\s,<&]/;

/** What tells one message from all others. */
export const IDENTITY: readonly CapRule[] = [
  {
    id: 'IDENTIFIER_EMPTY',
    severity: 'error',
    says: 'Give the message an identifier that its sender uses for no other',
    source: 'CAP 3.2.1 identifier',
    find: ({ alert: { identifier } }) => where(identifier === '', 'identifier'),
  },
  {
    id: 'IDENTIFIER_CHARACTERS',
    severity: 'error',
    says: 'Write the identifier without spaces, commas, < and &',
    source: 'CAP 3.2.1 identifier',
    find: ({ alert: { identifier } }) => where(FORBIDDEN.test(identifier), 'identifier', identifier),
  },
  {
    id: 'SENDER_EMPTY',
    severity: 'error',
    says: 'Name the sender with an identifier that is unique in the world, as an internet domain name is',
    source: 'CAP 3.2.1 sender',
    find: ({ alert: { sender } }) => where(sender === '', 'sender'),
  },
  {
    id: 'SENDER_CHARACTERS',
    severity: 'error',
    says: 'Write the sender without spaces, commas, < and &',
    source: 'CAP 3.2.1 sender',
    find: ({ alert: { sender } }) => where(FORBIDDEN.test(sender), 'sender', sender),
  },
];
