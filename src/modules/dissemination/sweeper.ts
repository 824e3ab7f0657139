import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { DueRowsRepository } from '../runs/due-rows.repository.js';
import { DisseminationService } from './dissemination.service.js';

const INTERVAL_MS = 200;
/** How long the queue has before its work is done without it. */
const GRACE_MS = 100;
/** After an outage many runs are overdue; together they would take every connection of the pool. */
const AT_ONCE = 4;

/**
 * Tells what the queue did not bring in time, so that an outage of the queue costs at most half a second. A run that is held up
 * keeps one place and nobody else waiting.
 */
@Injectable()
export class Sweeper implements BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  /** Runs that the last sweep found and for which there was no place yet. */
  private waiting: string[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly dueRows: DueRowsRepository,
    private readonly dissemination: DisseminationService,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    }, INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    this.waiting = [];
    await Promise.all(this.underWay);
  }

  private async sweep(): Promise<void> {
    try {
      const overdue = await this.transactions.run(PIPELINE, (tx) => this.dueRows.overdueRuns(tx, GRACE_MS));
      this.metrics.duePendingAgeSeconds.set(Math.max(0, ...overdue.map(({ ageMs }) => ageMs)) / 1000);
      this.waiting = overdue.map(({ run }) => run);
      this.goOn();
    } catch (error) {
      this.logger.warn({ err: error }, 'a sweep failed; the next one tries again');
    }
  }

  /** Begins with as many runs as there are places. */
  private goOn(): void {
    while (this.underWay.size < AT_ONCE) {
      const run = this.waiting.shift();
      if (run === undefined) {
        return;
      }
      if (!this.dissemination.isDraining(run)) {
        this.metrics.sweeperRescuesTotal.inc();
        this.drain(run);
      }
    }
  }

  private drain(run: string): void {
    const drain = this.dissemination
      .drain(run)
      .catch((error: unknown) => this.logger.warn({ err: error, run }, 'a sweep failed; the next one tries again'))
      .finally(() => {
        this.underWay.delete(drain);
        this.goOn();
      });
    this.underWay.add(drain);
  }
}
