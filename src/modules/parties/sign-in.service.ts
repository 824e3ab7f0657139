import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import type { TokenPair } from '../../core/wire/session.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SignInLimit } from './sign-in-limit.js';
import { ACCESS_TOKEN_SECONDS, TokensService } from './tokens.service.js';
import { UsersRepository, type Account, type NewAccount } from './users.repository.js';
import { VerificationGate } from './verification-gate.js';

/** Twelve hours: a shift. A session ends then, however often it was refreshed. */
const SESSION_SECONDS = 12 * 60 * 60;
/** A console whose answer got lost may ask again with the same refresh token for this long. */
const REUSE_GRACE_SECONDS = 30;

@Injectable()
export class SignInService {
  /** Verified when there is no such user, so that the time taken does not tell whether there is. */
  private readonly nobodysHash = hash(randomBytes(16));
  private readonly gate = new VerificationGate();

  constructor(
    private readonly transactions: Transactions,
    private readonly users: UsersRepository,
    private readonly tokens: TokensService,
    private readonly limit: SignInLimit,
  ) {}

  /**
   * Signs somebody in who asks from a network address. Throws DomainError BAD_CREDENTIALS, or TOO_MANY_ATTEMPTS after
   * too many wrong passwords or while too many sign in at once.
   */
  async signIn(username: string, password: string, address: string): Promise<TokenPair> {
    let account: Account | undefined;
    const matches = await this.limit.attempt(username, address, async () => {
      account = await this.accountOf(username);
      const passwordHash = account?.passwordHash ?? (await this.nobodysHash);
      return (await this.gate.run(() => verify(passwordHash, password))) && account !== undefined;
    });
    if (!account || !matches) {
      throw new DomainError('BAD_CREDENTIALS', 'The user name or the password is wrong.');
    }
    const { user } = account;
    const session = { userId: user.id, family: randomUUID(), credentials: credentialsOf(account) };
    return this.issue(user, 'session.started', async (tx, tokenHash) => {
      await this.users.deleteExpiredRefreshTokens(tx, user.id);
      await this.users.addRefreshToken(tx, { ...session, hash: tokenHash, lifetimeSeconds: SESSION_SECONDS });
      return SESSION_SECONDS;
    });
  }

  /**
   * Exchanges a refresh token for a new pair, which ends when the session does. A token that comes back long after its use
   * has been copied: its whole family ends. Throws DomainError UNAUTHENTICATED, also once the password, the role or the
   * desk of the account is another.
   */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const replaced = hashOf(refreshToken);
    const session = await this.transactions.run({ kind: 'sign-in', tokenHash: replaced }, async (tx) => {
      const token = await this.users.findRefreshToken(tx, replaced);
      if (!token || token.expired) {
        return undefined;
      }
      if ((token.usedSecondsAgo ?? 0) > REUSE_GRACE_SECONDS) {
        return { copied: token };
      }
      const account = await this.users.findById(tx, token.userId);
      return account && token.credentials === credentialsOf(account) ? { user: account.user } : undefined;
    });
    if (session?.copied) {
      const { userId, family } = session.copied;
      await this.transactions.run({ kind: 'sign-in', userId }, (tx) => this.users.endFamily(tx, family), {
        action: 'refresh-token.reused',
        detail: { userId },
      });
    }
    if (!session?.user) {
      throw sessionOver();
    }
    return this.issue(session.user, 'session.renewed', async (tx, tokenHash) => {
      const secondsLeft = await this.users.replaceRefreshToken(tx, replaced, tokenHash);
      if (secondsLeft === undefined) {
        throw sessionOver();
      }
      return secondsLeft;
    });
  }

  /**
   * Makes or changes accounts on behalf of the service itself. Another password, role or desk ends the sessions that an
   * account has.
   */
  async saveAccounts(accounts: (Omit<NewAccount, 'passwordHash'> & { password: string })[]): Promise<void> {
    const hashed = await Promise.all(
      accounts.map(async ({ password, ...account }) => ({
        ...account,
        passwordHash: await this.hashFor(account.username, password),
      })),
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
    const account = await this.accountOf(username);
    return account !== undefined && this.gate.run(() => verify(account.passwordHash, password));
  }

  private accountOf(username: string): Promise<Account | undefined> {
    return this.transactions.run({ kind: 'sign-in', username }, (tx) => this.users.findByUsername(tx, username));
  }

  /** The hash that the account has where the password is the same: with another one its sessions would end. */
  private async hashFor(username: string, password: string): Promise<string> {
    const account = await this.accountOf(username);
    return account && (await verify(account.passwordHash, password)) ? account.passwordHash : hash(password);
  }

  /** A new pair of tokens; `store` keeps the hash of the refresh token and returns how many seconds the session has left. */
  private async issue(
    user: UserPrincipal,
    action: string,
    store: (tx: Tx, tokenHash: string) => Promise<number>,
  ): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    const secondsLeft = await this.transactions.run(
      { kind: 'sign-in', userId: user.id, username: user.username },
      (tx) => store(tx, hashOf(refreshToken)),
      { action, detail: { username: user.username } },
    );
    const lifetimeSeconds = Math.max(1, Math.min(ACCESS_TOKEN_SECONDS, Math.floor(secondsLeft)));
    return { ...(await this.tokens.issue(user, lifetimeSeconds)), refreshToken };
  }
}

const sessionOver = (): DomainError => new DomainError('UNAUTHENTICATED', 'The session is over; sign in again.');

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a session was given for: once it is another, the session is over, whoever was faster. */
const credentialsOf = ({ user, passwordHash }: Account): string =>
  hashOf(JSON.stringify([passwordHash, user.role, user.desk ?? null]));
