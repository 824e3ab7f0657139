import { Injectable } from '@nestjs/common';
import { IDENTITY, type Identity } from '../../platform/database/installation.js';
import type { Tx } from '../../platform/database/transactions.js';

/** What desks did with the items of an epoch; it goes with the items into the next. */
const GO_ALONG = ['received', 'displays', 'acknowledgements', 'obligations', 'responses'];

/** Longer than any installation needs to copy what its feeds hold, and short enough that a copy that hangs is tried again. */
const LONGEST_STATEMENT = '10min';

/** Epochs that are taken from the time count seconds from here, which leaves room in an integer until 2092. */
const EPOCHS_SINCE = Date.UTC(2024, 0, 1) / 1000;

@Injectable()
export class RestoresRepository {
  /** One process at a time, until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('triwatch restore'))`);
  }

  async identity(tx: Tx): Promise<Identity> {
    const [row] = await tx.query<Identity>(IDENTITY);
    return row!;
  }

  /** Where this database was last seen; undefined before the first start. */
  async lastSeen(tx: Tx): Promise<Identity | undefined> {
    const [row] = await tx.query<Identity>(
      'SELECT system_identifier AS "systemIdentifier", timeline::float8 AS timeline FROM installation',
    );
    return row;
  }

  async remember(tx: Tx, { systemIdentifier, timeline }: Identity): Promise<void> {
    await tx.query(
      `INSERT INTO installation (system_identifier, timeline) VALUES ($1, $2)
       ON CONFLICT (singleton) DO UPDATE SET system_identifier = excluded.system_identifier, timeline = excluded.timeline`,
      [systemIdentifier, timeline],
    );
  }

  /**
   * Opens an epoch in every feed that begins with what the present one holds, at the same positions and with the same links,
   * so that what audiences were told stays told; the old epoch stays on record. Returns how many feeds there are.
   * The number of the epoch comes from the time: the one after the present may have been opened in the history that is lost.
   */
  async renewEpochs(tx: Tx): Promise<number> {
    await tx.query(`SET LOCAL statement_timeout = '${LONGEST_STATEMENT}'`);
    await tx.query('SELECT FROM feeds ORDER BY run_id, audience FOR UPDATE');
    // Other nodes go on storing what desks do: what is under way is waited for and goes along, what comes later sees the new epoch.
    await tx.query(`LOCK TABLE ${GO_ALONG.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
    const [row] = await tx.query<{ epoch: number }>(
      'SELECT greatest(max(epoch) + 1, extract(epoch FROM clock_timestamp())::bigint - $1)::int AS epoch FROM feeds',
      [EPOCHS_SINCE],
    );
    const epoch = row!.epoch;
    await tx.query(
      `INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
       SELECT i.run_id, i.audience, $1, i.seq, i.kind, i.item_id, i.version, i.act, i.due_at, i.late, i.body, i.body_hash, i.chain_hash, i.real_at
       FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)`,
      [epoch],
    );
    for (const table of GO_ALONG) {
      await tx.query(
        `UPDATE ${table} t SET epoch = $1 FROM feeds f WHERE (t.run_id, t.audience, t.epoch) = (f.run_id, f.audience, f.epoch)`,
        [epoch],
      );
    }
    const renewed = await tx.query(
      `UPDATE feeds SET epoch = $1, reason = 'RESTORED', moved_at = clock_timestamp() RETURNING 1`,
      [epoch],
    );
    return renewed.length;
  }
}
