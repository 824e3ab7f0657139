import { Injectable } from '@nestjs/common';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import type { DisplayedMessage as ShownRef } from '../../core/wire/desk-events.js';
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

/** That a desk's console has everything up to a position, as it said. */
export interface ReceivedEntry {
  readonly key: FeedKey;
  readonly desk: string;
  readonly epoch: number;
  readonly seq: number;
}

/** That a desk has an item on its screen, as its console said. */
export interface DisplayedEntry {
  readonly key: FeedKey;
  readonly desk: string;
  readonly item: ShownRef;
}

/**
 * `whoSeesReceipt` (core) for one reading audience: receipts of others where they are shared, for what stands in its own feed.
 * It sees no feed but its own; all feeds of a run are in the same epoch.
 */
const SHARED = `OR (shares_receipts(a.run_id) AND EXISTS (SELECT FROM feed_items i JOIN feeds own USING (run_id, audience, epoch)
  WHERE i.run_id = a.run_id AND i.audience = $2 AND (i.kind, i.item_id, i.version) = (a.kind, a.item_id, a.version)))`;

/** Receipts name only what stands in the present epoch of the desk's own feed: anything else was never shown. */
@Injectable()
export class ReceiptsRepository {
  /**
   * Notes up to where desks have received; it never goes back within an epoch. Returns for each entry whether the feed has got
   * that far: a console that says it has what was not sent has mixed something up, and must not stand on record as informed.
   */
  async received(tx: Tx, entries: readonly ReceivedEntry[]): Promise<boolean[]> {
    if (entries.length === 0) {
      return [];
    }
    const rows = await tx.query<{ n: string }>(
      `WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[])
                        WITH ORDINALITY AS g (run_id, audience, desk, epoch, seq, n)),
            reached AS (SELECT g.* FROM given g JOIN feeds f USING (run_id, audience)
                        WHERE f.epoch > g.epoch OR (f.epoch = g.epoch AND f.head_seq >= g.seq)),
            noted AS (INSERT INTO received (run_id, audience, desk, epoch, seq)
                      SELECT DISTINCT ON (run_id, desk) run_id, audience, desk, epoch, seq FROM reached ORDER BY run_id, desk, epoch DESC, seq DESC
                      ON CONFLICT (run_id, desk) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, at = clock_timestamp()
                      WHERE (excluded.epoch, excluded.seq) > (received.epoch, received.seq))
       SELECT n FROM reached`,
      [
        entries.map(({ key }) => key.run),
        entries.map(({ key }) => key.audience),
        entries.map(({ desk }) => desk),
        entries.map(({ epoch }) => epoch),
        entries.map(({ seq }) => seq),
      ],
    );
    return foundIn(entries, rows);
  }

  /** Notes which items desks have on their screens. Returns for each entry whether the item is in the feed. */
  async displayed(tx: Tx, entries: readonly DisplayedEntry[]): Promise<boolean[]> {
    if (entries.length === 0) {
      return [];
    }
    const rows = await tx.query<{ n: string }>(
      `WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[])
                        WITH ORDINALITY AS g (run_id, audience, desk, kind, item_id, version, told_in, n)),
            shown AS (SELECT g.*, i.epoch FROM given g JOIN feeds f USING (run_id, audience)
                      JOIN feed_items i USING (run_id, audience, epoch, kind, item_id, version)
                      WHERE coalesce(g.told_in, i.epoch) = i.epoch),
            fresh AS (SELECT DISTINCT run_id, audience, desk, epoch, kind, item_id, version FROM shown s
                      WHERE NOT EXISTS (SELECT FROM displays d WHERE (d.run_id, d.desk, d.epoch, d.kind, d.item_id, d.version)
                                                                   = (s.run_id, s.desk, s.epoch, s.kind, s.item_id, s.version))),
            heads AS (INSERT INTO receipt_heads AS h (run_id, audience, revision)
                      SELECT DISTINCT run_id, audience, 1 FROM fresh ORDER BY run_id, audience
                      ON CONFLICT (run_id, audience) DO UPDATE SET revision = h.revision + 1 RETURNING run_id, audience, revision),
            noted AS (INSERT INTO displays (run_id, audience, desk, epoch, kind, item_id, version, revision)
                      SELECT f.*, h.revision FROM fresh f JOIN heads h USING (run_id, audience) ON CONFLICT DO NOTHING)
       SELECT n FROM shown`,
      [
        entries.map(({ key }) => key.run),
        entries.map(({ key }) => key.audience),
        entries.map(({ desk }) => desk),
        entries.map(({ item }) => item.kind),
        entries.map(({ item }) => item.id),
        entries.map(({ item }) => item.version),
        entries.map(({ item }) => item.epoch ?? null),
      ],
    );
    return foundIn(entries, rows);
  }

  /**
   * Notes who acknowledged an item for a desk. Returns `noted`, `repeated` for the same with the same key once more, `other`
   * when the key stands for another acknowledgement, or undefined when the item is not in the feed. It takes the count of
   * changes, which others wait for, so it comes last in its transaction.
   */
  async acknowledge(
    tx: Tx,
    { run, audience }: FeedKey,
    desk: string,
    { kind, id, version, epoch }: ShownRef,
    by: { userId: string; person: string; note?: string; key: string },
  ): Promise<'noted' | 'repeated' | 'other' | undefined> {
    const [row] = await tx.query<{ epoch: number | null; noted: boolean }>(
      `WITH shown AS (SELECT i.run_id, i.audience, $3::text AS desk, i.epoch, i.kind, i.item_id, i.version
                      FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)
                      WHERE i.run_id = $1 AND i.audience = $2 AND i.kind = $4 AND i.item_id = $5 AND i.version = $6
                        AND coalesce($11::int, i.epoch) = i.epoch),
            heads AS (INSERT INTO receipt_heads AS h (run_id, audience, revision) SELECT run_id, audience, 1 FROM shown
                      WHERE NOT EXISTS (SELECT FROM acknowledgements WHERE run_id = $1 AND desk = $3 AND key = $10)
                      ON CONFLICT (run_id, audience) DO UPDATE SET revision = h.revision + 1 RETURNING h.revision),
            noted AS (INSERT INTO acknowledgements (run_id, audience, desk, epoch, kind, item_id, version, user_id, person, note, key, revision)
                      SELECT shown.*, $7::uuid, $8, $9, $10, heads.revision FROM shown, heads
                      ON CONFLICT (run_id, desk, key) DO NOTHING RETURNING 1)
       SELECT (SELECT epoch FROM shown) AS epoch, EXISTS (SELECT FROM noted) AS noted`,
      [run, audience, desk, kind, id, version, by.userId, by.person, by.note ?? null, by.key, epoch ?? null],
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

  /**
   * The acknowledgements of the present epoch that the transaction may see, oldest first: all for control and without an audience;
   * for one audience its own and, where receipts are shared, those of the others for what it was shown itself, without their notes.
   */
  async acknowledgements(tx: Tx, run: string, audience: string = CONTROL): Promise<Acknowledged[]> {
    const rows = await tx.query<Acknowledged & { item_id: string; note: string | null }>(
      `SELECT a.audience, a.desk, a.kind, a.item_id, a.version, a.person, CASE WHEN $2 = 'control' OR a.audience = $2 THEN a.note END AS note, a.at
       FROM acknowledgements a
       JOIN feeds f ON f.run_id = a.run_id AND f.audience = CASE WHEN $2 = 'control' THEN a.audience ELSE $2 END AND f.epoch = a.epoch
       WHERE a.run_id = $1 AND ($2 = 'control' OR a.audience = $2 ${SHARED}) ORDER BY a.at`,
      [run, audience],
    );
    return rows.map(({ item_id, note, ...row }) => ({ ...row, id: item_id, note: note ?? undefined }));
  }

  /** How far each desk has received the present epoch. */
  async positions(tx: Tx, run: string): Promise<{ audience: string; desk: string; seq: number; at: Date }[]> {
    const rows = await tx.query<{ audience: string; desk: string; seq: string; at: Date }>(
      `SELECT r.audience, r.desk, r.seq, r.at FROM received r JOIN feeds f USING (run_id, audience, epoch) WHERE r.run_id = $1 ORDER BY r.desk`,
      [run],
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
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

/** Which of these entries are among the rows, which number them from 1. */
function foundIn(entries: readonly unknown[], rows: readonly { n: string }[]): boolean[] {
  const found = new Set(rows.map(({ n }) => Number(n)));
  return entries.map((_, index) => found.has(index + 1));
}
