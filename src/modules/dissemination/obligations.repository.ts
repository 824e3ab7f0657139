import { Injectable } from '@nestjs/common';
import type { ItemKind } from '../../core/incident/item.js';
import type {
  CloseReason,
  DutyReceipts,
  LapseReason,
  Obligation,
  ObligationState,
} from '../../core/obligation/obligation.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { ItemRef } from '../../core/wire/feed.js';
import type { Tx } from '../../platform/database/transactions.js';

/** An item version that was shown to an audience, with the obligation that it opens, if any. */
export interface Opening extends ItemRef {
  readonly audience: string;
  /** What becomes of open obligations towards earlier versions. */
  readonly closes: CloseReason;
  readonly opens?: Omit<Obligation, 'state'> & {
    readonly state: ObligationState;
    readonly reason?: CloseReason;
  };
}

/** One version of an item towards one audience: what a duty row is about. */
export interface DutyKey extends ItemRef {
  readonly audience: string;
}

export interface DutyRow extends DutyKey {
  readonly dueAt: RunTime;
}

/** Where a chain of escalation stands. */
export interface Chain {
  readonly obligations: readonly (Obligation & { readonly reason?: LapseReason | CloseReason })[];
  readonly receipts: DutyReceipts;
}

/** How an obligation stands, or is to stand. */
export interface ObligationChange extends DutyKey {
  readonly desk: string;
  readonly rank: number;
  readonly state: ObligationState;
  readonly reason?: LapseReason | CloseReason;
  readonly openedAt: RunTime;
  readonly displayBy: RunTime;
  readonly acknowledgeBy: RunTime;
}

interface ChainRow {
  audience: string;
  kind: ItemKind;
  item_id: string;
  version: number;
  desk: string;
  rank: number;
  state: ObligationState;
  reason: LapseReason | CloseReason | null;
  opened_at: string;
  display_by: string;
  acknowledge_by: string;
  displayed: string[] | null;
  acknowledged: string[] | null;
}

/** Counts one change for each audience in `given` and keeps later ones waiting until the transaction ends. */
const HEADS = `heads AS (
  INSERT INTO receipt_heads AS h (run_id, audience, revision) SELECT DISTINCT $1, g.audience, 1 FROM given g ORDER BY g.audience
  ON CONFLICT (run_id, audience) DO UPDATE SET revision = h.revision + 1 RETURNING h.audience, h.revision)`;

/** Obligations are the pipeline's alone to write: opened by what was shown, ended by their deadlines or a later version. */
@Injectable()
export class ObligationsRepository {
  /** Ends the open obligations towards versions before these: what was acknowledged is met, the rest is closed. */
  async end(tx: Tx, run: string, openings: readonly Opening[]): Promise<void> {
    if (openings.length === 0) {
      return;
    }
    const given = openings.map(({ audience, kind, id, version, closes }) => ({ audience, kind, id, version, closes }));
    await tx.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS g (audience text, kind text, id text, version int, closes text)),
            ${HEADS}
       UPDATE obligations o SET revision = h.revision, (state, reason) = (
         SELECT CASE WHEN count(*) > 0 THEN 'met' ELSE 'closed' END, CASE WHEN count(*) = 0 THEN g.closes END
         FROM acknowledgements a WHERE a.run_id = o.run_id AND a.audience = o.audience AND a.desk = o.desk
           AND (a.epoch, a.kind, a.item_id, a.version) = (o.epoch, o.kind, o.item_id, o.version))
       FROM given g JOIN heads h USING (audience) JOIN feeds f ON f.run_id = $1 AND f.audience = g.audience
       WHERE o.run_id = $1 AND o.audience = g.audience AND o.epoch = f.epoch AND o.kind = g.kind
         AND o.item_id = g.id AND o.version < g.version AND o.state = 'open'`,
      [run, JSON.stringify(given)],
    );
  }

  /** Opens the obligations of a batch of what was shown, in one statement. */
  async open(tx: Tx, run: string, openings: readonly Opening[]): Promise<void> {
    const given = openings.flatMap(({ audience, kind, id, version, opens }) =>
      opens ? [{ audience, kind, id, version, ...opens }] : [],
    );
    if (given.length === 0) {
      return;
    }
    await tx.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS g (audience text, kind text, id text, version int, desk text, rank int,
              state text, reason text, "openedAt" bigint, "displayBy" bigint, "acknowledgeBy" bigint)),
            ${HEADS}
       INSERT INTO obligations (run_id, audience, desk, epoch, kind, item_id, version, rank, state, reason, opened_at, display_by, acknowledge_by, revision)
       SELECT $1, g.audience, g.desk, f.epoch, g.kind, g.id, g.version, g.rank, g.state, g.reason, g."openedAt", g."displayBy", g."acknowledgeBy", h.revision
       FROM given g JOIN heads h USING (audience) JOIN feeds f ON f.run_id = $1 AND f.audience = g.audience`,
      [run, JSON.stringify(given)],
    );
  }

  /**
   * The duty rows that are due by `now`, in order, at most `limit`. One that comes after a telling of its own item which is still
   * to be done waits for it: what is told there may end the duty.
   */
  async due(tx: Tx, run: string, now: RunTime, limit: number): Promise<DutyRow[]> {
    const rows = await tx.query<{ audience: string; kind: ItemKind; id: string; version: number; due_at: string }>(
      `SELECT d.audience, d.kind, d.item_id AS id, d.version, d.due_at FROM due_rows d
       WHERE d.run_id = $1 AND d.state = 'pending' AND d.step = 'duty' AND d.due_at <= $2
         AND NOT EXISTS (SELECT FROM due_rows t WHERE t.run_id = d.run_id AND t.item_id = d.item_id AND t.audience = d.audience
                         AND t.step = 'deliver' AND t.state = 'pending' AND t.due_at < d.due_at)
       ORDER BY d.due_at, d.item_id, d.audience, d.version LIMIT $3`,
      [run, now, limit],
    );
    return rows.map(({ due_at, ...row }) => ({ ...row, dueAt: runTime(Number(due_at)) }));
  }

  /** Where the chains of these item versions stand in the present epoch, by `dutyKey`. */
  async chains(tx: Tx, run: string, duties: readonly DutyKey[]): Promise<Map<string, Chain>> {
    const rows = await tx.query<ChainRow>(
      `SELECT o.audience, o.kind, o.item_id, o.version, o.desk, o.rank, o.state, o.reason, o.opened_at, o.display_by, o.acknowledge_by,
         (SELECT array_agg(d.desk) FROM run_desks r JOIN displays d USING (run_id, desk) WHERE r.run_id = o.run_id AND r.audience = o.audience
            AND (d.epoch, d.kind, d.item_id, d.version) = (o.epoch, o.kind, o.item_id, o.version)) AS displayed,
         (SELECT array_agg(a.desk) FROM acknowledgements a WHERE a.run_id = o.run_id AND a.audience = o.audience
            AND (a.epoch, a.kind, a.item_id, a.version) = (o.epoch, o.kind, o.item_id, o.version)) AS acknowledged
       FROM jsonb_to_recordset($2) AS k (audience text, kind text, id text, version int)
       JOIN obligations o ON o.run_id = $1 AND o.audience = k.audience AND o.kind = k.kind AND o.item_id = k.id AND o.version = k.version
       JOIN feeds f ON f.run_id = o.run_id AND f.audience = o.audience AND f.epoch = o.epoch ORDER BY o.rank`,
      [run, JSON.stringify(duties.map(({ audience, kind, id, version }) => ({ audience, kind, id, version })))],
    );
    const chains = new Map<string, Chain & { obligations: Obligation[] }>();
    for (const { item_id: id, kind, audience, version, displayed, acknowledged, ...row } of rows) {
      const key = dutyKey({ audience, kind, id, version });
      const receipts = { displayed: new Set(displayed), acknowledged: new Set(acknowledged) };
      const chain = chains.get(key) ?? { obligations: [], receipts };
      chain.obligations.push(obligationOf(row));
      chains.set(key, chain);
    }
    return chains;
  }

  /** Stores how obligations now stand, new ones among them, in one statement. */
  async save(tx: Tx, run: string, changes: readonly ObligationChange[]): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    await tx.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS g (audience text, kind text, id text, version int, desk text, rank int, state text,
              reason text, "openedAt" bigint, "displayBy" bigint, "acknowledgeBy" bigint)),
            ${HEADS}
       INSERT INTO obligations AS o (run_id, audience, desk, epoch, kind, item_id, version, rank, state, reason, opened_at, display_by, acknowledge_by, revision)
       SELECT $1, g.audience, g.desk, f.epoch, g.kind, g.id, g.version, g.rank, g.state, g.reason, g."openedAt", g."displayBy", g."acknowledgeBy", h.revision
       FROM given g JOIN heads h USING (audience) JOIN feeds f ON f.run_id = $1 AND f.audience = g.audience
       ON CONFLICT (run_id, desk, epoch, kind, item_id, version) DO UPDATE SET state = excluded.state, reason = excluded.reason, revision = excluded.revision`,
      [run, JSON.stringify(changes)],
    );
  }

  /** Ends duty rows, or has them looked at again at a later run time, all in one statement. */
  async settle(tx: Tx, run: string, rows: readonly (DutyKey & { againAt?: RunTime })[]): Promise<void> {
    await tx.query(
      `UPDATE due_rows d SET state = CASE WHEN s."againAt" IS NULL THEN 'done' ELSE 'pending' END, due_at = coalesce(s."againAt", d.due_at)
       FROM jsonb_to_recordset($2) AS s (audience text, id text, version int, "againAt" bigint)
       WHERE d.run_id = $1 AND d.item_id = s.id AND d.version = s.version AND d.audience = s.audience AND d.step = 'duty'`,
      [run, JSON.stringify(rows)],
    );
  }
}

/** The key of one version of an item towards one audience. */
export const dutyKey = ({ audience, kind, id, version }: DutyKey): string => `${audience} ${version} ${kind} ${id}`;

function obligationOf({
  desk,
  rank,
  state,
  reason,
  ...row
}: Pick<ChainRow, 'desk' | 'rank' | 'state' | 'reason' | 'opened_at' | 'display_by' | 'acknowledge_by'>): Obligation & {
  reason?: LapseReason | CloseReason;
} {
  return {
    desk,
    rank,
    state,
    reason: reason ?? undefined,
    openedAt: runTime(Number(row.opened_at)),
    displayBy: runTime(Number(row.display_by)),
    acknowledgeBy: runTime(Number(row.acknowledge_by)),
  };
}
