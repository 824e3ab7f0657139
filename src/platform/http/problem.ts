import { HttpException } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { Problem } from '../../core/wire/problem.js';
import { databaseUnavailable } from '../database/unavailable.js';
import { OperationalError } from '../operational-error.js';

/** Codes whose status is not 422. */
const STATUS: Readonly<Record<string, number>> = {
  CAP_NOT_XML: 400,
  UNAUTHENTICATED: 401,
  BAD_CREDENTIALS: 401,
  JOIN_CODE_INVALID: 401,
  OIDC_REFUSED: 401,
  OIDC_NO_ROLE: 403,
  FORBIDDEN: 403,
  FORBIDDEN_FEED: 403,
  DEMO_UNAVAILABLE: 403,
  METRICS_CLOSED: 403,
  PASSWORD_WRONG: 403,
  SECOND_PERSON_REQUIRED: 403,
  NOT_THE_AUTHOR: 403,
  DRAFT_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  SCENARIO_NOT_FOUND: 404,
  ALERT_NOT_FOUND: 404,
  ANNOUNCEMENT_NOT_FOUND: 404,
  DECLARATION_NOT_FOUND: 404,
  INJECT_NOT_FOUND: 404,
  REGIME_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  SOURCE_NOT_FOUND: 404,
  OIDC_NOT_CONFIGURED: 404,
  KEY_NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  JOIN_CODE_NOT_FOUND: 404,
  NOT_FOUND: 404,
  JOIN_CODE_USED: 409,
  JOIN_NEEDS_EXERCISE: 409,
  RUN_ENDED: 409,
  WALL_CLOCK: 409,
  ALERT_CANCELLED: 409,
  CAP_KNOWN: 409,
  ANNOUNCEMENT_CANCELLED: 409,
  ANNOUNCEMENT_OVER: 409,
  DECLARATION_WITHDRAWN: 409,
  REPORT_TOO_EARLY: 409,
  NOT_UNDER_EMBARGO: 409,
  EMBARGO_STANDS: 409,
  DRAFT_APPROVED: 409,
  DRAFT_REJECTED: 409,
  DRAFT_WITHDRAWN: 409,
  DRAFT_EXPIRED: 409,
  DRAFT_CHANGED: 409,
  INJECT_NOT_PENDING: 409,
  BRANCH_DUE: 409,
  KEY_REUSED: 409,
  ALREADY_ANSWERED: 409,
  TOO_MANY_WEBHOOKS: 409,
  SOURCE_EXISTS: 409,
  SOURCE_SAME_PERSON: 409,
  SOURCE_NOT_TRUSTED: 409,
  TOO_MANY_ATTEMPTS: 429,
  TOO_MANY_STREAMS: 429,
  DEMO_BUSY: 429,
  COMPARE_BUSY: 429,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  413: 'Too large',
  415: 'Unknown media type',
  422: 'The request is not right',
  429: 'Too many requests',
  503: 'Not available for the moment',
};

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'TOO_LARGE',
  415: 'UNKNOWN_MEDIA_TYPE',
};

/** What an error tells the outside; undefined for a bug, which tells nothing and is logged. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof DomainError) {
    return problem(STATUS[error.code] ?? 422, error.code, error.message, error.data?.findings);
  }
  if (error instanceof OperationalError) {
    return problem(503, error.code, error.message);
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return problem(status, HTTP_CODES[status] ?? 'BAD_REQUEST', sentenceOf(error.message));
  }
  return problemOfParser(error) ?? problemOfDatabase(error);
}

/** Body parsers of Express mark their errors with a status of their own. */
function problemOfParser(error: unknown): Problem | undefined {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (typeof type !== 'string' || typeof status !== 'number' || status >= 500) {
    return undefined;
  }
  const details: Record<number, string> = {
    413: 'The body is larger than this service takes; send less at once.',
    415: 'Send the body as application/json in UTF-8.',
  };
  return problem(status, HTTP_CODES[status] ?? 'BAD_REQUEST', details[status] ?? 'The body is not well-formed JSON.');
}

/** What pg and TypeORM say, in words alone, when a connection ends under a transaction or none is to be had. */
const CONNECTION_LOST =
  /^(Connection terminated|Query runner already released|Client (has encountered|was closed)|timeout exceeded when trying)/;

function problemOfDatabase(error: unknown): Problem | undefined {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') {
    return typeof message === 'string' && CONNECTION_LOST.test(message) ? problemOf(databaseUnavailable()) : undefined;
  }
  if (code === '42501') {
    return problem(403, 'FORBIDDEN', 'You may not do this in this run.');
  }
  if (code === '23505') {
    return problem(
      409,
      'CONFLICT',
      'The same was sent twice at the same time; look at what is there before sending it again.',
    );
  }
  if (code.startsWith('22')) {
    return problem(
      422,
      'UNSTORABLE_VALUE',
      'A value holds characters or numbers that cannot be stored; remove control characters.',
    );
  }
  // 08: connection, 57P: shut down or starting, 57014: took too long, 53: out of resources, 40: deadlock and the like,
  // 25P03: idle for too long within a transaction, E...: errors of Node at a socket or a name.
  if (/^(08|57P|57014|53|40|25P03)|^E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_AGAIN)/.test(code)) {
    return problemOf(databaseUnavailable());
  }
  return undefined;
}

function problem(status: number, code: string, detail: string, findings?: Problem['findings']): Problem {
  const body: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, code };
  return findings === undefined ? body : { ...body, findings };
}

const sentenceOf = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
