import { ROLES, type Role, type Scope } from '../../core/wire/session.js';

/** Who may use a route or a socket event: anyone without signing in, or the roles listed. What is not listed is refused. */
export type Access = 'anyone' | readonly Role[];

const EVERY_ROLE: readonly Role[] = ROLES;
/** Whoever sees a feed: an administrator sees none, of no party. */
const LOOKERS: readonly Role[] = ['observer', 'officer', 'drafter', 'approver', 'controller'];
const CONTROLLER: readonly Role[] = ['controller'];
/** In drills. In a run of mode `actual` src/core/alert/who-may-send.ts decides. */
const SENDERS: readonly Role[] = ['officer', 'drafter', 'approver', 'controller'];
/** Who sees the drafts of their party. */
const WRITERS: readonly Role[] = ['drafter', 'approver'];
/** In drills. In a run of mode `actual` src/core/announcement/who-may-announce.ts decides. */
const ANNOUNCERS: readonly Role[] = ['officer', 'approver', 'controller'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const OVERSEERS: readonly Role[] = ['controller', 'administrator'];
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
  'POST /api/v1/auth/sign-out': EVERY_ROLE,
  'POST /api/v1/auth/join': 'anyone',
  'GET /api/v1/auth/oidc': 'anyone',
  'GET /api/v1/auth/oidc/start': 'anyone',
  'GET /api/v1/auth/oidc/callback': 'anyone',
  'GET /api/v1/auth/me': EVERY_ROLE,
  'GET /api/v1/keys': ADMINISTRATOR,
  'POST /api/v1/keys': ADMINISTRATOR,
  'POST /api/v1/keys/:key/revoke': ADMINISTRATOR,
  'GET /api/v1/signing-keys': 'anyone',
  'GET /api/v1/demo': 'anyone',
  'POST /api/v1/demo/replay': 'anyone',
  'GET /api/v1/desks': EVERY_ROLE,
  'GET /api/v1/scenarios': LOOKERS,
  'GET /api/v1/scenarios/:scenario': CONTROLLER,
  'GET /api/v1/runs': LOOKERS,
  'GET /api/v1/scenarios/:scenario/compare': CONTROLLER,
  'GET /api/v1/scenarios/:scenario/compare/figure': CONTROLLER,
  'GET /api/v1/arrangements': LOOKERS,
  'POST /api/v1/runs': CONTROLLER,
  'GET /api/v1/runs/:run': LOOKERS,
  'POST /api/v1/runs/:run/clock': CONTROLLER,
  'GET /api/v1/runs/:run/injects': CONTROLLER,
  'POST /api/v1/runs/:run/injects/:inject/send': CONTROLLER,
  'POST /api/v1/runs/:run/injects/:inject/branch': CONTROLLER,
  'GET /api/v1/runs/:run/join-codes': CONTROLLER,
  'POST /api/v1/runs/:run/join-codes': CONTROLLER,
  'POST /api/v1/runs/:run/join-codes/:code/revoke': CONTROLLER,
  'GET /api/v1/runs/:run/report': CONTROLLER,
  'GET /api/v1/runs/:run/feeds/:audience/items': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/snapshot': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/head': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/stream': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/atom': LOOKERS,
  'GET /api/v1/runs/:run/feeds/:audience/cap/:id/:version': LOOKERS,
  'POST /api/v1/alerts': SENDERS,
  'POST /api/v1/alerts/cap': SENDERS,
  'POST /api/v1/cap/validate': EVERY_ROLE,
  'POST /api/v1/alerts/:id/update': SENDERS,
  'POST /api/v1/alerts/:id/cancel': SENDERS,
  'GET /api/v1/alerts/:id/prepared': SENDERS,
  'GET /api/v1/alerts/drafts': WRITERS,
  'GET /api/v1/alerts/drafts/:id': WRITERS,
  'PUT /api/v1/alerts/drafts/:id': WRITERS,
  'POST /api/v1/alerts/:id/approve': ['approver'],
  'POST /api/v1/alerts/:id/reject': ['approver'],
  'POST /api/v1/alerts/:id/withdraw': WRITERS,
  'GET /api/v1/alerts/:id': LOOKERS,
  'GET /api/v1/phrases': EVERY_ROLE,
  'POST /api/v1/announcements': ANNOUNCERS,
  'POST /api/v1/announcements/:id/amend': ANNOUNCERS,
  'POST /api/v1/announcements/:id/cancel': ANNOUNCERS,
  'POST /api/v1/announcements/:id/report': ANNOUNCERS,
  'POST /api/v1/announcements/:id/release': ANNOUNCERS,
  'POST /api/v1/announcements/:id/check': ANNOUNCERS,
  'POST /api/v1/declarations': ANNOUNCERS,
  'POST /api/v1/declarations/:id/withdraw': ANNOUNCERS,
  'GET /api/v1/declarations': LOOKERS,
  'GET /api/v1/runs/:run/ledger': LOOKERS,
  // Two administrators let a source in; control, whom its alerts come from, sees it and may stop it at once.
  'POST /api/v1/sources': ADMINISTRATOR,
  'GET /api/v1/sources': OVERSEERS,
  'POST /api/v1/sources/:id/approve': ADMINISTRATOR,
  'POST /api/v1/sources/:id/suspend': OVERSEERS,
  'GET /api/v1/sources/:id/documents': OVERSEERS,
  'POST /api/v1/webhooks': SENDERS,
  'GET /api/v1/webhooks': SENDERS,
  'POST /api/v1/webhooks/:id/rotate': SENDERS,
  'POST /api/v1/webhooks/:id/disable': SENDERS,
  'GET /api/v1/webhooks/:id/deliveries': SENDERS,
  'POST /api/v1/webhooks/:id/resend': SENDERS,
  'POST /api/v1/notices/check': EVERY_ROLE,
  'GET /api/v1/thresholds': EVERY_ROLE,
  'POST /api/v1/thresholds/check': EVERY_ROLE,
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

/** The scope that a key needs for a route, besides the role. A route without a line is closed to keys. */
export const ROUTE_SCOPES: Readonly<Record<string, Scope>> = {
  'GET /api/v1/runs/:run': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/items': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/snapshot': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/head': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/stream': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/atom': 'feeds:read',
  'GET /api/v1/runs/:run/feeds/:audience/cap/:id/:version': 'feeds:read',
  'POST /api/v1/alerts': 'alerts:send',
  'POST /api/v1/alerts/:id/update': 'alerts:send',
  'POST /api/v1/alerts/:id/cancel': 'alerts:send',
  'GET /api/v1/alerts/:id': 'alerts:send',
  'POST /api/v1/cap/validate': 'cap:validate',
  'POST /api/v1/announcements': 'announcements:send',
  'POST /api/v1/announcements/:id/amend': 'announcements:send',
  'POST /api/v1/announcements/:id/cancel': 'announcements:send',
  'POST /api/v1/announcements/:id/report': 'announcements:send',
  'POST /api/v1/announcements/:id/release': 'announcements:send',
  'POST /api/v1/announcements/:id/check': 'announcements:send',
};

/** The scope that a key needs to open a socket, and for an event there. Receipts are the word of people. */
export const SOCKET_SCOPE: Scope = 'feeds:read';
export const EVENT_SCOPES: Readonly<Record<string, Scope>> = { resume: SOCKET_SCOPE };

/** Routes that name their run in the query, the live watch when they do not. */
export const RUN_IN_QUERY: readonly string[] = [
  'POST /api/v1/alerts',
  'POST /api/v1/alerts/cap',
  'POST /api/v1/alerts/:id/update',
  'POST /api/v1/alerts/:id/cancel',
  'GET /api/v1/alerts/:id',
  'GET /api/v1/alerts/:id/prepared',
  'POST /api/v1/announcements',
  'POST /api/v1/announcements/:id/amend',
  'POST /api/v1/announcements/:id/cancel',
  'POST /api/v1/announcements/:id/report',
  'POST /api/v1/announcements/:id/release',
  'POST /api/v1/announcements/:id/check',
  'POST /api/v1/declarations',
  'POST /api/v1/declarations/:id/withdraw',
  'GET /api/v1/declarations',
];

/** What a token that is limited to one run may use besides the routes of that run; of the scenarios it reads its run's alone. */
export const LIMITED_ALSO: readonly string[] = [
  'POST /api/v1/auth/sign-out',
  'GET /api/v1/auth/me',
  'GET /api/v1/desks',
  'GET /api/v1/scenarios/:scenario',
  'POST /api/v1/cap/validate',
  'GET /api/v1/phrases',
];

/** What such a token may not use of its run, though its role may: with a code it would take a seat in it. */
export const LIMITED_NEVER: readonly string[] = [
  'POST /api/v1/runs/:run/join-codes',
  'POST /api/v1/runs/:run/join-codes/:code/revoke',
];
