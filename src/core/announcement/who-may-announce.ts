import type { Mode } from '../scenario/mode.js';
import type { Role } from '../wire/session.js';

/**
 * Whether one person with this role announces, amends, cancels or reports in a run of this mode. What is actual is told to every party, so a
 * desk's officer does not tell it alone; a notice warns of what is planned, days ahead, so it takes no second person as an alert does.
 */
export const mayAnnounce = (role: Role, mode: Mode): boolean =>
  role === 'approver' || role === 'controller' || (role === 'officer' && mode !== 'actual');
