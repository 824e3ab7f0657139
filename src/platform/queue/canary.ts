import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { Queue } from './queue.js';

const EVERY_MS = 5_000;
/** Beats at which the canary was seen waiting before the worker is restarted: 15 s. */
const MOST_MISSED = 3;

/**
 * Sends a job that does nothing through the queue, again and again. A worker may hang after an outage of the queue although it
 * says that it runs; one that takes no job while the canary waits for 15 s is closed and opened anew. While the queue itself
 * does not answer nothing can be concluded and nothing is done. Any worker may take the canary: with several, all must hang
 * before one is restarted, since the others do the work meanwhile.
 */
@Injectable()
export class Canary implements BeforeApplicationShutdown {
  private readonly id = `canary-${randomUUID()}`;
  private timer?: NodeJS.Timeout;
  private beating?: Promise<void>;
  private missed = 0;
  private takenBefore = 0;

  constructor(
    @Inject(Queue) private readonly queue: Pick<Queue, 'add' | 'handle' | 'restartWorker' | 'stateOf' | 'taken'>,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // That it was taken shows in the queue.
    queue.handle('canary', () => Promise.resolve());
  }

  start(): void {
    this.timer = setInterval(() => {
      this.beating ??= this.beat().finally(() => (this.beating = undefined));
    }, EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  /** Looks after the canary that was sent before, and sends the next. */
  async beat(): Promise<void> {
    const state = await this.queue.stateOf(this.id);
    const { taken } = this.queue;
    const idle = taken === this.takenBefore;
    this.takenBefore = taken;
    this.missed = state === 'waiting' && idle ? this.missed + 1 : 0;
    if (state === 'taken') {
      await this.queue.add('canary', {}, { id: this.id });
    }
    if (this.missed >= MOST_MISSED) {
      this.missed = 0;
      this.metrics.queueWorkerRestartsTotal.inc();
      this.logger.warn('the worker takes no jobs although the queue answers; it is restarted');
      await this.queue.restartWorker();
    }
  }
}
