import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import type { TokenPair } from '../../core/wire/session.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SessionEnds } from './session-ends.js';
import { SessionEndsRepository } from './session-ends.repository.js';
import { SignInLimit } from './sign-in-limit.js';
import { ACCESS_TOKEN_SECONDS, TokensService } from './tokens.service.js';
import { UsersRepository, type Account, type NewAccount } from './users.repository.js';
import { VerificationGate } from './verification-gate.js';

/** Twelve hours: a shift. A session ends then, however often it was refreshed. */
const SESSION_SECONDS = 12 * 60 * 60;
/** A console whose answer got lost may ask again with the same refresh token for this long. */
const REUSE_GRACE_SECONDS = 30;

/** Of an account that another provider vouches for. */
const NO_PASSWORD = '';

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
    private readonly ends: SessionEndsRepository,
    private readonly sessionEnds: SessionEnds,
  ) {}

  /**
   * Signs somebody in who asks from a network address. Throws DomainError BAD_CREDENTIALS, or TOO_MANY_ATTEMPTS after
   * too many wrong passwords or while too many sign in at once.
   */
  async signIn(username: string, password: string, address: string): Promise<TokenPair> {
    let account: Account | undefined;
    const addressHash = hashOf(`${username} ${address}`);
    const matches = await this.limit.attempt(
      username,
      address,
      async () => {
        account = await this.accountOf(username);
        const passwordHash = account?.passwordHash || (await this.nobodysHash);
        return (await this.gate.run(() => verify(passwordHash, password))) && account?.passwordHash === passwordHash;
      },
      () =>
        this.transactions.run({ kind: 'sign-in', username }, (tx) =>
          this.users.knowsAddress(tx, username, addressHash),
        ),
    );
    if (!account || !matches) {
      throw new DomainError('BAD_CREDENTIALS', 'The user name or the password is wrong.');
    }
    return this.begin(account, (tx, { id }) => this.users.knowAddress(tx, id, addressHash));
  }

  /**
   * Begins a session of somebody whom another provider vouches for. The account is made, or changed, as the provider now has it;
   * it has no password, so that nobody signs in to it in another way.
   */
  async signInAs(account: Omit<NewAccount, 'passwordHash'>): Promise<TokenPair> {
    const before = await this.accountOf(account.username);
    const { username, displayName, role, desk } = account;
    const same = before && JSON.stringify([before.user.displayName, before.user.role, before.user.desk]) === JSON.stringify([displayName, role, desk]); // prettier-ignore
    if (!same) {
      await this.save([{ account: { ...account, passwordHash: NO_PASSWORD }, before }]);
    }
    const saved = await this.accountOf(username);
    if (!saved) {
      throw new DomainError('UNAUTHENTICATED', 'This account is closed; ask an administrator.');
    }
    return this.begin(saved);
  }

  /** Ends every session of the account of that name, where there is one. */
  async signOutAccount(username: string): Promise<void> {
    const account = await this.accountOf(username);
    if (account) {
      await this.signOut(account.user, true);
    }
  }

  /**
   * Closes an account, whose sessions end on every node within two seconds, or opens it again. Signing in through a provider
   * opens none. Throws DomainError USER_NOT_FOUND.
   */
  async setActive(username: string, active: boolean): Promise<void> {
    await this.transactions.run(
      { kind: 'administrator' },
      async (tx) => {
        const id = await this.users.setActive(tx, username, active);
        if (id === undefined) {
          throw new DomainError('USER_NOT_FOUND', `There is no user "${username.slice(0, 100)}".`);
        }
        if (!active) {
          await this.ends.end(tx, id, id);
        }
      },
      { action: active ? 'user.enabled' : 'user.disabled', detail: { username } },
    );
  }

  /** Ends the session of a token, or every session of its account, on every node within two seconds. */
  async signOut({ id, username, sessionId }: UserPrincipal, everywhere: boolean): Promise<void> {
    const family = everywhere ? undefined : sessionId;
    await this.transactions.run(
      { kind: 'sign-in', userId: id, username },
      async (tx) => {
        await (family === undefined ? this.users.endSessions(tx, id) : this.users.endFamily(tx, family));
        await this.ends.end(tx, family ?? id, id);
      },
      { action: family === undefined ? 'sessions.ended' : 'session.ended', detail: { username } },
    );
    await this.sessionEnds.refresh();
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
      const { family: sessionId } = token;
      return account && token.credentials === credentialsOf(account)
        ? { user: { ...account.user, sessionId } }
        : undefined;
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
   * account has. One that was closed is open again.
   */
  async saveAccounts(accounts: (Omit<NewAccount, 'passwordHash'> & { password: string })[]): Promise<void> {
    const hashed = await Promise.all(
      accounts.map(async ({ password, ...account }) => {
        const before = await this.accountOf(account.username);
        return { account: { ...account, passwordHash: await hashFor(before, password) }, before };
      }),
    );
    await this.save(hashed, { reopen: true });
  }

  private async save(
    changes: readonly { account: NewAccount; before?: Account }[],
    { reopen = false } = {},
  ): Promise<void> {
    await this.transactions.run(
      { kind: 'administrator' },
      async (tx) => {
        for (const { account, before } of changes) {
          await this.users.save(tx, account, reopen);
          if (before && credentialsOf(before) !== credentialsOf({ ...account, user: account })) {
            await this.ends.end(tx, before.user.id, before.user.id);
          }
        }
      },
      { action: 'users.saved', detail: { usernames: changes.map(({ account }) => account.username) } },
    );
  }

  /** Whether an account exists whose password is this one. */
  async accepts(username: string, password: string): Promise<boolean> {
    const account = await this.accountOf(username);
    return !!account?.passwordHash && this.gate.run(() => verify(account.passwordHash, password));
  }

  private accountOf(username: string): Promise<Account | undefined> {
    return this.transactions.run({ kind: 'sign-in', username }, (tx) => this.users.findByUsername(tx, username));
  }

  /** Begins a session of an account whose owner has proved who they are; `note` adds to the same transaction. */
  private begin(account: Account, note?: (tx: Tx, user: UserPrincipal) => Promise<void>): Promise<TokenPair> {
    const { user } = account;
    const session = { userId: user.id, family: randomUUID(), credentials: credentialsOf(account) };
    return this.issue({ ...user, sessionId: session.family }, 'session.started', async (tx, tokenHash) => {
      await this.users.deleteExpiredRefreshTokens(tx, user.id);
      await this.users.addRefreshToken(tx, { ...session, hash: tokenHash, lifetimeSeconds: SESSION_SECONDS });
      await note?.(tx, user);
      return SESSION_SECONDS;
    });
  }

  /** A new pair of tokens; `store` keeps the hash of the refresh token and returns how many seconds the session has left. */
  private async issue(
    user: UserPrincipal,
    action: string,
    store: (tx: Tx, tokenHash: string) => Promise<number>,
  ): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    const { secondsLeft, generation } = await this.transactions.run(
      { kind: 'sign-in', userId: user.id, username: user.username },
      async (tx) => ({
        // Before the refresh token, so that an end that comes between the two ends both.
        generation: await this.ends.generation(tx, user.id),
        secondsLeft: await store(tx, hashOf(refreshToken)),
      }),
      { action, detail: { username: user.username } },
    );
    const lifetimeSeconds = Math.max(1, Math.min(ACCESS_TOKEN_SECONDS, Math.floor(secondsLeft)));
    return { ...(await this.tokens.issue({ ...user, generation }, lifetimeSeconds)), refreshToken };
  }
}

const sessionOver = (): DomainError => new DomainError('UNAUTHENTICATED', 'The session is over; sign in again.');

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a session was given for: once it is another, the session is over, whoever was faster. */
const credentialsOf = ({
  user,
  passwordHash,
}: {
  user: Pick<UserPrincipal, 'role' | 'desk'>;
  passwordHash: string;
}): string => hashOf(JSON.stringify([passwordHash, user.role, user.desk ?? null]));

/** The hash that the account has where the password is the same: with another one its sessions would end. */
const hashFor = async (account: Account | undefined, password: string): Promise<string> =>
  account?.passwordHash && (await verify(account.passwordHash, password)) ? account.passwordHash : hash(password);
