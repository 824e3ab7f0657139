import { Injectable } from '@nestjs/common';
import type { Scope } from '../../core/wire/session.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly desk: string;
  readonly scopes: Scope[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKey extends Pick<ApiKey, 'name' | 'prefix' | 'desk' | 'scopes' | 'createdBy'> {
  readonly hash: string;
  readonly days: number;
}

const COLUMNS = `id, name, prefix, desk, scopes, created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

@Injectable()
export class KeysRepository {
  async add(tx: Tx, { name, prefix, hash, desk, scopes, createdBy, days }: NewApiKey): Promise<ApiKey> {
    const [key] = await tx.query<ApiKey>(
      `INSERT INTO api_keys (name, prefix, key_hash, desk, scopes, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(days => $7)) RETURNING ${COLUMNS}`,
      [name, prefix, hash, desk, scopes, createdBy, days],
    );
    return key!;
  }

  list(tx: Tx): Promise<ApiKey[]> {
    return tx.query<ApiKey>(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at DESC LIMIT 500`);
  }

  /** Revokes a key by its id or its beginning; a second time changes nothing. Undefined when there is none. */
  async revoke(tx: Tx, idOrPrefix: string): Promise<ApiKey | undefined> {
    const [key] = await tx.query<ApiKey>(
      `UPDATE api_keys SET revoked_at = coalesce(revoked_at, clock_timestamp())
       WHERE id::text = $1 OR prefix = $1 RETURNING ${COLUMNS}`,
      [idOrPrefix],
    );
    return key;
  }

  /** The key of that hash if it is good now, and a note, to the hour, that it was used. */
  async use(tx: Tx, hash: string): Promise<ApiKey | undefined> {
    const [key] = await tx.query<ApiKey>(
      `SELECT ${COLUMNS} FROM api_keys WHERE key_hash = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()`,
      [hash],
    );
    if (key) {
      await tx.query(
        `UPDATE api_keys SET last_used_at = date_trunc('hour', clock_timestamp())
         WHERE key_hash = $1 AND last_used_at IS DISTINCT FROM date_trunc('hour', clock_timestamp())`,
        [hash],
      );
    }
    return key;
  }
}
