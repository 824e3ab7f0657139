import type { DeskView } from './desk.js';
import type { RunView } from './run.js';

/**
 * What somebody may do. At a desk: `observer` looks on; `officer` receives, acknowledges and answers, and sends in drills;
 * `drafter` writes alerts; `approver` approves, cancels and corrects them. At none: `controller` runs exercises;
 * `administrator` manages users, keys, sources and webhooks, and sees no feed.
 */
export const ROLES = ['observer', 'officer', 'drafter', 'approver', 'controller', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Whether people of that role have a desk, and with it a party. */
export const sitsAtDesk = (role: Role): boolean => role !== 'controller' && role !== 'administrator';

/** What a key may be good for; a key can do nothing that none of its scopes names. */
export const SCOPES = ['alerts:send', 'announcements:send', 'cap:validate', 'feeds:read'] as const;
export type Scope = (typeof SCOPES)[number];

export interface SignInRequest {
  username: string;
  password: string;
}

export interface RefreshRequest {
  refreshToken: string;
}

/** Ends this session; with `everywhere` all sessions of the account. */
export interface SignOutRequest {
  everywhere?: boolean;
}

/** A player joins an exercise with a code that control handed out. */
export interface JoinRequest {
  code: string;
  /** Who is playing, as others shall see it. */
  name: string;
}

/** A token that is good for one run, at the desk that the code was made for; there is none to renew it with. */
export interface Joined extends AccessToken {
  run: string;
  desk: string;
}

export interface MakeJoinCodesRequest {
  desk: string;
  /** 1 when missing. */
  count?: number;
  /** Until when they can be used; 12 hours when missing. */
  minutes?: number;
}

export interface JoinCodeView {
  id: string;
  desk: string;
  /** Only in the answer to making it. */
  code?: string;
  expiresAt: string;
  usedAt?: string;
  /** Who used it. */
  player?: string;
}

export interface MakeKeyRequest {
  name: string;
  desk: string;
  scopes: Scope[];
  /** 1 to 365. */
  days: number;
}

/** A key of a machine; the key itself is told once, when it is made. */
export interface KeyView {
  id: string;
  name: string;
  /** How the key begins. */
  prefix: string;
  desk: string;
  scopes: Scope[];
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** To the hour. */
  lastUsedAt?: string;
  revokedAt?: string;
}

export interface MadeKey extends KeyView {
  key: string;
}

export interface AccessToken {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
}

export interface TokenPair extends AccessToken {
  /** For one use. */
  refreshToken: string;
}

/** Who is signed in. */
export interface Me {
  username: string;
  displayName: string;
  role: Role;
  party?: string;
  desk?: DeskView;
  /** The one run that the token is good for. */
  onlyRun?: string;
}

/** Whether people may sign in through another provider. */
export interface OidcView {
  available: boolean;
}

/** Whether the first page may play its scenario without anybody signing in. */
export interface DemoView {
  available: boolean;
  scenario: string;
}

export interface DemoReplayRequest {
  speed?: number;
}

/** A replay that was started without signing in, and a token that controls it alone. */
export interface DemoReplay extends AccessToken {
  run: RunView;
}
