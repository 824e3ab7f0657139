import { Injectable } from '@nestjs/common';
import type { AlertVersionView } from '../../core/wire/alert.js';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export type AlertVersion = Omit<AlertVersionView, 'sent'> & { sent: Date };

interface Row extends Omit<AlertVersion, 'msgType'> {
  msg_type: AlertVersion['msgType'];
}

@Injectable()
export class AlertsRepository {
  async insertThread(tx: Tx, run: string, id: string, createdBy: string): Promise<void> {
    await tx.query('INSERT INTO alerts (run_id, id, created_by) VALUES ($1, $2, $3)', [run, id, createdBy]);
  }

  async insertVersion(
    tx: Tx,
    run: string,
    version: Omit<AlertVersion, 'sent'>,
    sentRunAt: RunTime,
    createdBy: string,
  ): Promise<void> {
    const { id, identifier, msgType, message } = version;
    await tx.query(
      `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent, sent_run_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8)`,
      [run, id, version.version, identifier, msgType, JSON.stringify(message), sentRunAt, createdBy],
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

  /** Keeps a second update of the same thread waiting until this one has committed, so that versions have no gap. */
  async lockThread(tx: Tx, run: string, id: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('alert ' || $1 || ' ' || $2, 0))`, [run, id]);
  }
}
