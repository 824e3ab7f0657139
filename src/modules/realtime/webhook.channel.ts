import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { afterFailure, WEBHOOK_RETRIES } from '../../core/delivery/retry.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LeaseLoop } from '../../platform/lease-loop.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { GuardedHttp } from '../../platform/net/guarded-http.js';
import { OperationalError } from '../../platform/operational-error.js';
import type { Channel } from './channel.js';
import { GivenUpWebhook } from './given-up-webhook.js';
import { WebhookMessages, type WebhookDelivery } from './webhook-messages.js';
import { WebhookOutboxRepository, type LeasedWebhook } from './webhook-outbox.repository.js';
import { webhookHeaders } from './webhook-signature.js';

const POLL_MS = 200;
const REQUEST_MS = 10_000;
/** Of an answer nothing is read but its status; more than this is no answer of a receiver. */
const ANSWER_BYTES = 16 * 1024;

/** Injection token of the WebhookTurns. */
export const WEBHOOK_TURNS = Symbol('WEBHOOK_TURNS');

/** How the places of a worker go round, so that slow receivers do not keep the others waiting. */
export interface WebhookTurns {
  /** Webhooks that one worker sends to at once. */
  readonly atOnce: number;
  /** After which a webhook makes room for another one that waits. A message that is under way is ended first. */
  readonly turnMs: number;
}

export const USUAL_TURNS: WebhookTurns = { atOnce: 8, turnMs: 20_000 };

/**
 * Sends feeds to webhooks, from a worker: one item a request, in the order of the feed. Position and outbox are in the database,
 * so that what a worker leaves undone when it dies is done by another one; what it had sent without noting it is sent again
 * under the same id. A message that fails holds up those behind it until it is given up.
 */
@Injectable()
export class WebhookChannel implements Channel, BeforeApplicationShutdown {
  readonly name = 'webhook';
  private readonly loop: LeaseLoop<LeasedWebhook>;

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: WebhookOutboxRepository,
    private readonly messages: WebhookMessages,
    private readonly http: GuardedHttp,
    private readonly givenUp: GivenUpWebhook,
    private readonly metrics: Metrics,
    @Inject(WEBHOOK_TURNS) private readonly turns: WebhookTurns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new LeaseLoop<LeasedWebhook>({
      everyMs: POLL_MS,
      atOnce: turns.atOnce,
      take: (lease, limit) => this.take(lease, limit),
      work: (webhook, lease, stop) => this.work(webhook, lease, stop),
      failed: (error, webhook) =>
        this.logger.warn({ err: error, webhook: webhook?.id }, 'webhooks, or one of them, are tried again later'),
    });
  }

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
    const turnEnds = AbortSignal.timeout(this.turns.turnMs);
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
      await this.failed(webhook, delivery, fault);
    }
    return false;
  }

  private async failed(webhook: LeasedWebhook, delivery: WebhookDelivery, fault: string): Promise<void> {
    const attempts = delivery.attempts + 1;
    const decision = afterFailure(WEBHOOK_RETRIES, attempts, Math.random());
    const delayMs = decision.kind === 'retry' ? decision.delayMs : undefined;
    this.metrics.webhookFailuresTotal.inc({ outcome: delayMs === undefined ? 'dead' : 'retried' });
    await this.transactions.run(PIPELINE, async (tx) => {
      await this.outbox.failed(tx, webhook.id, delivery, fault, delayMs);
      if (delayMs === undefined && (await this.outbox.gaveUp(tx, webhook.id))) {
        await this.givenUp.tell(tx, webhook, attempts);
      }
    });
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
