import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, jwtVerify } from 'jose';
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { AccessToken, Role } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';

/** Injection token of the secret that access tokens are signed with; every process of a service shares it. */
export const TOKEN_SECRET = Symbol('TOKEN_SECRET');

export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'triwatch';
/** A token says the same until it ends, so its signature is checked once: a sender sends it with every request. */
const KNOWN_TOKENS = 2_000;

export type Session = { user: UserPrincipal; expiresAt: Date };

/** Short-lived access tokens (JWT, HMAC-SHA-256) that say who somebody is, so that any node can check them alone. */
@Injectable()
export class TokensService {
  /** As a key object, which is made ready for use once instead of at every token. */
  private readonly key: KeyObject;
  private readonly known = new Map<string, Session>();

  constructor(@Inject(TOKEN_SECRET) secret: string) {
    this.key = createSecretKey(secret, 'utf8');
  }

  async issue(user: UserPrincipal, lifetimeSeconds = ACCESS_TOKEN_SECONDS): Promise<AccessToken> {
    const { username, displayName, role, desk, onlyRun, sessionId, generation } = user;
    const claims = { username, displayName, role, desk, onlyRun, sid: sessionId, generation };
    const accessToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.id)
      .setIssuer(ISSUER)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(this.key);
    return { accessToken, expiresIn: lifetimeSeconds };
  }

  async authenticate(token: string): Promise<Session | undefined> {
    const known = this.known.get(token);
    if (known) {
      return known.expiresAt.getTime() > Date.now() ? known : undefined;
    }
    const session = await this.verify(token);
    if (session) {
      this.known.set(token, session);
      const [oldest] = this.known.keys();
      if (this.known.size > KNOWN_TOKENS && oldest !== undefined) {
        this.known.delete(oldest);
      }
    }
    return session;
  }

  private async verify(token: string): Promise<Session | undefined> {
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
        sessionId: payload['sid'] as string | undefined,
        generation: payload['generation'] as number | undefined,
      };
      return { user, expiresAt: new Date((payload.exp ?? 0) * 1000) };
    } catch {
      // Forged, malformed and expired tokens are all the same to whoever presents them.
      return undefined;
    }
  }
}
