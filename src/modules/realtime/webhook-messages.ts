import { Injectable } from '@nestjs/common';
import { nextStep } from '../../core/delivery/window.js';
import type { Tx } from '../../platform/database/transactions.js';
import { feedName } from '../dissemination/feed.js';
import { FeedReadsRepository } from '../dissemination/feed-reads.repository.js';
import { WebhookOutboxRepository, type LeasedWebhook, type PendingDelivery } from './webhook-outbox.repository.js';

/** Deliveries that are made ready together. */
const BATCH = 100;

export interface WebhookDelivery extends PendingDelivery {
  /** A `WebhookMessage` as JSON, the item in the very bytes that are stored. */
  readonly body: string;
}

/** What a webhook is to be sent. */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly outbox: WebhookOutboxRepository,
    private readonly feeds: FeedReadsRepository,
  ) {}

  /** What waits, in the order of the feed; when nothing does, what the feed has beyond the position is put in the outbox first. */
  async next(tx: Tx, webhook: LeasedWebhook): Promise<WebhookDelivery[]> {
    const waiting = await this.outbox.pending(tx, webhook.id, BATCH);
    if (waiting.length > 0) {
      return this.withBodies(tx, webhook, waiting);
    }
    await this.enqueue(tx, webhook);
    return this.withBodies(tx, webhook, await this.outbox.pending(tx, webhook.id, BATCH));
  }

  private async enqueue(tx: Tx, webhook: LeasedWebhook): Promise<void> {
    const head = await this.feeds.head(tx, webhook);
    if (!head) {
      return;
    }
    const { epoch, headSeq, reason } = head;
    const step = nextStep({ position: webhook, history: 0, full: false }, { epoch, seq: headSeq, history: 0, reason });
    switch (step.kind) {
      case 'wait':
        return;
      case 'reset':
        return this.outbox.enqueue(tx, webhook.id, step.to.epoch, [0, 0], step.reason);
      case 'send':
        return this.outbox.enqueue(tx, webhook.id, epoch, [step.seq, Math.min(headSeq, step.seq + BATCH - 1)]);
    }
  }

  private async withBodies(
    tx: Tx,
    webhook: LeasedWebhook,
    waiting: readonly PendingDelivery[],
  ): Promise<WebhookDelivery[]> {
    const texts = await this.textsOf(tx, webhook, waiting);
    const { run, audience } = webhook;
    return waiting.map((delivery) => {
      const { epoch, seq, reason } = delivery;
      const head = JSON.stringify({ run, audience, epoch }).slice(1, -1);
      const body =
        seq === 0
          ? `{"type":"reset","data":{${head},"seq":0,"reason":${JSON.stringify(reason)}}}`
          : `{"type":"item","data":{${head},"item":${texts.get(`${epoch}.${seq}`)}}}`;
      return { ...delivery, body };
    });
  }

  /** The items by epoch and position; those that were sent again may lie far apart. */
  private async textsOf(
    tx: Tx,
    { run, audience }: LeasedWebhook,
    waiting: readonly PendingDelivery[],
  ): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const epoch of new Set(waiting.map((each) => each.epoch))) {
      const positions = waiting
        .filter((each) => each.epoch === epoch && each.seq > 0)
        .map(({ seq }) => ({ run, audience, epoch, after: seq - 1 }));
      const found = await this.feeds.textsAfter(tx, positions, 1);
      found.get(feedName({ run, audience }))?.forEach(({ seq, text }) => texts.set(`${epoch}.${seq}`, text));
    }
    return texts;
  }
}
