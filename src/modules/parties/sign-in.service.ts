import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import type { TokenPair } from '../../core/wire/session.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SignInLimit } from './sign-in-limit.js';
import { TokensService } from './tokens.service.js';
import { UsersRepository, type NewAccount } from './users.repository.js';

/** Twelve hours: a shift. */
const REFRESH_TOKEN_SECONDS = 12 * 60 * 60;
/** A console whose answer got lost may ask again with the same refresh token for this long. */
const REUSE_GRACE_SECONDS = 30;

@Injectable()
export class SignInService {
  /** Verified when there is no such user, so that the time taken does not tell whether there is. */
  private readonly nobodysHash = hash(randomBytes(16));

  constructor(
    private readonly transactions: Transactions,
    private readonly users: UsersRepository,
    private readonly tokens: TokensService,
    private readonly limit: SignInLimit,
  ) {}

  /** Signs somebody in. Throws DomainError BAD_CREDENTIALS or TOO_MANY_ATTEMPTS. */
  async signIn(username: string, password: string): Promise<TokenPair> {
    this.limit.check(username);
    const account = await this.transactions.run({ kind: 'sign-in', username }, (tx) =>
      this.users.findByUsername(tx, username),
    );
    const matches = await verify(account?.passwordHash ?? (await this.nobodysHash), password);
    if (!account || !matches) {
      this.limit.failed(username);
      throw new DomainError('BAD_CREDENTIALS', 'The user name or the password is wrong.');
    }
    this.limit.succeeded(username);
    return this.issue(account.user, randomUUID());
  }

  /**
   * Exchanges a refresh token for a new pair. A token that comes back long after its use has been copied: its whole family
   * ends. Throws DomainError UNAUTHENTICATED.
   */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const tokenHash = hashOf(refreshToken);
    const session = await this.transactions.run({ kind: 'sign-in', tokenHash }, async (tx) => {
      const token = await this.users.findRefreshToken(tx, tokenHash);
      if (!token || token.expired) {
        return undefined;
      }
      if ((token.usedSecondsAgo ?? 0) > REUSE_GRACE_SECONDS) {
        return { copied: token };
      }
      const account = await this.users.findById(tx, token.userId);
      return account && { user: account.user, family: token.family };
    });
    if (session?.copied) {
      const { userId, family } = session.copied;
      await this.transactions.run({ kind: 'sign-in', userId }, (tx) => this.users.endFamily(tx, family), {
        action: 'refresh-token.reused',
        detail: { userId },
      });
    }
    if (!session?.user) {
      throw new DomainError('UNAUTHENTICATED', 'The session is over; sign in again.');
    }
    return this.issue(session.user, session.family, tokenHash);
  }

  /** Makes or changes accounts on behalf of the service itself. */
  async saveAccounts(accounts: (Omit<NewAccount, 'passwordHash'> & { password: string })[]): Promise<void> {
    const hashed = await Promise.all(
      accounts.map(async ({ password, ...account }) => ({ ...account, passwordHash: await hash(password) })),
    );
    await this.transactions.run(
      { kind: 'administrator' },
      async (tx) => {
        for (const account of hashed) {
          await this.users.save(tx, account);
        }
      },
      { action: 'users.saved', detail: { usernames: hashed.map(({ username }) => username) } },
    );
  }

  /** Whether an account exists whose password is this one. */
  async accepts(username: string, password: string): Promise<boolean> {
    const account = await this.transactions.run({ kind: 'sign-in', username }, (tx) =>
      this.users.findByUsername(tx, username),
    );
    return account !== undefined && verify(account.passwordHash, password);
  }

  private async issue(user: UserPrincipal, family: string, replaced?: string): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    await this.transactions.run(
      { kind: 'sign-in', userId: user.id, username: user.username },
      async (tx) => {
        if (replaced) {
          await this.users.markRefreshTokenUsed(tx, replaced);
        }
        const lifetimeSeconds = REFRESH_TOKEN_SECONDS;
        await this.users.addRefreshToken(tx, { hash: hashOf(refreshToken), userId: user.id, family, lifetimeSeconds });
      },
      { action: replaced ? 'session.renewed' : 'session.started', detail: { username: user.username } },
    );
    return { ...(await this.tokens.issue(user)), refreshToken };
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
