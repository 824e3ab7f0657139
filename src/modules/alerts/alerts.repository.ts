import { Injectable } from '@nestjs/common';
import type { AlertVersionView } from '../../core/wire/alert.js';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export type AlertVersion = Omit<AlertVersionView, 'sent'> & { sent: Date };

interface Row extends Omit<AlertVersion, 'msgType'> {
  msg_type: AlertVersion['msgType'];
}

/** A thread as its first message opens it. */
export interface NewThread {
  readonly id: string;
  readonly createdBy: string;
  /** Whose it is: the desk of whoever asks when undefined. The next shift there may update and cancel it. */
  readonly desk?: string;
}

export interface NewVersion extends Omit<AlertVersion, 'sent'> {
  readonly sentRunAt: RunTime;
  readonly createdBy: string;
}

@Injectable()
export class AlertsRepository {
  async insertThreads(tx: Tx, run: string, threads: readonly NewThread[]): Promise<void> {
    await tx.query(
      `INSERT INTO alerts (run_id, id, created_by, desk, audience)
       SELECT $1, t.id, t."createdBy", coalesce(t.desk, asking_desk()), coalesce(desk_audience($1), 'control')
       FROM jsonb_to_recordset($2) AS t (id text, "createdBy" text, desk text)`,
      [run, JSON.stringify(threads)],
    );
  }

  async insertVersions(tx: Tx, run: string, versions: readonly NewVersion[]): Promise<void> {
    await tx.query(
      `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent_run_at, created_by, sent)
       SELECT $1, v.*, clock_timestamp() FROM jsonb_to_recordset($2) AS v (id text, version int, identifier text, "msgType" text,
         message jsonb, "sentRunAt" bigint, "createdBy" text)`,
      [run, JSON.stringify(versions)],
    );
  }

  /** Every version of a thread that stands and that the transaction may see, oldest first. */
  async versions(tx: Tx, run: string, id: string): Promise<AlertVersion[]> {
    const rows = await tx.query<Row>(
      `SELECT id, version, identifier, msg_type, message, sent FROM alert_versions WHERE run_id = $1 AND id = $2 AND NOT void ORDER BY version`,
      [run, id],
    );
    return rows.map(({ msg_type, ...row }) => ({ ...row, msgType: msg_type }));
  }

  /** The number of the next version: after every one that there ever was, standing or not. */
  async nextVersion(tx: Tx, run: string, id: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(version), 0) + 1 AS next FROM alert_versions WHERE run_id = $1 AND id = $2',
      [run, id],
    );
    return row?.next ?? 1;
  }

  /** Takes back what was sent after `to`, when the run is moved back to it; it stays on record. */
  async voidVersions(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query('UPDATE alert_versions SET void = true WHERE run_id = $1 AND sent_run_at > $2', [run, to]);
  }
}
