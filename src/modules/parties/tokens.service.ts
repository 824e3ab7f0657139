import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, jwtVerify } from 'jose';
import type { AccessToken, Role } from '../../core/wire/session.js';
import type { Authenticator } from '../../platform/http/authenticator.js';
import type { UserPrincipal } from '../../platform/database/principal.js';

/** Injection token of the secret that access tokens are signed with; every process of a service shares it. */
export const TOKEN_SECRET = Symbol('TOKEN_SECRET');

export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'triwatch';

/** Short-lived access tokens (JWT, HMAC-SHA-256) that say who somebody is, so that any node can check them alone. */
@Injectable()
export class TokensService implements Authenticator {
  private readonly key: Uint8Array;

  constructor(@Inject(TOKEN_SECRET) secret: string) {
    this.key = new TextEncoder().encode(secret);
  }

  async issue(user: UserPrincipal, lifetimeSeconds = ACCESS_TOKEN_SECONDS): Promise<AccessToken> {
    const { username, displayName, role, desk, onlyRun } = user;
    const accessToken = await new SignJWT({ username, displayName, role, desk, onlyRun })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.id)
      .setIssuer(ISSUER)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(this.key);
    return { accessToken, expiresIn: lifetimeSeconds };
  }

  async authenticate(token: string): Promise<{ user: UserPrincipal; expiresAt: Date } | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer: ISSUER, algorithms: ['HS256'] });
      const user: UserPrincipal = {
        kind: 'user',
        id: String(payload.sub),
        username: String(payload['username']),
        displayName: String(payload['displayName']),
        role: payload['role'] as Role,
        desk: payload['desk'] as string | undefined,
        onlyRun: payload['onlyRun'] as string | undefined,
      };
      return { user, expiresAt: new Date((payload.exp ?? 0) * 1000) };
    } catch {
      // Forged, malformed and expired tokens are all the same to whoever presents them.
      return undefined;
    }
  }
}
