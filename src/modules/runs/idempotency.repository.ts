import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/transactions.js';

/** An idempotency key with the request that it was used for and the answer that this got. */
export interface UsedKey {
  readonly key: string;
  readonly requestHash: string;
  readonly answer: object;
}

@Injectable()
export class IdempotencyRepository {
  /**
   * Keeps other requests with these keys waiting until the transaction ends, and returns those that were used before it.
   * The locks are taken in the order of the keys, so that two who want the same ones cannot wait for each other.
   */
  async lock(tx: Tx, userId: string, keys: readonly string[]): Promise<UsedKey[]> {
    const wanted = [...new Set(keys)].sort();
    if (wanted.length === 0) {
      return [];
    }
    const [, used] = await Promise.all([
      tx.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('key ' || $1 || ' ' || k.key, 0)) FROM unnest($2::text[]) AS k (key)`,
        [userId, wanted],
      ),
      tx.query<UsedKey>(
        `SELECT key, request_hash AS "requestHash", answer FROM idempotency_keys WHERE user_id = $1 AND key = ANY ($2)`,
        [userId, wanted],
      ),
    ]);
    return used;
  }

  /** Keeps the answers that keys got. Call after `lock`. */
  async keep(tx: Tx, userId: string, used: readonly UsedKey[]): Promise<void> {
    if (used.length === 0) {
      return;
    }
    await tx.query(
      `INSERT INTO idempotency_keys (user_id, key, request_hash, answer)
       SELECT $1, k.* FROM jsonb_to_recordset($2) AS k (key text, "requestHash" text, answer jsonb)`,
      [userId, JSON.stringify(used)],
    );
  }
}
