import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DatabaseWatch } from '../../platform/database/database-watch.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { RestoresService } from './restores.service.js';

const RETRY_MS = 1_000;

/**
 * Looks for a restore when the process starts, before it serves anybody, and whenever the database is found to stand on
 * another history than a moment ago.
 */
@Injectable()
export class RestoreWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private checking = Promise.resolve();
  private readonly end = new AbortController();

  constructor(
    private readonly restores: RestoresService,
    private readonly database: DatabaseWatch,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.check();
    this.database.whenReplaced(() => {
      this.checking = this.checking.then(() => this.checkUntilDone());
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.end.abort();
    await this.checking;
  }

  /** A database that has just come up may go away again under the check. */
  private async checkUntilDone(): Promise<void> {
    while (!this.end.signal.aborted) {
      try {
        return await this.check();
      } catch (error) {
        this.logger.warn({ err: error }, 'whether the database was restored is not known yet');
        await sleep(RETRY_MS, undefined, { signal: this.end.signal }).catch(() => undefined);
      }
    }
  }

  private async check(): Promise<void> {
    if ((await this.restores.check()) === 'restored') {
      this.metrics.restoresTotal.inc();
      this.logger.warn('the database was restored or failed over: every feed begins a new epoch');
    }
  }
}
