import { ROLES, type Role } from '../../core/wire/session.js';

/** Who may use a route or a socket event: anyone without signing in, or the roles listed. What is not listed is refused. */
export type Access = 'anyone' | readonly Role[];

const EVERY_ROLE: readonly Role[] = ROLES;
/** Whoever sees a feed: an administrator sees none, of no party. */
const LOOKERS: readonly Role[] = ['observer', 'officer', 'drafter', 'approver', 'controller'];
const CONTROLLER: readonly Role[] = ['controller'];
/** Who sends an alert, all by themselves: in drills. */
const SENDERS: readonly Role[] = ['officer', 'drafter', 'approver', 'controller'];
const ANNOUNCERS: readonly Role[] = ['officer', 'controller'];
const DESK_OFFICER: readonly Role[] = ['officer'];

/**
 * Every route as `METHOD /path`. The service does not start while a route lacks a line here.
 * Row-level security decides beneath it which rows of a route somebody sees.
 */
export const ROUTE_ACCESS: Readonly<Record<string, Access>> = {
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /metrics': 'anyone',
  'POST /api/v1/auth/token': 'anyone',
  'POST /api/v1/auth/refresh': 'anyone',
  'GET /api/v1/auth/me': EVERY_ROLE,
  'GET /api/v1/signing-keys': 'anyone',
  'GET /api/v1/demo': 'anyone',
  'POST /api/v1/demo/replay': 'anyone',
  'GET /api/v1/desks': EVERY_ROLE,
  'GET /api/v1/scenarios': LOOKERS,
  'GET /api/v1/scenarios/:scenario': CONTROLLER,
  'GET /api/v1/runs': LOOKERS,
  'POST /api/v1/runs': CONTROLLER,
  'GET /api/v1/runs/:run': LOOKERS,
  'POST /api/v1/runs/:run/clock': CONTROLLER,
  'GET /api/v1/runs/:run/injects': CONTROLLER,
  'POST /api/v1/runs/:run/injects/:inject/send': CONTROLLER,
  'GET /api/v1/runs/:run/report': CONTROLLER,
  'GET /api/v1/runs/:run/feeds/:audience/items': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/snapshot': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/head': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/stream': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/atom': LOOKERS,
  'POST /api/v1/alerts': SENDERS,
  'POST /api/v1/alerts/cap': SENDERS,
  'POST /api/v1/cap/validate': EVERY_ROLE,
  'POST /api/v1/alerts/:id/update': SENDERS,
  'POST /api/v1/alerts/:id/cancel': SENDERS,
  'GET /api/v1/alerts/:id': LOOKERS,
  'GET /api/v1/phrases': EVERY_ROLE,
  'POST /api/v1/announcements': ANNOUNCERS,
  'POST /api/v1/announcements/:id/check': ANNOUNCERS,
  // One controller proposes a source and another one approves it, until there is a role of its own for that.
  'POST /api/v1/sources': CONTROLLER,
  'GET /api/v1/sources': CONTROLLER,
  'POST /api/v1/sources/:id/approve': CONTROLLER,
  'POST /api/v1/sources/:id/suspend': CONTROLLER,
  'GET /api/v1/sources/:id/documents': CONTROLLER,
  'POST /api/v1/webhooks': SENDERS,
  'GET /api/v1/webhooks': SENDERS,
  'POST /api/v1/webhooks/:id/rotate': SENDERS,
  'POST /api/v1/webhooks/:id/disable': SENDERS,
  'GET /api/v1/webhooks/:id/deliveries': SENDERS,
  'POST /api/v1/webhooks/:id/resend': SENDERS,
};

/** Events that a console sends. Receipts and answers come from the officer of the desk; whoever looks on leaves no trace. */
export const EVENT_ACCESS: Readonly<Record<string, Access>> = {
  received: DESK_OFFICER,
  displayed: DESK_OFFICER,
  acknowledge: DESK_OFFICER,
  respond: DESK_OFFICER,
  resume: LOOKERS,
  authenticate: LOOKERS,
};

/** What a token that is limited to one run may use besides the routes of that run; of the scenarios it reads its run's alone. */
export const LIMITED_ALSO: readonly string[] = [
  'GET /api/v1/auth/me',
  'GET /api/v1/desks',
  'GET /api/v1/scenarios/:scenario',
];
