import type { UserPrincipal } from '../database/principal.js';

/** Turns an access token into who presents it. The parties module provides it; the platform only asks. */
export interface Authenticator {
  /** The person and when the token ends; undefined for a token that is malformed, forged or over. */
  authenticate(token: string): Promise<{ user: UserPrincipal; expiresAt: Date } | undefined>;
}

/** Injection token of the Authenticator. */
export const AUTHENTICATOR = Symbol('AUTHENTICATOR');
