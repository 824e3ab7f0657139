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

export interface SignInRequest {
  username: string;
  password: string;
}

export interface RefreshRequest {
  refreshToken: string;
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
