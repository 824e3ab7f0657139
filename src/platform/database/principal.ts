import type { Role, Scope } from '../../core/wire/session.js';

/** A signed-in person, as their access token says. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly desk?: string;
  /** Limits the token to one run: a demo replay, a player of an exercise, a key. */
  readonly onlyRun?: string;
  /** Of a key: what it is good for. People have none and may do what their role may. */
  readonly scopes?: readonly Scope[];
  /** The sign-in that the token descends from, and how often the sessions of the account had been ended by then. */
  readonly sessionId?: string;
  readonly generation?: number;
}

/** On whose behalf a transaction runs. Row-level security decides by it what the transaction sees. */
export type Principal =
  | UserPrincipal
  /** Somebody who is proving who they are: sees the one account or refresh token in question. */
  | { readonly kind: 'sign-in'; readonly username?: string; readonly tokenHash?: string; readonly userId?: string }
  /** The service's own hand on accounts: demo users at the start, `triwatch user add`. */
  | { readonly kind: 'administrator' }
  /** Workers and tailers: all runs, no accounts. */
  | { readonly kind: 'pipeline' };

export const PIPELINE: Principal = { kind: 'pipeline' };

/** The database settings that declare a principal for one transaction, by name. */
export function settingsOf(principal: Principal): Record<string, string> {
  switch (principal.kind) {
    case 'pipeline':
      return { role: 'triwatch_pipeline' };
    case 'administrator':
      return { role: 'triwatch_app', 'triwatch.role': 'administrator' };
    case 'sign-in':
      return {
        role: 'triwatch_app',
        'triwatch.username': principal.username ?? '',
        'triwatch.token_hash': principal.tokenHash ?? '',
        'triwatch.user': principal.userId ?? '',
      };
    case 'user':
      return {
        role: 'triwatch_app',
        'triwatch.role': principal.role,
        'triwatch.user': principal.id,
        'triwatch.desk': principal.desk ?? '',
        'triwatch.only_run': principal.onlyRun ?? '',
      };
  }
}

/** How the record names a principal. */
export function nameOf(principal: Principal): { who: string; role: string } {
  switch (principal.kind) {
    case 'user':
      return { who: principal.username, role: principal.role };
    case 'sign-in':
      return { who: principal.username ?? 'refresh token', role: 'sign-in' };
    case 'administrator':
    case 'pipeline':
      return { who: principal.kind, role: principal.kind };
  }
}
