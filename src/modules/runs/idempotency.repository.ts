import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { Tx } from '../../platform/database/transactions.js';

@Injectable()
export class IdempotencyRepository {
  /**
   * Claims a key for this request. Returns the answer that the same request got before, or undefined for a new key; a second
   * request under way with the same key waits for the first. Throws DomainError KEY_REUSED for another request.
   */
  async claim<Answer>(tx: Tx, userId: string, key: string, requestHash: string): Promise<Answer | undefined> {
    await tx.query(
      'INSERT INTO idempotency_keys (user_id, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [userId, key, requestHash],
    );
    const [row] = await tx.query<{ request_hash: string; answer: Answer | null }>(
      'SELECT request_hash, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2',
      [userId, key],
    );
    if (row?.request_hash !== requestHash) {
      throw new DomainError('KEY_REUSED', 'This Idempotency-Key was used for another request; use a new one.');
    }
    return row.answer ?? undefined;
  }

  async complete(tx: Tx, userId: string, key: string, answer: object): Promise<void> {
    await tx.query('UPDATE idempotency_keys SET answer = $3 WHERE user_id = $1 AND key = $2', [
      userId,
      key,
      JSON.stringify(answer),
    ]);
  }
}
