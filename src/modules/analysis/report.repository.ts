import { Injectable } from '@nestjs/common';
import type { ItemBody } from '../../core/incident/item.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { ItemRef } from '../../core/wire/feed.js';
import type { Tx } from '../../platform/database/transactions.js';

/** An item as an audience was shown it. */
export interface ShownItem extends ItemRef {
  readonly audience: string;
  readonly epoch: number;
  readonly seq: number;
  readonly dueAt: RunTime;
  readonly realAt: Date;
  readonly late: boolean;
  readonly body: ItemBody;
}

@Injectable()
export class ReportRepository {
  /** Everything that was shown in the present epoch, by audience and sequence. */
  async shown(tx: Tx, run: string): Promise<ShownItem[]> {
    const rows = await tx.query<
      Omit<ShownItem, 'dueAt' | 'body' | 'seq'> & { seq: string; due_at: string; body: string }
    >(
      `SELECT i.audience, i.epoch, i.seq, i.kind, i.item_id AS id, i.version, i.due_at, i.real_at AS "realAt", i.late, i.body
       FROM feed_items i JOIN feeds f USING (run_id, audience, epoch) WHERE i.run_id = $1 ORDER BY i.audience, i.seq`,
      [run],
    );
    return rows.map(({ due_at, body, seq, ...row }) => ({
      ...row,
      seq: Number(seq),
      dueAt: runTime(Number(due_at)),
      body: JSON.parse(body) as ItemBody,
    }));
  }
}
