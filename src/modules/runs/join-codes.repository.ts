import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/transactions.js';

export interface JoinCode {
  readonly id: string;
  readonly run: string;
  readonly desk: string;
  readonly expiresAt: Date;
  readonly expired: boolean;
  readonly usedAt: Date | null;
  readonly player: string | null;
}

const COLUMNS = `id, run_id AS run, desk, expires_at AS "expiresAt", expires_at <= clock_timestamp() AS expired, used_at AS "usedAt", player`;

@Injectable()
export class JoinCodesRepository {
  add(tx: Tx, codes: { run: string; desk: string; minutes: number; hashes: readonly string[] }): Promise<JoinCode[]> {
    return tx.query<JoinCode>(
      `INSERT INTO join_codes (run_id, desk, code_hash, expires_at)
       SELECT $1, $2, hash, clock_timestamp() + make_interval(mins => $3) FROM unnest($4::text[]) AS hash RETURNING ${COLUMNS}`,
      [codes.run, codes.desk, codes.minutes, codes.hashes],
    );
  }

  ofRun(tx: Tx, run: string): Promise<JoinCode[]> {
    return tx.query<JoinCode>(
      `SELECT ${COLUMNS} FROM join_codes WHERE run_id = $1 ORDER BY desk, expires_at, id LIMIT 500`,
      [run],
    );
  }

  /** The code of that hash, locked, so that of two who use it at once one comes second. */
  async find(tx: Tx, hash: string): Promise<JoinCode | undefined> {
    const [code] = await tx.query<JoinCode>(`SELECT ${COLUMNS} FROM join_codes WHERE code_hash = $1 FOR UPDATE`, [
      hash,
    ]);
    return code;
  }

  /** The code as it is now, which lets nobody in any more. */
  async revoke(tx: Tx, run: string, id: string): Promise<JoinCode | undefined> {
    const [code] = await tx.query<JoinCode>(
      `UPDATE join_codes SET expires_at = least(expires_at, clock_timestamp()) WHERE run_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [run, id],
    );
    return code;
  }

  async use(tx: Tx, id: string, player: string): Promise<void> {
    await tx.query('UPDATE join_codes SET used_at = clock_timestamp(), player = $2 WHERE id = $1', [id, player]);
  }
}
