import { Injectable } from '@nestjs/common';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

/** What control has set by hand. */
export interface BranchSetting {
  readonly inject: string;
  /** Id of the audience or the desk in whose place it stands. */
  readonly decider: string;
  readonly answer: string;
}

@Injectable()
export class BranchesRepository {
  /** What counts of what was set: the newest for each decider of each inject. */
  async settings(tx: Tx, run: string): Promise<BranchSetting[]> {
    return tx.query<BranchSetting>(
      `SELECT DISTINCT ON (inject_id, decider) inject_id AS inject, decider, answer FROM branch_settings
       WHERE run_id = $1 AND NOT void ORDER BY inject_id, decider, id DESC`,
      [run],
    );
  }

  async set(tx: Tx, run: string, setting: BranchSetting & { setAt: RunTime; setBy: string }): Promise<void> {
    const { inject, decider, answer, setAt, setBy } = setting;
    await tx.query(
      'INSERT INTO branch_settings (run_id, inject_id, decider, answer, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)',
      [run, inject, decider, answer, setAt, setBy],
    );
  }

  /** Takes back what was set after `to`, when the run is moved back to it; it stays on record. */
  async rewind(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query('UPDATE branch_settings SET void = true WHERE run_id = $1 AND set_at > $2', [run, to]);
  }
}
