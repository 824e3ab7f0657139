import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { afterFailure, type RetryPolicy } from '../../core/delivery/retry.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LeaseLoop } from '../../platform/lease-loop.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { GuardedHttp } from '../../platform/net/guarded-http.js';
import { OperationalError } from '../../platform/operational-error.js';
import type { Channel } from './channel.js';
import { WebhookMessages, type WebhookDelivery } from './webhook-messages.js';
import { WebhookOutboxRepository, type LeasedWebhook } from './webhook-outbox.repository.js';
import { webhookHeaders } from './webhook-signature.js';

const POLL_MS = 200;
/** Webhooks that one worker sends to at once. */
const AT_ONCE = 8;
const REQUEST_MS = 10_000;
/** After which a webhook makes room for another one that waits. */
const TURN_MS = 20_000;
/** Of an answer nothing is read but its status; more than this is no answer of a receiver. */
const ANSWER_BYTES = 16 * 1024;

/** Some four minutes from the first failure to the last: the items behind it wait as long. */
const RETRIES: RetryPolicy = { firstDelayMs: 1_000, longestDelayMs: 120_000, mostAttempts: 9 };

/**
 * Sends feeds to webhooks, from a worker: one item a request, in the order of the feed. Position and outbox are in the database,
 * so that what a worker leaves undone when it dies is done by another one; what it had sent without noting it is sent again
 * under the same id. A message that fails holds up those behind it until it is given up.
 */
@Injectable()
export class WebhookChannel implements Channel, BeforeApplicationShutdown {
  readonly name = 'webhook';
  private readonly loop = new LeaseLoop<LeasedWebhook>({
    everyMs: POLL_MS,
    atOnce: AT_ONCE,
    take: (lease, limit) => this.take(lease, limit),
    work: (webhook, lease, stop) => this.work(webhook, lease, stop),
    failed: (error, webhook) =>
      this.logger.warn({ err: error, webhook: webhook?.id }, 'webhooks, or one of them, are tried again later'),
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: WebhookOutboxRepository,
    private readonly messages: WebhookMessages,
    private readonly http: GuardedHttp,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Webhooks that have something to do and whose owners may still have them; the others end here, and the record says so. */
  private async take(lease: string, limit: number): Promise<LeasedWebhook[]> {
    const { leased, disabled } = await this.transactions.run(
      PIPELINE,
      async (tx) => {
        const leased = await this.outbox.lease(tx, lease, limit);
        const ids = leased.map(({ id }) => id);
        return { leased, disabled: ids.length > 0 ? await this.outbox.disableUnowned(tx, ids) : [] };
      },
      ({ disabled }) =>
        disabled.map(({ id, run, reason }) => ({ action: 'webhook.disabled', run, detail: { id, reason } })),
    );
    const ended = new Set(disabled.map(({ id }) => id));
    return leased.filter(({ id }) => !ended.has(id));
  }

  private async work(webhook: LeasedWebhook, lease: string, stop: AbortSignal): Promise<void> {
    const deliveries = await this.transactions.run(PIPELINE, (tx) => this.messages.next(tx, webhook));
    const turnEnds = AbortSignal.timeout(TURN_MS);
    for (const delivery of deliveries) {
      if (turnEnds.aborted || stop.aborted || !delivery.due || !(await this.deliver(webhook, lease, delivery, stop))) {
        break;
      }
    }
    await this.transactions.run(PIPELINE, (tx) => this.outbox.release(tx, webhook.id, lease));
  }

  /** Returns whether the next one may go out. */
  private async deliver(
    webhook: LeasedWebhook,
    lease: string,
    delivery: WebhookDelivery,
    stop: AbortSignal,
  ): Promise<boolean> {
    const fault = await this.send(webhook, delivery, stop);
    if (fault === undefined) {
      this.metrics.itemsSentTotal.inc({ channel: this.name });
      return this.transactions.run(PIPELINE, (tx) => this.outbox.delivered(tx, webhook.id, lease, delivery));
    }
    if (!stop.aborted) {
      const decision = afterFailure(RETRIES, delivery.attempts + 1, Math.random());
      this.metrics.webhookFailuresTotal.inc({ outcome: decision.kind === 'retry' ? 'retried' : 'dead' });
      const delayMs = decision.kind === 'retry' ? decision.delayMs : undefined;
      await this.transactions.run(PIPELINE, (tx) => this.outbox.failed(tx, webhook.id, delivery, fault, delayMs));
    }
    return false;
  }

  /** Returns why it failed; undefined when the receiver has taken it. */
  private async send(
    webhook: LeasedWebhook,
    { epoch, seq, body }: WebhookDelivery,
    stop: AbortSignal,
  ): Promise<string | undefined> {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...webhookHeaders(`${webhook.id}.${epoch}.${seq}`, new Date(), body, webhook.secrets),
    };
    try {
      const { status } = await this.http.request(webhook.url, {
        method: 'POST',
        headers,
        body,
        timeoutMs: REQUEST_MS,
        maxBytes: ANSWER_BYTES,
        signal: stop,
      });
      return status >= 200 && status < 300 ? undefined : `The receiver answered ${status}.`;
    } catch (error) {
      if (error instanceof OperationalError) {
        return `${error.code}: ${error.message}`;
      }
      throw error;
    }
  }
}
