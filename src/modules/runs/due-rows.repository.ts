import { Injectable } from '@nestjs/common';
import type { Act } from '../../core/delivery/delivery.js';
import type { DueStep } from '../../core/delivery/due.js';
import type { ItemContent, ItemKnowledge } from '../../core/incident/item-body.js';
import type { ItemKind } from '../../core/incident/item.js';
import type { BranchCondition } from '../../core/scenario/branch.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { DueRow, Origin, RunItem, Settled } from './due-row.js';

interface Row {
  due_at: string;
  item_id: string;
  audience: string;
  version: number;
  step: DueStep;
  kind: ItemKind;
  origin: Origin;
  known: ItemKnowledge;
  created_run_at: string;
  branch: BranchCondition | null;
  turn: number;
}

export interface DueRowState extends DueRow {
  readonly state: 'pending' | Settled | 'void';
  readonly reason?: string;
  readonly plannedAt: RunTime;
}

const COLUMNS = 'due_at, item_id, audience, version, step, kind, origin, known, created_run_at, branch, turn';
/** The order of `byDueOrder`; the texts have the C collation. */
const ORDER = `ORDER BY due_at, (step = 'end'), (origin = 'input'), turn, item_id, audience, version`;

@Injectable()
export class DueRowsRepository {
  /** Adds items and what falls due of them, all in one statement each. */
  async insert(tx: Tx, run: string, items: readonly RunItem[], rows: readonly DueRow[]): Promise<void> {
    await Promise.all([
      items.length > 0 &&
        tx.query(
          `INSERT INTO run_items (run_id, id, version, kind, act, origin, body, created_run_at)
           SELECT $1, i.* FROM jsonb_to_recordset($2) AS i (id text, version int, kind text, act text, origin text, content jsonb, "createdAt" bigint)`,
          [run, JSON.stringify(items)],
        ),
      rows.length > 0 &&
        tx.query(
          `INSERT INTO due_rows (run_id, due_at, item_id, audience, version, step, kind, origin, known, created_run_at, branch, turn, planned_at)
           SELECT $1, d."dueAt", d."itemId", d.audience, d.version, d.step, d.kind, d.origin, d.known, d."createdAt", d.branch,
               coalesce(d.turn, 0), d."dueAt" FROM jsonb_to_recordset($2)
             AS d ("dueAt" bigint, "itemId" text, audience text, version int, step text, kind text, origin text, known jsonb, "createdAt" bigint, branch jsonb, turn int)`,
          [run, JSON.stringify(rows)],
        ),
    ]);
  }

  /**
   * The pending rows that are due by the clock of their run, in order, at most `limit`; claimed until the transaction ends.
   * The database reads the clock itself, so that this can travel with the statement that reads it for the caller: whoever
   * reckons with an earlier moment leaves the rows after it.
   */
  async claim(tx: Tx, run: string, limit: number): Promise<DueRow[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM due_rows WHERE run_id = $1 AND state = 'pending' AND due_at <= (
         SELECT floor(least(c.end_at, c.run_at + c.rate * greatest(0, extract(epoch FROM clock_timestamp() - c.real_at) * 1000)))::bigint
         FROM run_clocks c WHERE c.run_id = $1) ${ORDER} LIMIT $2 FOR UPDATE`,
      [run, limit],
    );
    return rows.map(dueRowOf);
  }

  /** When the next pending row of a run falls due; undefined when none is left. */
  async nextDueAt(tx: Tx, run: string): Promise<RunTime | undefined> {
    const [row] = await tx.query<{ due_at: string }>(
      `SELECT due_at FROM due_rows WHERE run_id = $1 AND state = 'pending' ORDER BY due_at LIMIT 1`,
      [run],
    );
    return row && runTime(Number(row.due_at));
  }

  /** Says what became of rows. Whoever settles first has settled: only what is still pending changes. */
  async settle(
    tx: Tx,
    run: string,
    settled: readonly { row: DueRow; state: Settled; reason?: string }[],
  ): Promise<void> {
    if (settled.length === 0) {
      return;
    }
    const values = settled.map(({ row, state, reason }) => ({
      item: row.itemId,
      version: row.version,
      audience: row.audience,
      step: row.step,
      state,
      reason,
    }));
    // Each row is looked up by its key and changed where it lies. Joined as a whole, on a schedule that was not analysed yet,
    // PostgreSQL would read every pending row of the run, of which thousands are duties for later.
    await tx.query(
      `UPDATE due_rows d SET state = s.state, reason = s.reason
       FROM jsonb_to_recordset($2) AS s (item text, version int, audience text, step text, state text, reason text)
       CROSS JOIN LATERAL (SELECT p.ctid AS place, p.state FROM due_rows p WHERE p.run_id = $1 AND p.item_id = s.item
         AND p.version = s.version AND p.audience = s.audience AND p.step = s.step OFFSET 0) AS k
       WHERE d.ctid = k.place AND k.state = 'pending'`,
      [run, JSON.stringify(values)],
    );
  }

  /** The contents of the items that these rows tell of, by id and version. */
  async contents(
    tx: Tx,
    run: string,
    rows: readonly DueRow[],
  ): Promise<Map<string, { content: ItemContent; act: Act }>> {
    const wanted = new Map(rows.map(({ itemId: id, version }) => [contentKey(id, version), { id, version }]));
    // One by one by their keys: joined as a whole, every item that the run ever had may be read.
    const found = await tx.query<{ id: string; version: number; act: Act; body: ItemContent }>(
      `SELECT k.id, k.version, i.act, i.body FROM jsonb_to_recordset($2) AS k (id text, version int)
       CROSS JOIN LATERAL (SELECT n.act, n.body FROM run_items n WHERE n.run_id = $1 AND n.id = k.id AND n.version = k.version OFFSET 0) AS i`,
      [run, JSON.stringify([...wanted.values()])],
    );
    return new Map(found.map(({ id, version, act, body }) => [contentKey(id, version), { content: body, act }]));
  }

  /** Rows of a run by state and kind, in order. */
  async list<State extends DueRowState['state'] = DueRowState['state']>(
    tx: Tx,
    run: string,
    filter: { states?: readonly State[]; kind?: ItemKind; itemId?: string; onBranch?: true } = {},
  ): Promise<(DueRowState & { readonly state: State })[]> {
    const rows = await tx.query<Row & { state: State; reason: string | null; planned_at: string }>(
      `SELECT ${COLUMNS}, state, reason, planned_at FROM due_rows
       WHERE run_id = $1 AND ($2::text[] IS NULL OR state = ANY ($2)) AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR item_id = $4)
         AND ($5::boolean IS NULL OR branch IS NOT NULL) ${ORDER}`,
      [run, filter.states ?? null, filter.kind ?? null, filter.itemId ?? null, filter.onBranch ?? null],
    );
    return rows.map((row) => ({
      ...dueRowOf(row),
      state: row.state,
      reason: row.reason ?? undefined,
      plannedAt: runTime(Number(row.planned_at)),
    }));
  }

  /** Has a step taken once more, at a later run time. */
  async postpone(tx: Tx, run: string, row: DueRow, dueAt: RunTime): Promise<void> {
    await tx.query(
      `UPDATE due_rows SET due_at = $6 WHERE run_id = $1 AND item_id = $2 AND version = $3 AND audience = $4 AND step = $5`,
      [run, row.itemId, row.version, row.audience, row.step, dueAt],
    );
  }

  /** Moves pending deliveries to another run time. */
  async move(tx: Tx, run: string, rows: readonly DueRow[], dueAt: RunTime): Promise<void> {
    const moved = rows.map(({ itemId, version, audience }) => ({ item: itemId, version, audience }));
    await tx.query(
      `UPDATE due_rows d SET due_at = $3 FROM jsonb_to_recordset($2) AS m (item text, version int, audience text)
       WHERE d.run_id = $1 AND d.item_id = m.item AND d.version = m.version AND d.audience = m.audience
         AND d.step = 'deliver' AND d.state = 'pending'`,
      [run, JSON.stringify(moved), dueAt],
    );
  }

  /**
   * Makes the schedule what it was at `to`: derived rows and items go (they are derived again), people's input after `to` is
   * void, a row that was moved falls due when it was planned, and everything else is pending once more.
   */
  async rewind(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query(`DELETE FROM due_rows WHERE run_id = $1 AND origin = 'derived'`, [run]);
    await tx.query(`DELETE FROM run_items WHERE run_id = $1 AND origin = 'derived'`, [run]);
    await tx.query(
      `UPDATE due_rows SET reason = NULL,
         state = CASE WHEN origin = 'input' AND created_run_at > $2 THEN 'void' WHEN state = 'void' THEN 'void' ELSE 'pending' END,
         due_at = CASE WHEN due_at > $2 THEN planned_at ELSE due_at END
       WHERE run_id = $1`,
      [run, to],
    );
  }

  /**
   * The runs whose next row has been due for longer than `graceMs` of wall time, with how long that is. It works on the
   * database's clock alone, so that it finds what a lost job or a wrong timer left behind.
   */
  async overdueRuns(tx: Tx, graceMs: number): Promise<{ run: string; ageMs: number }[]> {
    return tx.query<{ run: string; ageMs: number }>(
      `SELECT c.run_id AS run, greatest(0, (run_now - next.due_at) / c.speed) AS "ageMs" FROM run_clocks c
       CROSS JOIN LATERAL (SELECT due_at FROM due_rows d WHERE d.run_id = c.run_id AND d.state = 'pending' ORDER BY due_at LIMIT 1) AS next
       CROSS JOIN LATERAL (SELECT extract(epoch FROM clock_timestamp() - c.real_at)::float8 * 1000 AS elapsed_ms) AS e
       CROSS JOIN LATERAL (SELECT least(c.end_at, c.run_at + c.rate * greatest(0, e.elapsed_ms)) AS run_now) AS n
       WHERE next.due_at <= least(c.end_at, c.run_at + c.rate * greatest(0, e.elapsed_ms - $1))`,
      [graceMs],
    );
  }
}

/** The key of one version of an item. */
export const contentKey = (id: string, version: number): string => `${version} ${id}`;

function dueRowOf(row: Row): DueRow {
  return {
    dueAt: runTime(Number(row.due_at)),
    itemId: row.item_id,
    audience: row.audience,
    version: row.version,
    step: row.step,
    kind: row.kind,
    origin: row.origin,
    known: row.known,
    createdAt: runTime(Number(row.created_run_at)),
    turn: row.turn,
    ...(row.branch ? { branch: row.branch } : {}),
  };
}
