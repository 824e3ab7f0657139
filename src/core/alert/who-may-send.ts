import type { Mode } from '../scenario/mode.js';
import type { Role } from '../wire/session.js';

/** What somebody wants to do with an alert. */
export type AlertAct = 'issue' | 'update' | 'cancel';

/** `at-once`: one person is enough. `draft`: it waits for a second person. */
export type WayToSend =
  { readonly kind: 'at-once' } | { readonly kind: 'draft' } | { readonly kind: 'refused'; readonly reason: string };

const WRITERS: readonly Role[] = ['drafter', 'approver'];
const DESKS: readonly Role[] = ['officer', 'drafter', 'approver'];

/**
 * How many people an alert needs. A drill needs one. An alert that is real needs a second before anybody is told; to take it
 * back needs one again, since a false alarm that waits for a signature goes on (Hawaii 2018: 38 minutes).
 */
export function wayToSend(role: Role, mode: Mode, act: AlertAct): WayToSend {
  if (mode !== 'actual') {
    return DESKS.includes(role) || role === 'controller'
      ? { kind: 'at-once' }
      : { kind: 'refused', reason: `Somebody with the role ${role} sends no alerts.` };
  }
  if (act === 'cancel') {
    return DESKS.includes(role)
      ? { kind: 'at-once' }
      : {
          kind: 'refused',
          reason: 'An actual alert is cancelled by its desk, or by a drafter or approver of its party.',
        };
  }
  return WRITERS.includes(role)
    ? { kind: 'draft' }
    : {
        kind: 'refused',
        reason: 'An actual alert is drafted by a drafter or an approver and approved by another person.',
      };
}
