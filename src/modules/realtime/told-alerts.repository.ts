import { Injectable } from '@nestjs/common';
import type { Act } from '../../core/delivery/delivery.js';
import type { LastTold } from '../../core/delivery/ended-alert.js';
import type { ItemBody } from '../../core/incident/item.js';
import { runTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from '../dissemination/feed.js';

/** A version of an alert as it stands in a feed. */
export interface ToldAlert {
  readonly id: string;
  readonly version: number;
  /** Whether it was sent as a message, which can be written as CAP; what a scenario holds was not. */
  readonly isMessage: boolean;
  /** How its thread goes on in this feed. */
  readonly last: LastTold;
}

/** A version of one alert that an audience was shown. */
export interface ToldVersion {
  readonly version: number;
  readonly body: ItemBody;
  readonly toldAt: Date;
}

interface Row {
  id: string;
  version: number;
  is_message: boolean;
  act: Act;
  due_at: string;
  expires: string | null;
  told_at: Date;
}

/** What a feed holds of alerts. */
@Injectable()
export class ToldAlertsRepository {
  /** The alerts of a stretch of a feed: those after `after` up to and with `last`. */
  async ofStretch(
    tx: Tx,
    { run, audience }: FeedKey,
    { epoch, after, last }: { epoch: number; after: number; last: number },
  ): Promise<ToldAlert[]> {
    const rows = await tx.query<Row>(
      `SELECT i.item_id AS id, i.version, v.id IS NOT NULL AS is_message, n.act, n.due_at, w.message ->> 'expires' AS expires,
         n.real_at AS told_at
       FROM feed_items i
       LEFT JOIN alert_versions v ON v.run_id = i.run_id AND v.id = i.item_id AND v.version = i.version AND NOT v.void
       CROSS JOIN LATERAL (SELECT n.version, n.act, n.due_at, n.real_at FROM feed_items n WHERE n.run_id = i.run_id
         AND n.audience = i.audience AND n.epoch = i.epoch AND n.kind = 'alert' AND n.item_id = i.item_id
         ORDER BY n.version DESC LIMIT 1) AS n
       LEFT JOIN alert_versions w ON w.run_id = i.run_id AND w.id = i.item_id AND w.version = n.version AND NOT w.void
       WHERE i.run_id = $1 AND i.audience = $2 AND i.epoch = $3 AND i.kind = 'alert' AND i.seq > $4 AND i.seq <= $5
       ORDER BY i.seq`,
      [run, audience, epoch, after, last],
    );
    return rows.map(({ id, version, is_message, act, due_at, expires, told_at }) => ({
      ...{ id, version, isMessage: is_message },
      last: { act, dueAt: runTime(Number(due_at)), toldAt: told_at, ...(expires === null ? {} : { expires }) },
    }));
  }

  /** What the present epoch of a feed holds of one alert, the oldest version first. */
  async versions(tx: Tx, { run, audience }: FeedKey, id: string): Promise<ToldVersion[]> {
    const rows = await tx.query<{ version: number; body: string; real_at: Date }>(
      `SELECT i.version, i.body, i.real_at FROM feeds f JOIN feed_items i USING (run_id, audience, epoch)
       WHERE f.run_id = $1 AND f.audience = $2 AND i.kind = 'alert' AND i.item_id = $3 ORDER BY i.version`,
      [run, audience, id],
    );
    return rows.map(({ version, body, real_at }) => ({
      version,
      body: JSON.parse(body) as ItemBody,
      toldAt: real_at,
    }));
  }
}
