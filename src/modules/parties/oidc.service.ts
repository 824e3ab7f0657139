import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, jwtVerify } from 'jose';
import { createSecretKey, type KeyObject } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Logger } from 'pino';
import { DomainError } from '../../core/domain-error.js';
import { ruleFor, type ClaimRule } from '../../core/sign-in/claim-map.js';
import type { TokenPair } from '../../core/wire/session.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { OperationalError } from '../../platform/operational-error.js';
import { PartiesService } from './parties.service.js';
import { SignInService } from './sign-in.service.js';
import { TOKEN_SECRET } from './tokens.service.js';

/** Injection token of the OidcSettings; undefined where no provider is configured. */
export const OIDC_SETTINGS = Symbol('OIDC_SETTINGS');

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers find this service, without a slash at the end. */
  readonly publicUrl: string;
  /** The claim that says what somebody may do, and what its values mean. */
  readonly claim: string;
  readonly rules: readonly ClaimRule[];
  readonly scope: string;
}

export const OIDC_CALLBACK = '/api/v1/auth/oidc/callback';

const ISSUER_OF_COOKIE = 'triwatch-oidc';
/** From the button to the return, with a second factor on the way. */
const ATTEMPT_SECONDS = 600;
const PROVIDER_TIMEOUT_S = 10;
const LONGEST_NAME = 100;

/** What a browser keeps of an attempt: only the one that began it can end it. */
interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
}

/** Signing in through an OpenID provider: authorization code with PKCE, state and nonce. Whoever fits no rule is refused. */
@Injectable()
export class OidcService {
  private readonly key: KeyObject;
  private provider?: Promise<oidc.Configuration>;

  /** Throws OperationalError CONFIG_INVALID for a rule whose desk is not there. */
  constructor(
    private readonly signIns: SignInService,
    parties: PartiesService,
    @Inject(OIDC_SETTINGS) private readonly settings: OidcSettings | undefined,
    @Inject(TOKEN_SECRET) secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.key = createSecretKey(secret, 'utf8');
    const stray = settings?.rules.find(({ desk }) => desk !== undefined && !parties.desk(desk));
    if (stray) {
      throw new OperationalError('CONFIG_INVALID', `TRIWATCH_OIDC_ROLES names the desk "${stray.desk}", which is not there.`, {
        exitCode: 78,
      }); // prettier-ignore
    }
  }

  get available(): boolean {
    return this.settings !== undefined;
  }

  /** Where to send the browser, and what it must keep until it is back. Throws DomainError OIDC_NOT_CONFIGURED, OperationalError OIDC_UNREACHABLE. */
  async start(): Promise<{ location: string; attempt: string; seconds: number; secure: boolean }> {
    const settings = this.configured();
    const provider = await this.reach(settings);
    const verifier = oidc.randomPKCECodeVerifier();
    const attempt: Attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
    const location = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: `${settings.publicUrl}${OIDC_CALLBACK}`,
      scope: settings.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
    });
    const secure = settings.publicUrl.startsWith('https:');
    return { location: location.href, attempt: await this.seal(attempt), seconds: ATTEMPT_SECONDS, secure };
  }

  /**
   * Ends an attempt with a session, given the address that the provider sent the browser back to. Throws DomainError
   * OIDC_REFUSED for whatever does not go together, OIDC_NO_ROLE for somebody whom no rule lets in.
   */
  async finish(address: string, sealed: string | undefined): Promise<TokenPair> {
    const settings = this.configured();
    const provider = await this.reach(settings);
    const claims = await this.claimsOf(provider, new URL(address, settings.publicUrl), sealed).catch(
      (error: unknown) => {
        this.logger.warn({ err: error }, 'a sign-in through the provider was refused');
        throw new DomainError('OIDC_REFUSED', 'The sign-in through the provider did not succeed; begin again.');
      },
    );
    const rule = ruleFor(settings.rules, claims[settings.claim]);
    const { host } = new URL(settings.issuer);
    // Not a name that the person may choose: the subject is the provider's and is given once.
    const username = `oidc:${host}:${claims.sub}`;
    if (!rule) {
      // Whoever may not come in any more does not stay in either.
      await this.signIns.signOutAccount(username);
      throw new DomainError('OIDC_NO_ROLE', 'Your account at the provider has no role here; ask an administrator.');
    }
    return this.signIns.signInAs({
      username,
      displayName: (textOf(claims['name']) ?? textOf(claims['preferred_username']) ?? claims.sub).slice(
        0,
        LONGEST_NAME,
      ),
      role: rule.role,
      desk: rule.desk,
    });
  }

  private async claimsOf(
    provider: oidc.Configuration,
    address: URL,
    sealed: string | undefined,
  ): Promise<oidc.IDToken & Record<string, unknown>> {
    const { state, nonce, verifier } = await this.open(sealed);
    const tokens = await oidc.authorizationCodeGrant(provider, address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    // Many providers tell groups there alone.
    const more = provider.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
      : {};
    return { ...more, ...claims };
  }

  private configured(): OidcSettings {
    if (!this.settings) {
      throw new DomainError('OIDC_NOT_CONFIGURED', 'No provider is configured here; sign in with a password.');
    }
    return this.settings;
  }

  /** The provider's own description of itself, read at the first sign-in and again after a failure. */
  private reach({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
    this.provider ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, oidc.ClientSecretBasic(clientSecret), {
        timeout: PROVIDER_TIMEOUT_S,
        // The configuration lets plain HTTP be on loopback only.
        execute: issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        this.provider = undefined;
        throw new OperationalError('OIDC_UNREACHABLE', 'The sign-in provider does not answer; sign in with a password.', {
          cause: error,
        }); // prettier-ignore
      });
    return this.provider;
  }

  private seal(attempt: Attempt): Promise<string> {
    return new SignJWT({ ...attempt })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER_OF_COOKIE)
      .setExpirationTime(`${ATTEMPT_SECONDS}s`)
      .sign(this.key);
  }

  private async open(sealed: string | undefined): Promise<Attempt> {
    const { payload } = await jwtVerify<Attempt>(sealed ?? '', this.key, {
      issuer: ISSUER_OF_COOKIE,
      algorithms: ['HS256'],
    });
    return payload;
  }
}

const textOf = (claim: unknown): string | undefined => (typeof claim === 'string' && claim !== '' ? claim : undefined);
