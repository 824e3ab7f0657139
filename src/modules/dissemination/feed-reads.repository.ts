import { Injectable } from '@nestjs/common';
import type { Clock } from '../../core/clock/clock.js';
import type { ItemBody, ItemKind } from '../../core/incident/item.js';
import type { FeedItem } from '../../core/wire/feed.js';
import type { Tx } from '../../platform/database/transactions.js';
import { CLOCK_COLUMNS, clockOf, type ClockRow } from '../runs/clock.repository.js';
import { feedName, type FeedHead, type FeedKey } from './feed.js';

interface HeadRow {
  run_id: string;
  audience: string;
  epoch: number;
  head_seq: string;
  reason: string | null;
}

interface ItemRow {
  run_id: string;
  audience: string;
  epoch: number;
  seq: string;
  kind: ItemKind;
  item_id: string;
  version: number;
  late: boolean;
  body: string;
  real_at: Date;
}

const ITEM_COLUMNS = 'i.run_id, i.audience, i.epoch, i.seq, i.kind, i.item_id, i.version, i.late, i.body, i.real_at';

type FeedPosition = FeedKey & { readonly epoch: number; readonly after: number };

/** An item of a feed as JSON. */
export interface ItemText {
  readonly seq: number;
  readonly text: string;
}

/** Reads feeds: where they stand, and what is in them. */
@Injectable()
export class FeedReadsRepository {
  /** Where these feeds stand, with the clocks of their runs and the database's time in milliseconds. */
  async heads(
    tx: Tx,
    keys: readonly FeedKey[],
  ): Promise<{ heads: (FeedKey & FeedHead & { clock: Clock })[]; nowMs: number }> {
    const rows = await tx.query<HeadRow & ClockRow & { now_ms: number }>(
      `SELECT f.run_id, f.audience, f.epoch, f.head_seq, f.reason, ${CLOCK_COLUMNS}, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now_ms
       FROM unnest($1::text[], $2::text[]) AS k (run_id, audience) JOIN feeds f USING (run_id, audience) JOIN run_clocks c USING (run_id)`,
      [keys.map(({ run }) => run), keys.map(({ audience }) => audience)],
    );
    const heads = rows.map((row) => ({
      run: row.run_id,
      audience: row.audience,
      epoch: row.epoch,
      headSeq: Number(row.head_seq),
      reason: row.reason ?? undefined,
      clock: clockOf(row),
    }));
    return { heads, nowMs: rows[0]?.now_ms ?? Date.now() };
  }

  /** Items after a position, oldest first, at most `limit` for each feed. */
  async itemsAfter(
    tx: Tx,
    positions: readonly FeedPosition[],
    limit: number,
  ): Promise<(FeedKey & { epoch: number; item: FeedItem })[]> {
    const rows = await rowsAfter(tx, positions, limit);
    return rows.map((row) => ({ run: row.run_id, audience: row.audience, epoch: row.epoch, item: itemOf(row) }));
  }

  /**
   * The same by `feedName`, as they go over the wire: the stored text of the body is put in as it is, and never parsed.
   * A feed without any has no entry.
   */
  async textsAfter(tx: Tx, positions: readonly FeedPosition[], limit: number): Promise<Map<string, ItemText[]>> {
    const byFeed = new Map<string, ItemText[]>();
    for (const row of await rowsAfter(tx, positions, limit)) {
      const name = feedName({ run: row.run_id, audience: row.audience });
      const texts = byFeed.get(name) ?? [];
      texts.push({ seq: Number(row.seq), text: textOf(row) });
      byFeed.set(name, texts);
    }
    return byFeed;
  }

  /** A feed's head as the transaction may see it. */
  async head(tx: Tx, { run, audience }: FeedKey): Promise<FeedHead | undefined> {
    const [row] = await tx.query<HeadRow>(
      'SELECT epoch, head_seq, reason FROM feeds WHERE run_id = $1 AND audience = $2',
      [run, audience],
    );
    return row && { epoch: row.epoch, headSeq: Number(row.head_seq), reason: row.reason ?? undefined };
  }

  /** The last position of an epoch, present or past; 0 when it has no items. */
  async lastSeq(tx: Tx, { run, audience }: FeedKey, epoch: number): Promise<number> {
    const [row] = await tx.query<{ seq: string | null }>(
      'SELECT max(seq) AS seq FROM feed_items WHERE run_id = $1 AND audience = $2 AND epoch = $3',
      [run, audience, epoch],
    );
    return Number(row?.seq ?? 0);
  }

  /** A feed's present epoch whole, with its head: one statement, hence one snapshot of the database. */
  async snapshot(tx: Tx, { run, audience }: FeedKey): Promise<(FeedHead & { items: FeedItem[] }) | undefined> {
    const rows = await tx.query<Partial<ItemRow> & { head_epoch: number; head_seq: string }>(
      `SELECT f.epoch AS head_epoch, f.head_seq, ${ITEM_COLUMNS} FROM feeds f LEFT JOIN feed_items i USING (run_id, audience, epoch)
       WHERE f.run_id = $1 AND f.audience = $2 ORDER BY i.seq`,
      [run, audience],
    );
    const [first] = rows;
    return (
      first && {
        epoch: first.head_epoch,
        headSeq: Number(first.head_seq),
        items: rows.filter((row): row is ItemRow & typeof row => row.seq !== null && row.seq !== undefined).map(itemOf),
      }
    );
  }
}

function rowsAfter(tx: Tx, positions: readonly FeedPosition[], limit: number): Promise<ItemRow[]> {
  return tx.query<ItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) AS k (run_id, audience, epoch, after)
     CROSS JOIN LATERAL (SELECT * FROM feed_items n WHERE n.run_id = k.run_id AND n.audience = k.audience AND n.epoch = k.epoch AND n.seq > k.after
       ORDER BY n.seq LIMIT $5) AS i ORDER BY i.run_id, i.audience, i.seq`,
    [
      positions.map(({ run }) => run),
      positions.map(({ audience }) => audience),
      positions.map(({ epoch }) => epoch),
      positions.map(({ after }) => after),
      limit,
    ],
  );
}

/** The fields of a `FeedItem`, in its order. */
function textOf(row: ItemRow): string {
  const id = JSON.stringify(row.item_id);
  const head = `"seq":${row.seq},"kind":"${row.kind}","id":${id},"version":${row.version},"late":${row.late}`;
  return `{${head},"realAt":"${row.real_at.toISOString()}","body":${row.body}}`;
}

function itemOf(row: ItemRow): FeedItem {
  return {
    seq: Number(row.seq),
    kind: row.kind,
    id: row.item_id,
    version: row.version,
    late: row.late,
    realAt: row.real_at.toISOString(),
    body: JSON.parse(row.body) as ItemBody,
  };
}
