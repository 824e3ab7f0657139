import { Injectable } from '@nestjs/common';
import type { Cursor } from '../../core/wire/feed.js';
import type { WebhookEnd } from '../../core/wire/webhook.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from '../dissemination/feed.js';

/** How long a worker may go without a sign of life before another one sends in its place; longer than one request takes. */
const LEASE = '30 seconds';

/** A webhook that this worker alone sends for. */
export interface LeasedWebhook extends FeedKey, Cursor {
  readonly id: string;
  readonly url: string;
  readonly secrets: readonly string[];
}

/** For how many days deliveries are kept after they ended. */
export interface KeptDeliveries {
  readonly keepDeliveredDays: number;
  readonly keepDeadDays: number;
}

/** A webhook that ended with a right of its owner. */
export interface DisabledWebhook {
  readonly id: string;
  readonly run: string;
  readonly reason: WebhookEnd;
}

export interface PendingDelivery extends Cursor {
  /** Why the feed begins anew; for `seq` 0 only. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly due: boolean;
}

interface LeasedRow {
  id: string;
  run_id: string;
  audience: string;
  url: string;
  epoch: number;
  seq: string;
  secrets: string[];
}

/** What waits to be sent to webhooks, as the pipeline sees it. */
@Injectable()
export class WebhookOutboxRepository {
  /** Takes webhooks that have something to do and that no other worker has, at most `limit`. */
  async lease(tx: Tx, lease: string, limit: number): Promise<LeasedWebhook[]> {
    const rows = await tx.query<LeasedRow>(
      `UPDATE webhooks SET lease = $1, leased_until = clock_timestamp() + interval '${LEASE}'
       WHERE id IN (
         SELECT w.id FROM webhooks w JOIN feeds f USING (run_id, audience)
           LEFT JOIN LATERAL (SELECT d.next_at FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending'
             ORDER BY d.epoch, d.seq LIMIT 1) AS next ON true
         WHERE w.state = 'active' AND (w.leased_until IS NULL OR w.leased_until < clock_timestamp())
           AND CASE WHEN next.next_at IS NULL THEN (f.epoch, f.head_seq) <> (w.epoch, w.seq) ELSE next.next_at <= clock_timestamp() END
         ORDER BY w.leased_until NULLS FIRST, w.id LIMIT $2 FOR UPDATE OF w SKIP LOCKED)
       RETURNING id, run_id, audience, url, epoch, seq,
         array_remove(ARRAY[secret, CASE WHEN previous_until > clock_timestamp() THEN previous_secret END], NULL) AS secrets`,
      [lease, limit],
    );
    return rows.map(({ run_id, seq, ...row }) => ({ ...row, run: run_id, seq: Number(seq) }));
  }

  /** Disables those of these webhooks whose owner may not have them any more: the account, its role or its desk is gone. */
  async disableUnowned(tx: Tx, ids: readonly string[]): Promise<DisabledWebhook[]> {
    return tx.query<DisabledWebhook>(
      `UPDATE webhooks w SET state = 'disabled', disabled_reason = f.reason
       FROM (SELECT id, webhook_owner_fault(run_id, audience, created_by) AS reason FROM webhooks WHERE id = ANY ($1::text[])) AS f
       WHERE w.id = f.id AND f.reason IS NOT NULL RETURNING w.id, w.run_id AS run, w.disabled_reason AS reason`,
      [ids],
    );
  }

  /** The end of the lease stays: whoever was served longest ago is next. */
  async release(tx: Tx, id: string, lease: string): Promise<void> {
    await tx.query('UPDATE webhooks SET leased_until = clock_timestamp() WHERE id = $1 AND lease = $2', [id, lease]);
  }

  /** What is pending, in the order of the feed. */
  async pending(tx: Tx, id: string, limit: number): Promise<PendingDelivery[]> {
    const rows = await tx.query<Omit<PendingDelivery, 'seq'> & { seq: string }>(
      `SELECT epoch, seq, reason, attempts, next_at <= clock_timestamp() AS due FROM webhook_deliveries
       WHERE webhook_id = $1 AND state = 'pending' ORDER BY epoch, seq LIMIT $2`,
      [id, limit],
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  /** Adds the items from `first` to `last` of an epoch (or, as 0 to 0, that it begins) and moves the webhook there. */
  async enqueue(tx: Tx, id: string, epoch: number, [first, last]: [number, number], reason?: string): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_deliveries (webhook_id, epoch, seq, reason) SELECT $1, $2, generate_series($3::bigint, $4), $5
       ON CONFLICT DO NOTHING`,
      [id, epoch, first, last, reason ?? null],
    );
    await tx.query('UPDATE webhooks SET epoch = $2, seq = $3 WHERE id = $1', [id, epoch, last]);
  }

  /** Returns whether the lease still holds and the webhook is active and its owner's, and makes the lease last. */
  async delivered(tx: Tx, id: string, lease: string, { epoch, seq }: Cursor): Promise<boolean> {
    const [, goesOn] = await Promise.all([
      tx.query(
        `UPDATE webhook_deliveries SET state = 'delivered', attempts = attempts + 1, error = NULL, ended_at = clock_timestamp()
         WHERE webhook_id = $1 AND epoch = $2 AND seq = $3`,
        [id, epoch, seq],
      ),
      tx.query(
        `UPDATE webhooks SET leased_until = clock_timestamp() + interval '${LEASE}', gave_up_at = NULL
         WHERE id = $1 AND lease = $2 AND state = 'active' AND webhook_owner_fault(run_id, audience, created_by) IS NULL RETURNING 1`,
        [id, lease],
      ),
    ]);
    return goesOn.length > 0;
  }

  /** Records a failure: to be tried again after a delay in milliseconds, or given up when there is none. */
  async failed(tx: Tx, id: string, { epoch, seq }: Cursor, error: string, delayMs: number | undefined): Promise<void> {
    await Promise.all([
      tx.query(
        `UPDATE webhook_deliveries SET attempts = attempts + 1, error = $4,
           state = CASE WHEN $5::float8 IS NULL THEN 'dead' ELSE 'pending' END,
           next_at = clock_timestamp() + coalesce($5::float8, 0) * interval '1 ms',
           ended_at = CASE WHEN $5::float8 IS NULL THEN clock_timestamp() END
         WHERE webhook_id = $1 AND epoch = $2 AND seq = $3`,
        [id, epoch, seq, error, delayMs ?? null],
      ),
      tx.query('UPDATE webhooks SET error = $2, failed_at = clock_timestamp() WHERE id = $1', [id, error]),
    ]);
  }

  /** Notes that a message was given up. Returns whether it is the first since one was taken. */
  async gaveUp(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(
      'UPDATE webhooks SET gave_up_at = clock_timestamp() WHERE id = $1 AND gave_up_at IS NULL RETURNING 1',
      [id],
    );
    return rows.length > 0;
  }

  /**
   * Forgets at most `limit` deliveries that ended longer ago than they are kept, and what waits at a webhook that was disabled as long
   * as what was given up. Returns how many.
   */
  async prune(tx: Tx, { keepDeliveredDays, keepDeadDays }: KeptDeliveries, limit: number): Promise<number> {
    const rows = await tx.query(
      `DELETE FROM webhook_deliveries WHERE (webhook_id, epoch, seq) IN (
         SELECT d.webhook_id, d.epoch, d.seq FROM webhook_deliveries d
         WHERE (d.state = 'delivered' AND d.ended_at < clock_timestamp() - make_interval(days => $1))
            OR (d.state = 'dead' AND d.ended_at < clock_timestamp() - make_interval(days => $2))
            OR (d.state = 'pending' AND d.created_at < clock_timestamp() - make_interval(days => $2)
                AND EXISTS (SELECT FROM webhooks w WHERE w.id = d.webhook_id AND w.state = 'disabled'))
         LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING 1`,
      [keepDeliveredDays, keepDeadDays, limit],
    );
    return rows.length;
  }
}
