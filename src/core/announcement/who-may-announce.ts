import { DomainError } from '../domain-error.js';
import type { Mode } from '../scenario/mode.js';
import type { Role } from '../wire/session.js';

/**
 * Whether one person with this role announces, amends, cancels or reports in a run of this mode. What is actual is told to every party, so a
 * desk's officer does not tell it alone; a notice warns of what is planned, days ahead, so it takes no second person as an alert does.
 */
export const mayAnnounce = (role: Role, mode: Mode): boolean =>
  role === 'approver' || role === 'controller' || (role === 'officer' && mode !== 'actual');

/**
 * The party that somebody announces or declares for: a desk for its own, a controller for the one that `by` names.
 * Throws DomainError PARTY_REQUIRED or FORBIDDEN.
 */
export function partySpokenFor(role: Role, own: string | undefined, by: string | undefined): string {
  if (role === 'controller') {
    if (!by) {
      throw new DomainError('PARTY_REQUIRED', 'Say with "by" which party you speak for.');
    }
    return by;
  }
  if (!own || (by && by !== own)) {
    throw new DomainError('FORBIDDEN', 'A desk speaks for its own party only.');
  }
  return own;
}
