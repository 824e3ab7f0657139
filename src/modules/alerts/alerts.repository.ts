import { Injectable } from '@nestjs/common';
import type { AlertVersionView } from '../../core/wire/alert.js';
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

  async insertVersion(tx: Tx, run: string, version: Omit<AlertVersion, 'sent'>, createdBy: string): Promise<void> {
    const { id, identifier, msgType, message } = version;
    await tx.query(
      `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)`,
      [run, id, version.version, identifier, msgType, JSON.stringify(message), createdBy],
    );
  }

  /** Every version of a thread that the transaction may see, oldest first. */
  async versions(tx: Tx, run: string, id: string): Promise<AlertVersion[]> {
    const rows = await tx.query<Row>(
      `SELECT id, version, identifier, msg_type, message, sent FROM alert_versions WHERE run_id = $1 AND id = $2 ORDER BY version`,
      [run, id],
    );
    return rows.map(({ msg_type, ...row }) => ({ ...row, msgType: msg_type }));
  }

  /** Keeps a second update of the same thread waiting until this one has committed, so that versions have no gap. */
  async lockThread(tx: Tx, run: string, id: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('alert ' || $1 || ' ' || $2, 0))`, [run, id]);
  }
}
