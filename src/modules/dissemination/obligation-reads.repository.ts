import { Injectable } from '@nestjs/common';
import type { ItemKind } from '../../core/incident/item.js';
import type { CloseReason, LapseReason, ObligationState } from '../../core/obligation/obligation.js';
import { isoOf, runTime } from '../../core/time/time.js';
import type { ObligationView } from '../../core/wire/obligation.js';
import type { Tx } from '../../platform/database/transactions.js';

/** A row of `OBLIGATION_COLUMNS`. */
export interface ObligationRow {
  audience: string;
  epoch: number;
  desk: string;
  kind: ItemKind;
  item_id: string;
  version: number;
  rank: number;
  state: ObligationState;
  reason: LapseReason | CloseReason | null;
  opened_at: string;
  display_by: string;
  acknowledge_by: string;
}

/** An obligation with who has acknowledged, for looking back. */
export interface ObligationRecord extends ObligationView {
  /** Wall time of the desk's own first acknowledgement. */
  readonly acknowledgedAt?: Date;
}

export const OBLIGATION_COLUMNS =
  'o.audience, o.epoch, o.desk, o.kind, o.item_id, o.version, o.rank, o.state, o.reason, o.opened_at, o.display_by, o.acknowledge_by';

/** Of an obligation `o`: the acknowledgements of its own version by its own audience. */
const ACKNOWLEDGED = `acknowledgements a WHERE a.run_id = o.run_id AND a.audience = o.audience AND a.epoch = o.epoch
  AND a.item_id = o.item_id AND a.version = o.version AND a.kind = o.kind`;
/** The audience was shown a later version. */
const REPLACED = `EXISTS (SELECT FROM feed_items i WHERE i.run_id = o.run_id AND i.audience = o.audience AND i.epoch = o.epoch
  AND i.kind = o.kind AND i.item_id = o.item_id AND i.version > o.version)`;
/** A jump passed the deadline over: nobody is late for time that did not run. */
const JUMPED_OVER = `EXISTS (SELECT FROM due_rows d WHERE d.run_id = o.run_id AND d.item_id = o.item_id AND d.version = o.version
  AND d.audience = o.audience AND d.step = 'duty' AND d.state = 'cancelled')`;

/**
 * Obligations as they stand. Desks may not write them, so an acknowledgement shows in the row only once the chain's next step has
 * noted it; until then it is derived here, by the rule of `answered` (core). Only the pipeline and control see due rows, so only
 * they may ask.
 */
@Injectable()
export class ObligationReadsRepository {
  /**
   * Those of the present epoch that nobody has answered and that no later version has replaced, of one audience or of all. Lapsed
   * ones are among them: whoever looks only now must not take an alert that everybody let pass for one that is in hand.
   * The newest `limit` of them, in the order in which they were opened: an old one that everybody has let pass for months is a
   * matter for the report.
   */
  async outstanding(tx: Tx, run: string, audience: string | undefined, limit: number): Promise<ObligationView[]> {
    const rows = await tx.query<ObligationRow>(
      `SELECT ${OBLIGATION_COLUMNS} FROM obligations o JOIN feeds f USING (run_id, audience, epoch)
       WHERE o.run_id = $1 AND o.state IN ('open', 'lapsed') AND ($2::text IS NULL OR o.audience = $2)
         AND NOT EXISTS (SELECT FROM ${ACKNOWLEDGED}) AND NOT ${REPLACED} AND (o.state = 'lapsed' OR NOT ${JUMPED_OVER})
       ORDER BY o.opened_at DESC, o.item_id, o.audience, o.rank LIMIT $3`,
      [run, audience ?? null, limit],
    );
    return rows.reverse().map(obligationView);
  }

  /** All of the present epoch, in the order in which they were opened. */
  async all(tx: Tx, run: string): Promise<ObligationRecord[]> {
    const rows = await tx.query<ObligationRow & { own: Date | null; any_at: Date | null; jumped: boolean }>(
      `SELECT ${OBLIGATION_COLUMNS}, (SELECT min(a.at) FROM ${ACKNOWLEDGED} AND a.desk = o.desk) AS own,
         (SELECT min(a.at) FROM ${ACKNOWLEDGED}) AS any_at, ${JUMPED_OVER} AS jumped
       FROM obligations o JOIN feeds f USING (run_id, audience, epoch) WHERE o.run_id = $1
       ORDER BY o.opened_at, o.item_id, o.version, o.audience, o.rank`,
      [run],
    );
    return rows.map(({ own, any_at: any, jumped, ...row }) => ({
      ...obligationView(row.state === 'open' ? { ...row, ...standing(own !== null, any !== null, jumped) } : row),
      acknowledgedAt: own ?? undefined,
    }));
  }
}

function standing(own: boolean, any: boolean, jumped: boolean): Pick<ObligationRow, 'state' | 'reason'> {
  if (own) {
    return { state: 'met', reason: null };
  }
  if (any) {
    return { state: 'closed', reason: 'ACKNOWLEDGED_BY_OTHER' };
  }
  return jumped ? { state: 'closed', reason: 'JUMPED_OVER' } : { state: 'open', reason: null };
}

export function obligationView(row: ObligationRow): ObligationView {
  return {
    kind: row.kind,
    id: row.item_id,
    version: row.version,
    audience: row.audience,
    epoch: row.epoch,
    desk: row.desk,
    rank: row.rank,
    state: row.state,
    ...(row.reason === null ? {} : { reason: row.reason }),
    openedAt: isoOf(runTime(Number(row.opened_at))),
    displayBy: isoOf(runTime(Number(row.display_by))),
    acknowledgeBy: isoOf(runTime(Number(row.acknowledge_by))),
  };
}
