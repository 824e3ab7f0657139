import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { afterFailure, type RetryPolicy } from '../../core/delivery/retry.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
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
  private readonly stop = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private polling?: Promise<void>;

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: WebhookOutboxRepository,
    private readonly messages: WebhookMessages,
    private readonly http: GuardedHttp,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.polling ??= this.poll().finally(() => (this.polling = undefined));
    }, POLL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    await this.polling;
    await Promise.all(this.underWay);
  }

  private async poll(): Promise<void> {
    const places = AT_ONCE - this.underWay.size;
    if (places <= 0) {
      return;
    }
    const lease = randomUUID();
    try {
      const leased = await this.transactions.run(PIPELINE, (tx) => this.outbox.lease(tx, lease, places));
      leased.forEach((webhook) => this.begin(webhook, lease));
    } catch (error) {
      this.logger.warn({ err: error }, 'webhooks were not looked at; the next look does it');
    }
  }

  private begin(webhook: LeasedWebhook, lease: string): void {
    const work = this.work(webhook, lease)
      .catch((error: unknown) =>
        this.logger.warn({ err: error, webhook: webhook.id }, 'a webhook is tried again later'),
      )
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  private async work(webhook: LeasedWebhook, lease: string): Promise<void> {
    const deliveries = await this.transactions.run(PIPELINE, (tx) => this.messages.next(tx, webhook));
    const turnEnds = AbortSignal.timeout(TURN_MS);
    for (const delivery of deliveries) {
      if (
        turnEnds.aborted ||
        this.stop.signal.aborted ||
        !delivery.due ||
        !(await this.deliver(webhook, lease, delivery))
      ) {
        break;
      }
    }
    await this.transactions.run(PIPELINE, (tx) => this.outbox.release(tx, webhook.id, lease));
  }

  /** Returns whether the next one may go out. */
  private async deliver(webhook: LeasedWebhook, lease: string, delivery: WebhookDelivery): Promise<boolean> {
    const fault = await this.send(webhook, delivery);
    if (fault === undefined) {
      this.metrics.itemsSentTotal.inc({ channel: this.name });
      return this.transactions.run(PIPELINE, (tx) => this.outbox.delivered(tx, webhook.id, lease, delivery));
    }
    if (!this.stop.signal.aborted) {
      const decision = afterFailure(RETRIES, delivery.attempts + 1, Math.random());
      this.metrics.webhookFailuresTotal.inc({ outcome: decision.kind === 'retry' ? 'retried' : 'dead' });
      const delayMs = decision.kind === 'retry' ? decision.delayMs : undefined;
      await this.transactions.run(PIPELINE, (tx) => this.outbox.failed(tx, webhook.id, delivery, fault, delayMs));
    }
    return false;
  }

  /** Returns why it failed; undefined when the receiver has taken it. */
  private async send(webhook: LeasedWebhook, { epoch, seq, body }: WebhookDelivery): Promise<string | undefined> {
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
        signal: this.stop.signal,
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
