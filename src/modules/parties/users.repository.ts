import { Injectable } from '@nestjs/common';
import type { Role } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface Account {
  user: UserPrincipal;
  passwordHash: string;
}

export interface NewAccount {
  username: string;
  displayName: string;
  role: Role;
  desk?: string;
  passwordHash: string;
}

export interface RefreshToken {
  userId: string;
  /** Shared by all tokens that descend from one sign-in. */
  family: string;
  /** A digest of what the account was when the session began. */
  credentials: string;
  expired: boolean;
  usedSecondsAgo?: number;
}

interface RefreshTokenRow {
  user_id: string;
  family: string;
  credentials: string;
  expired: boolean;
  used: number | null;
}

interface Row {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  desk: string | null;
  password_hash: string;
}

/** How long an address counts as known after the last sign-in from it. */
const ADDRESS_KNOWN_FOR = '30 days';

@Injectable()
export class UsersRepository {
  /** The active account of that name, if the transaction may see it. */
  async findByUsername(tx: Tx, username: string): Promise<Account | undefined> {
    const [row] = await tx.query<Row>('SELECT * FROM users WHERE username = $1 AND active', [username]);
    return row && accountOf(row);
  }

  async findById(tx: Tx, id: string): Promise<Account | undefined> {
    const [row] = await tx.query<Row>('SELECT * FROM users WHERE id = $1 AND active', [id]);
    return row && accountOf(row);
  }

  /** Makes the account, or gives an existing one of that name these values; one that is closed stays so unless `reopen`. */
  async save(tx: Tx, account: NewAccount, reopen: boolean): Promise<void> {
    await tx.query(
      `INSERT INTO users (username, display_name, role, desk, password_hash) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (username) DO UPDATE SET display_name = excluded.display_name, role = excluded.role, desk = excluded.desk,
         password_hash = excluded.password_hash, active = users.active OR $6`,
      [account.username, account.displayName, account.role, account.desk ?? null, account.passwordHash, reopen],
    );
  }

  /** Opens or closes an account. Its id; undefined where there is none of that name. */
  async setActive(tx: Tx, username: string, active: boolean): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>('UPDATE users SET active = $2 WHERE username = $1 RETURNING id', [
      username,
      active,
    ]);
    return row?.id;
  }

  /** Keeps the hash of a refresh token; the token itself is never stored. */
  async addRefreshToken(
    tx: Tx,
    token: { hash: string; userId: string; family: string; credentials: string; lifetimeSeconds: number },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO refresh_tokens (token_hash, user_id, family, credentials, expires_at)
       VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))`,
      [token.hash, token.userId, token.family, token.credentials, token.lifetimeSeconds],
    );
  }

  /**
   * Marks a refresh token as used and adds its successor, which has the same end. Returns how many seconds are left until
   * then; undefined when the session has ended meanwhile.
   */
  async replaceRefreshToken(tx: Tx, replaced: string, hash: string): Promise<number | undefined> {
    const [row] = await tx.query<{ seconds_left: number }>(
      `WITH used AS (
         UPDATE refresh_tokens SET used_at = coalesce(used_at, clock_timestamp())
         WHERE token_hash = $1 AND expires_at > clock_timestamp() RETURNING user_id, family, credentials, expires_at)
       INSERT INTO refresh_tokens (token_hash, user_id, family, credentials, expires_at)
       SELECT $2, user_id, family, credentials, expires_at FROM used
       RETURNING extract(epoch FROM expires_at - clock_timestamp())::float8 AS seconds_left`,
      [replaced, hash],
    );
    return row?.seconds_left;
  }

  /** Used tokens stay until their session's end, so that a copy is known when it comes back. */
  async deleteExpiredRefreshTokens(tx: Tx, userId: string): Promise<void> {
    await tx.query('DELETE FROM refresh_tokens WHERE user_id = $1 AND expires_at < clock_timestamp()', [userId]);
  }

  /** The refresh token of that hash with how long ago it was first used, in seconds; locked until the transaction ends. */
  async findRefreshToken(tx: Tx, hash: string): Promise<RefreshToken | undefined> {
    const [row] = await tx.query<RefreshTokenRow>(
      `SELECT user_id, family, credentials, expires_at < clock_timestamp() AS expired,
              extract(epoch FROM clock_timestamp() - used_at)::float8 AS used
       FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE`,
      [hash],
    );
    if (!row) {
      return undefined;
    }
    const { user_id: userId, family, credentials, expired, used } = row;
    return { userId, family, credentials, expired, usedSecondsAgo: used ?? undefined };
  }

  /** Ends every refresh token of an account. */
  async endSessions(tx: Tx, userId: string): Promise<void> {
    await tx.query('UPDATE refresh_tokens SET expires_at = clock_timestamp() WHERE user_id = $1', [userId]);
  }

  /** Notes that somebody signed in from there, and forgets where they have not signed in for long. */
  async knowAddress(tx: Tx, userId: string, addressHash: string): Promise<void> {
    await tx.query(
      `DELETE FROM known_addresses WHERE user_id = $1 AND last_at < clock_timestamp() - interval '${ADDRESS_KNOWN_FOR}'`,
      [userId],
    );
    await tx.query(
      `INSERT INTO known_addresses (user_id, address_hash) VALUES ($1, $2)
       ON CONFLICT (user_id, address_hash) DO UPDATE SET last_at = clock_timestamp()`,
      [userId, addressHash],
    );
  }

  /** Whether somebody of that name has signed in from there lately. */
  async knowsAddress(tx: Tx, username: string, addressHash: string): Promise<boolean> {
    const [row] = await tx.query<{ known: boolean }>(
      `SELECT EXISTS (SELECT FROM known_addresses k JOIN users u ON u.id = k.user_id WHERE u.username = $1 AND k.address_hash = $2
         AND k.last_at > clock_timestamp() - interval '${ADDRESS_KNOWN_FOR}') AS known`,
      [username, addressHash],
    );
    return row?.known === true;
  }

  /** Ends every token that descends from one sign-in. */
  async endFamily(tx: Tx, family: string): Promise<void> {
    await tx.query('UPDATE refresh_tokens SET expires_at = clock_timestamp() WHERE family = $1', [family]);
  }
}

function accountOf(row: Row): Account {
  const { id, username, role } = row;
  return {
    user: { kind: 'user', id, username, displayName: row.display_name, role, desk: row.desk ?? undefined },
    passwordHash: row.password_hash,
  };
}
