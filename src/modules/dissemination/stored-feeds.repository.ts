import { Injectable } from '@nestjs/common';
import type { StoredItem } from '../../core/delivery/stored-feed-check.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';

/** An epoch of a feed; `head` (hash in lower-case hex) is that of the feed where the epoch is its present one. */
export interface StoredEpoch extends FeedKey {
  readonly epoch: number;
  readonly head?: { seq: number; hash: string };
}

/** Feeds as they lie in the database, past epochs among them, for whoever checks them. */
@Injectable()
export class StoredFeedsRepository {
  async epochs(tx: Tx): Promise<StoredEpoch[]> {
    const rows = await tx.query<FeedKey & { epoch: number; seq: number | null; hash: string | null }>(
      `SELECT e.run_id AS run, e.audience, e.epoch, f.head_seq::float8 AS seq, encode(f.head_hash, 'hex') AS hash
       FROM (SELECT run_id, audience, epoch FROM feed_items UNION SELECT run_id, audience, epoch FROM feeds
             UNION SELECT run_id, audience, epoch FROM signed_heads) AS e
       LEFT JOIN feeds f USING (run_id, audience, epoch) ORDER BY 1, 2, 3`,
    );
    return rows.map(({ run, audience, epoch, seq, hash }) => ({
      run,
      audience,
      epoch,
      head: seq === null || hash === null ? undefined : { seq, hash },
    }));
  }

  itemsAfter(tx: Tx, { run, audience, epoch }: StoredEpoch, seq: number, limit: number): Promise<StoredItem[]> {
    return tx.query<StoredItem>(
      `SELECT seq::float8 AS seq, kind, item_id AS id, version, body, encode(body_hash, 'hex') AS "bodyHash",
              encode(chain_hash, 'hex') AS "chainHash"
       FROM feed_items WHERE run_id = $1 AND audience = $2 AND epoch = $3 AND seq > $4 ORDER BY seq LIMIT $5`,
      [run, audience, epoch, seq, limit],
    );
  }

  /** Signatures over heads after a position, the first ones first; at most `limit`. */
  signaturesAfter(
    tx: Tx,
    { run, audience, epoch }: StoredEpoch,
    seq: number,
    limit: number,
  ): Promise<{ seq: number; token: string }[]> {
    return tx.query(
      `SELECT seq::float8 AS seq, token FROM signed_heads
       WHERE run_id = $1 AND audience = $2 AND epoch = $3 AND seq > $4 ORDER BY seq LIMIT $5`,
      [run, audience, epoch, seq, limit],
    );
  }
}
