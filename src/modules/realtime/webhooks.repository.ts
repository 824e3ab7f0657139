import { Injectable } from '@nestjs/common';
import type { Cursor } from '../../core/wire/feed.js';
import type { WebhookDeliveryView, WebhookEnd, WebhookView } from '../../core/wire/webhook.js';
import type { Tx } from '../../platform/database/transactions.js';

/** What waits is in the outbox, or in the feed behind what was put there; of a feed that began anew all of it. */
const SELECT = `
  SELECT w.id, w.run_id, w.audience, w.url, w.state, w.disabled_reason, w.epoch, w.seq, w.error, w.failed_at, w.created_at,
    (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending')
      + coalesce((SELECT greatest(0, f.head_seq - CASE WHEN f.epoch = w.epoch THEN w.seq ELSE 0 END) FROM feeds f
          WHERE f.run_id = w.run_id AND f.audience = w.audience), 0) AS waiting,
    (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'dead') AS dead
  FROM webhooks w`;

interface Row extends Pick<WebhookView, 'id' | 'audience' | 'url' | 'state' | 'epoch'> {
  run_id: string;
  disabled_reason: WebhookEnd | null;
  seq: string;
  waiting: string;
  dead: string;
  error: string | null;
  failed_at: Date | null;
  created_at: Date;
}

interface DeliveryRow extends Pick<WebhookDeliveryView, 'state' | 'attempts' | 'epoch'> {
  seq: string;
  next_at: Date;
  error: string | null;
  created_at: Date;
  ended_at: Date | null;
}

/** Webhooks as people see them. Who asks may not read a secret, and gets none. */
@Injectable()
export class WebhooksRepository {
  async insert(
    tx: Tx,
    webhook: Cursor & { id: string; run: string; audience: string; url: string; secret: string; createdBy: string },
  ): Promise<void> {
    const { id, run, audience, url, secret, epoch, seq, createdBy } = webhook;
    await tx.query(
      `INSERT INTO webhooks (id, run_id, audience, url, secret, epoch, seq, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, run, audience, url, secret, epoch, seq, createdBy],
    );
  }

  /** How many active webhooks of a feed are somebody's. They can register no other one until the transaction ends. */
  async countActive(tx: Tx, createdBy: string, run: string, audience: string): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhooks ' || $1, 0))`, [createdBy]);
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhooks WHERE created_by = $1 AND run_id = $2 AND audience = $3 AND state = 'active'`,
      [createdBy, run, audience],
    );
    return row?.count ?? 0;
  }

  async find(tx: Tx, id: string): Promise<WebhookView | undefined> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE w.id = $1`, [id]);
    return row && viewOf(row);
  }

  async list(tx: Tx): Promise<WebhookView[]> {
    return (await tx.query<Row>(`${SELECT} ORDER BY w.created_at DESC, w.id LIMIT 500`)).map(viewOf);
  }

  async setSecret(tx: Tx, id: string, secret: string): Promise<WebhookView | undefined> {
    await tx.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [id, secret]);
    return this.find(tx, id);
  }

  async disable(tx: Tx, id: string): Promise<WebhookView | undefined> {
    await tx.query(`UPDATE webhooks SET state = 'disabled' WHERE id = $1`, [id]);
    return this.find(tx, id);
  }

  async deliveries(tx: Tx, id: string, state?: WebhookDeliveryView['state']): Promise<WebhookDeliveryView[]> {
    const rows = await tx.query<DeliveryRow>(
      `SELECT epoch, seq, state, attempts, next_at, error, created_at, ended_at FROM webhook_deliveries
       WHERE webhook_id = $1 AND ($2::text IS NULL OR state = $2) ORDER BY epoch DESC, seq DESC LIMIT 200`,
      [id, state ?? null],
    );
    return rows.map((row) => ({
      epoch: row.epoch,
      seq: Number(row.seq),
      state: row.state,
      attempts: row.attempts,
      ...(row.state === 'pending' ? { nextAt: row.next_at.toISOString() } : {}),
      ...(row.error === null ? {} : { error: row.error }),
      createdAt: row.created_at.toISOString(),
      ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    }));
  }

  /**
   * Makes due what was given up of the epoch that the webhook is in (items of an earlier one are void), and what waits for its next
   * try. Returns how many had been given up.
   */
  async resend(tx: Tx, id: string): Promise<number> {
    const due = `UPDATE webhook_deliveries SET state = 'pending', attempts = 0, next_at = clock_timestamp()
       WHERE webhook_id = $1 AND epoch = (SELECT epoch FROM webhooks WHERE id = $1) AND state =`;
    await tx.query(`${due} 'pending'`, [id]);
    return (await tx.query(`${due} 'dead' RETURNING 1`, [id])).length;
  }
}

function viewOf(row: Row): WebhookView {
  const { id, run_id, audience, url, state, disabled_reason, epoch, error, failed_at } = row;
  return {
    ...{ id, run: run_id, audience, url, state },
    ...(disabled_reason === null ? {} : { reason: disabled_reason }),
    ...{ waiting: Number(row.waiting), dead: Number(row.dead) },
    ...(error === null ? {} : { error }),
    ...(failed_at === null ? {} : { failedAt: failed_at.toISOString() }),
    ...{ epoch, seq: Number(row.seq), createdAt: row.created_at.toISOString() },
  };
}
