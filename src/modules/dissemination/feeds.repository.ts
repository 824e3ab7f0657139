import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Act, Shown } from '../../core/delivery/delivery.js';
import type { DigestEntry } from '../../core/delivery/digest.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { Append } from './feed.js';

/** What a chain of hashes starts from. */
const GENESIS = Buffer.alloc(32);

/** Writes feeds; what reads them is in `FeedReadsRepository`. */
@Injectable()
export class FeedsRepository {
  /** Makes an empty feed for each audience that has none. */
  async ensure(tx: Tx, run: string, audiences: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO feeds (run_id, audience, epoch, head_seq, head_hash) SELECT $1, unnest($2::text[]), 1, 0, $3 ON CONFLICT DO NOTHING`,
      [run, audiences, GENESIS],
    );
  }

  /** Opens a new epoch in every feed of a run; the items of the old ones stay on record. */
  async openEpoch(tx: Tx, run: string, reason: string): Promise<void> {
    await tx.query('UPDATE feeds SET epoch = epoch + 1, head_seq = 0, head_hash = $2, reason = $3 WHERE run_id = $1', [
      run,
      GENESIS,
      reason,
    ]);
  }

  /**
   * Appends to feeds of one run, many items under one lock, in the order given. Feeds are locked in the order of their names;
   * `seq` has no gap because it is taken under the lock and the lock is held until the commit.
   * The chain is SHA-256(previous, seq, hash of the body).
   */
  async append(tx: Tx, run: string, appends: readonly Append[]): Promise<void> {
    const audiences = [...new Set(appends.map(({ audience }) => audience))];
    const locked = await tx.query<{ audience: string; epoch: number; head_seq: string; head_hash: Buffer }>(
      'SELECT audience, epoch, head_seq, head_hash FROM feeds WHERE run_id = $1 AND audience = ANY ($2) ORDER BY audience FOR UPDATE',
      [run, audiences],
    );
    const heads = new Map(
      locked.map((row) => [row.audience, { epoch: row.epoch, seq: Number(row.head_seq), hash: row.head_hash }]),
    );
    const rows = appends.map(({ bodyHash, ...append }) => {
      const head = heads.get(append.audience);
      if (!head) {
        throw new Error(`The run ${run} has no feed for ${append.audience}.`);
      }
      head.seq += 1;
      head.hash = chainHash(head.hash, head.seq, bodyHash);
      return {
        ...append,
        epoch: head.epoch,
        seq: head.seq,
        bodyHash: bodyHash.toString('hex'),
        chainHash: head.hash.toString('hex'),
      };
    });
    await tx.query(
      `INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
       SELECT $1, a.audience, a.epoch, a.seq, a.kind, a.id, a.version, a.act, a."dueAt", a.late, a.body,
              decode(a."bodyHash", 'hex'), decode(a."chainHash", 'hex'), clock_timestamp()
       FROM jsonb_to_recordset($2) AS a (audience text, epoch int, seq bigint, kind text, id text, version int, act text, "dueAt" bigint,
         late boolean, body text, "bodyHash" text, "chainHash" text)`,
      [run, JSON.stringify(rows)],
    );
    const moved = [...heads].map(([audience, { seq, hash }]) => ({ audience, seq, hash: hash.toString('hex') }));
    await tx.query(
      `UPDATE feeds f SET head_seq = h.seq, head_hash = decode(h.hash, 'hex')
       FROM jsonb_to_recordset($2) AS h (audience text, seq bigint, hash text) WHERE f.run_id = $1 AND f.audience = h.audience`,
      [run, JSON.stringify(moved)],
    );
  }

  /** The newest version that each audience was shown of these items in the present epoch, by `shownKey`. */
  async shown(tx: Tx, run: string, itemIds: readonly string[]): Promise<Map<string, Shown>> {
    const rows = await tx.query<{ audience: string; item_id: string; version: number; act: Act }>(
      `SELECT DISTINCT ON (i.audience, i.item_id) i.audience, i.item_id, i.version, i.act
       FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)
       WHERE i.run_id = $1 AND i.item_id = ANY ($2) ORDER BY i.audience, i.item_id, i.version DESC`,
      [run, itemIds],
    );
    return new Map(rows.map(({ audience, item_id, version, act }) => [shownKey(audience, item_id), { version, act }]));
  }

  /** What the digest of a run's present epoch is made of. */
  async digestEntries(tx: Tx, run: string): Promise<DigestEntry[]> {
    return tx.query<DigestEntry>(
      `SELECT i.audience, i.due_at::float8 AS "dueAt", i.item_id AS "itemId", i.version, encode(i.body_hash, 'hex') AS "contentHash"
       FROM feed_items i JOIN feeds f USING (run_id, audience, epoch) WHERE i.run_id = $1`,
      [run],
    );
  }
}

export const shownKey = (audience: string, itemId: string): string => `${audience} ${itemId}`;

/** The next link of a feed's chain: SHA-256 over the previous link, the sequence as eight bytes, and the body's hash. */
export function chainHash(previous: Buffer, seq: number, bodyHash: Buffer): Buffer {
  const sequence = Buffer.alloc(8);
  sequence.writeBigUInt64BE(BigInt(seq));
  return createHash('sha256').update(previous).update(sequence).update(bodyHash).digest();
}
