import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { GENESIS, chainHash, toHex, type Sha256 } from '../../core/delivery/chain.js';
import type { Act, Shown } from '../../core/delivery/delivery.js';
import type { DigestEntry } from '../../core/delivery/digest.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { Append, Encoded } from './feed.js';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** Where feeds stand, by audience; appending moves them on. */
export type Heads = ReadonlyMap<string, { readonly epoch: number; seq: number; hash: Uint8Array }>;

/** Writes feeds; what reads them is in `FeedReadsRepository`. */
@Injectable()
export class FeedsRepository {
  /** Makes an empty feed for each audience that has none. */
  async ensure(tx: Tx, run: string, audiences: readonly string[], firstEpoch: number): Promise<void> {
    await tx.query(
      `INSERT INTO feeds (run_id, audience, epoch, head_seq, head_hash) SELECT $1, unnest($2::text[]), $4, 0, $3 ON CONFLICT DO NOTHING`,
      [run, audiences, GENESIS, firstEpoch],
    );
  }

  /** Opens a new epoch in every feed of a run; the items of the old ones stay on record. */
  async openEpoch(tx: Tx, run: string, reason: string): Promise<void> {
    await tx.query(
      'UPDATE feeds SET epoch = epoch + 1, head_seq = 0, head_hash = $2, reason = $3, moved_at = clock_timestamp() WHERE run_id = $1',
      [run, GENESIS, reason],
    );
  }

  /** Locks the heads of feeds, in the order of their names, until the transaction ends. */
  async lockHeads(tx: Tx, run: string, audiences: readonly string[]): Promise<Heads> {
    const rows = await tx.query<{ audience: string; epoch: number; head_seq: string; head_hash: Buffer }>(
      'SELECT audience, epoch, head_seq, head_hash FROM feeds WHERE run_id = $1 AND audience = ANY ($2) ORDER BY audience FOR UPDATE',
      [run, [...new Set(audiences)]],
    );
    return new Map(
      rows.map((row) => [row.audience, { epoch: row.epoch, seq: Number(row.head_seq), hash: row.head_hash }]),
    );
  }

  /**
   * Appends to feeds of one run whose heads are locked, in the order given, all in one statement. `seq` has no gap because it is
   * taken under the lock and the lock is held until the commit.
   */
  async append(tx: Tx, run: string, heads: Heads, appends: readonly Append[]): Promise<void> {
    if (appends.length === 0) {
      return;
    }
    // What several audiences are told in the same words travels once.
    const bodies = new Map<Encoded, { n: number; text: string; hash: string }>();
    const rows = appends.map(({ body, ...append }) => {
      const head = heads.get(append.audience);
      if (!head) {
        throw new Error(`The run ${run} has no feed for ${append.audience}.`);
      }
      head.seq += 1;
      head.hash = chainHash(head.hash, head.seq, body.hash, sha256);
      const sent = bodies.get(body) ?? { n: bodies.size, text: body.text, hash: body.hash.toString('hex') };
      bodies.set(body, sent);
      return { ...append, body: sent.n, epoch: head.epoch, seq: head.seq, chainHash: toHex(head.hash) };
    });
    const told = new Set(appends.map(({ audience }) => audience));
    const moved = [...heads]
      .filter(([audience]) => told.has(audience))
      .map(([audience, { seq, hash }]) => ({ audience, seq, hash: toHex(hash) }));
    await tx.query(
      `WITH moved AS (
         UPDATE feeds f SET head_seq = h.seq, head_hash = decode(h.hash, 'hex'), moved_at = clock_timestamp()
         FROM jsonb_to_recordset($4) AS h (audience text, seq bigint, hash text) WHERE f.run_id = $1 AND f.audience = h.audience
       )
       INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
       SELECT $1, a.audience, a.epoch, a.seq, a.kind, a.id, a.version, a.act, a."dueAt", a.late, b.text,
              decode(b.hash, 'hex'), decode(a."chainHash", 'hex'), clock_timestamp()
       FROM jsonb_to_recordset($2) AS a (audience text, epoch int, seq bigint, kind text, id text, version int, act text, "dueAt" bigint,
         late boolean, body int, "chainHash" text)
       JOIN jsonb_to_recordset($3) AS b (n int, text text, hash text) ON b.n = a.body`,
      [run, JSON.stringify(rows), JSON.stringify([...bodies.values()]), JSON.stringify(moved)],
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
