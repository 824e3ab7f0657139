import { Injectable } from '@nestjs/common';
import type { ItemRef } from '../../core/wire/feed.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';

export interface Acknowledged extends ItemRef {
  readonly audience: string;
  readonly desk: string;
  readonly person: string;
  readonly note?: string;
  readonly at: Date;
}

export interface Displayed extends ItemRef {
  readonly audience: string;
  readonly desk: string;
  readonly at: Date;
}

/** Receipts name only what stands in the present epoch of the desk's own feed: anything else was never shown. */
const SHOWN = `FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)
  WHERE i.run_id = $1 AND i.audience = $2 AND i.kind = $4 AND i.item_id = $5 AND i.version = $6`;

@Injectable()
export class ReceiptsRepository {
  /**
   * Notes up to where a desk has received; it never goes back within an epoch. Returns whether the feed has got that far:
   * a console that says it has what was not sent has mixed something up, and must not stand on record as informed.
   */
  async received(
    tx: Tx,
    { run, audience }: FeedKey,
    desk: string,
    position: { epoch: number; seq: number },
  ): Promise<boolean> {
    const [row] = await tx.query<{ found: boolean }>(
      `WITH reached AS (SELECT run_id, audience FROM feeds
                        WHERE run_id = $1 AND audience = $2 AND (epoch > $4::int OR (epoch = $4::int AND head_seq >= $5::bigint))),
            noted AS (INSERT INTO received (run_id, audience, desk, epoch, seq)
                      SELECT run_id, audience, $3::text, $4::int, $5::bigint FROM reached
                      ON CONFLICT (run_id, desk) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, at = clock_timestamp()
                      WHERE (excluded.epoch, excluded.seq) > (received.epoch, received.seq))
       SELECT EXISTS (SELECT FROM reached) AS found`,
      [run, audience, desk, position.epoch, position.seq],
    );
    return row?.found ?? false;
  }

  /** Notes that a desk has an item on its screen. Returns whether the item is in the feed. */
  async displayed(tx: Tx, { run, audience }: FeedKey, desk: string, { kind, id, version }: ItemRef): Promise<boolean> {
    const [row] = await tx.query<{ found: boolean }>(
      `WITH shown AS (SELECT i.run_id, i.audience, $3::text AS desk, i.epoch, i.kind, i.item_id, i.version ${SHOWN}),
            noted AS (INSERT INTO displays (run_id, audience, desk, epoch, kind, item_id, version) SELECT * FROM shown ON CONFLICT DO NOTHING)
       SELECT EXISTS (SELECT FROM shown) AS found`,
      [run, audience, desk, kind, id, version],
    );
    return row?.found ?? false;
  }

  /**
   * Notes who acknowledged an item for a desk. Returns `noted`, `repeated` for the same with the same key once more, `other`
   * when the key stands for another acknowledgement, or undefined when the item is not in the feed.
   */
  async acknowledge(
    tx: Tx,
    { run, audience }: FeedKey,
    desk: string,
    { kind, id, version }: ItemRef,
    by: { userId: string; person: string; note?: string; key: string },
  ): Promise<'noted' | 'repeated' | 'other' | undefined> {
    const [row] = await tx.query<{ epoch: number | null; noted: boolean }>(
      `WITH shown AS (SELECT i.run_id, i.audience, $3::text AS desk, i.epoch, i.kind, i.item_id, i.version ${SHOWN}),
            noted AS (INSERT INTO acknowledgements (run_id, audience, desk, epoch, kind, item_id, version, user_id, person, note, key)
                      SELECT shown.*, $7::uuid, $8, $9, $10 FROM shown ON CONFLICT (run_id, desk, key) DO NOTHING RETURNING 1)
       SELECT (SELECT epoch FROM shown) AS epoch, EXISTS (SELECT FROM noted) AS noted`,
      [run, audience, desk, kind, id, version, by.userId, by.person, by.note ?? null, by.key],
    );
    if (!row || row.epoch === null) {
      return undefined;
    }
    if (row.noted) {
      return 'noted';
    }
    const same = await tx.query(
      `SELECT 1 FROM acknowledgements WHERE run_id = $1 AND desk = $2 AND key = $3
       AND (epoch, kind, item_id, version) = ($4, $5, $6, $7)`,
      [run, desk, by.key, row.epoch, kind, id, version],
    );
    return same.length > 0 ? 'repeated' : 'other';
  }

  /** The acknowledgements of the present epoch that the transaction may see, oldest first. */
  async acknowledgements(tx: Tx, run: string, audience?: string): Promise<Acknowledged[]> {
    const rows = await tx.query<Acknowledged & { item_id: string; note: string | null }>(
      `SELECT a.audience, a.desk, a.kind, a.item_id, a.version, a.person, a.note, a.at FROM acknowledgements a
       JOIN feeds f USING (run_id, audience, epoch) WHERE a.run_id = $1 AND ($2::text IS NULL OR a.audience = $2) ORDER BY a.at`,
      [run, audience ?? null],
    );
    return rows.map(({ item_id, note, ...row }) => ({ ...row, id: item_id, note: note ?? undefined }));
  }

  async displays(tx: Tx, run: string): Promise<Displayed[]> {
    const rows = await tx.query<Displayed & { item_id: string }>(
      `SELECT d.audience, d.desk, d.kind, d.item_id, d.version, d.at FROM displays d JOIN feeds f USING (run_id, audience, epoch)
       WHERE d.run_id = $1 ORDER BY d.at`,
      [run],
    );
    return rows.map(({ item_id, ...row }) => ({ ...row, id: item_id }));
  }
}
