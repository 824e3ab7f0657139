import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { WebhookOutboxRepository, type KeptDeliveries } from './webhook-outbox.repository.js';

/** Injection token of the KeptDeliveries. */
export const KEPT_DELIVERIES = Symbol('KEPT_DELIVERIES');

const EVERY_MS = 3_600_000;
/** Deliveries that one transaction forgets, so that none is long. */
const BATCH = 1_000;

/** Forgets once an hour what webhooks were sent long ago. Several workers may do so at once. */
@Injectable()
export class WebhookPruner implements BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private pruning?: Promise<void>;
  private stopped = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: WebhookOutboxRepository,
    @Inject(KEPT_DELIVERIES) private readonly kept: KeptDeliveries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.begin(), EVERY_MS);
    this.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped = true;
    await this.pruning;
  }

  private begin(): void {
    this.pruning ??= this.prune()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'old deliveries of webhooks stay for another hour'))
      .finally(() => (this.pruning = undefined));
  }

  /** Forgets all that is older than it is kept. */
  async prune(): Promise<void> {
    let forgotten: number;
    do {
      forgotten = await this.transactions.run(PIPELINE, (tx) => this.outbox.prune(tx, this.kept, BATCH));
    } while (forgotten === BATCH && !this.stopped);
  }
}
