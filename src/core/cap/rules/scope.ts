import type { CapRule } from '../cap.rule.js';
import { blank, where } from './places.js';

/** Whether each quote of a list has its other. */
const quotesMatch = (text: string): boolean => (text.match(/"/g) ?? []).length % 2 === 0;

/** Whom a message is for, and what kind of message it is. */
export const SCOPE: readonly CapRule[] = [
  {
    id: 'RESTRICTION_MISSING',
    severity: 'error',
    says: 'Say in restriction who may be told; the scope is Restricted',
    source: 'CAP 3.2.1 restriction',
    find: ({ alert: { scope, restriction } }) => where(scope === 'Restricted' && blank(restriction), 'restriction'),
  },
  {
    id: 'RESTRICTION_SCOPE',
    severity: 'error',
    says: 'Remove restriction or set the scope to Restricted; it is used with that scope only',
    source: 'CAP 3.2.1 restriction',
    find: ({ alert: { scope, restriction } }) =>
      where(scope !== 'Restricted' && !blank(restriction), 'restriction', restriction),
  },
  {
    id: 'ADDRESSES_MISSING',
    severity: 'error',
    says: 'List in addresses whom the message is for; the scope is Private',
    source: 'CAP 3.2.1 addresses',
    find: ({ alert: { scope, addresses } }) => where(scope === 'Private' && blank(addresses), 'addresses'),
  },
  {
    id: 'ADDRESSES_QUOTES',
    severity: 'error',
    says: 'Put quotes before and after each address that has spaces',
    source: 'CAP 3.2.1 addresses',
    find: ({ alert: { addresses = '' } }) => where(!quotesMatch(addresses), 'addresses', addresses),
  },
  {
    id: 'INCIDENTS_QUOTES',
    severity: 'error',
    says: 'Put quotes before and after each name of an incident that has spaces',
    source: 'CAP 3.2.1 incidents',
    find: ({ alert: { incidents = '' } }) => where(!quotesMatch(incidents), 'incidents', incidents),
  },
  {
    id: 'NOTE_EXERCISE',
    severity: 'warning',
    says: 'Name the exercise in note; the status is Exercise',
    source: 'CAP 3.2.1 status',
    find: ({ alert: { status, note } }) => where(status === 'Exercise' && blank(note), 'note'),
  },
  {
    id: 'NOTE_ERROR',
    severity: 'warning',
    says: 'Say in note why the message was rejected; this is an Error',
    source: 'CAP 3.2.1 msgType',
    find: ({ alert: { msgType, note } }) => where(msgType === 'Error' && blank(note), 'note'),
  },
  {
    id: 'INFO_MISSING',
    severity: 'warning',
    says: 'Add an info block that says what happens; an alert without one tells nobody anything',
    source: 'CAP 3.1, 3.2.1 msgType',
    find: ({ alert: { msgType, info } }) => where(['Alert', 'Update'].includes(msgType) && info.length === 0, 'info'),
  },
];
