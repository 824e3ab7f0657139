import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  Queue as RedisQueue,
  Worker as RedisWorker,
  createPostgresBackend,
  withBackend,
  type JobsOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { JOB_NAMES, type JobName, type Jobs } from './jobs.js';

/** Where the queue lives. */
export type QueueConnection = { kind: 'redis'; url: string } | { kind: 'postgres'; url: string };

/** Injection token of the QueueConnection. */
export const QUEUE_CONNECTION = Symbol('QUEUE_CONNECTION');

const QUEUE_NAME = 'triwatch';
/** Jobs a worker works on at once; each takes at most one connection of the pool. */
const CONCURRENCY = 6;
/** How long closing waits for jobs at work and for the queue to answer; a Redis that is away never would. */
const CLOSE_MS = 5_000;
/** While Redis is away each connection fails several times a second, and always for the same reason. */
const REPORT_EVERY_MS = 10_000;
/** How long somebody waits who only wants to know whether the queue answers; a frozen Redis never would. */
const ANSWER_MS = 500;

type JobHandler<N extends JobName> = (data: Jobs[N]) => Promise<void>;
interface OpenWorker {
  close(): Promise<void>;
  /** Ends the connection that closing leaves open. */
  disconnect(): void;
}

/**
 * BullMQ behind typed jobs, on PostgreSQL or on Redis. Adding never throws and is not awaited by commands: a queue that is
 * down delays what it triggers until the sweeper finds it, and loses nothing.
 */
@Injectable()
export class Queue implements BeforeApplicationShutdown {
  private readonly queue: Pick<RedisQueue, 'add' | 'close' | 'on' | 'getJobState'>;
  private readonly handlers = new Map<JobName, (data: never) => Promise<void>>();
  private readonly connections: Redis[] = [];
  /** Jobs that were begun without the queue. */
  private readonly underWay = new Set<Promise<void>>();
  private worker?: OpenWorker;
  private closing = false;
  private reportedAt = 0;
  private takenCount = 0;

  constructor(
    @Inject(QUEUE_CONNECTION) private readonly connection: QueueConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.queue = this.openQueue();
    this.queue.on('error', (error) => this.report(error));
  }

  /** Adds a job; with `id` at most one job of that id waits. Resolves to false when the queue did not take it. */
  async add<N extends JobName>(
    name: N,
    data: Jobs[N],
    options: { id?: string; delayMs?: number } = {},
  ): Promise<boolean> {
    const jobOptions: JobsOptions = {
      jobId: options.id,
      delay: options.delayMs,
      removeOnComplete: true,
      // A job that is kept takes up its id: the same timer could not be set again.
      removeOnFail: options.id === undefined ? 100 : true,
      attempts: 3,
      backoff: { type: 'fixed', delay: 200 },
    };
    try {
      await this.queue.add(name, data, jobOptions);
      return true;
    } catch (error) {
      this.report(error);
      return false;
    }
  }

  /**
   * Does a job at once when this process works on jobs, without a way through the queue; returns false when it does not.
   * Only for what is found and done by others when it fails, or when the process dies.
   */
  doHere<N extends JobName>(name: N, data: Jobs[N]): boolean {
    const handler = this.handlers.get(name) as JobHandler<N> | undefined;
    if (!this.worker || this.closing || !handler) {
      return false;
    }
    const work = handler(data)
      .catch((error: unknown) => this.logger.warn({ err: error, job: name }, 'a job failed; the sweeper does it again'))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
    return true;
  }

  /** Says who works on a job. Called by modules while the application starts. */
  handle<N extends JobName>(name: N, handler: JobHandler<N>): void {
    this.handlers.set(name, handler);
  }

  /** Starts to work on jobs. Throws when a job has no handler: better no start than a job that nobody does. */
  work(): void {
    const missing = JOB_NAMES.filter((name) => !this.handlers.has(name));
    if (missing.length > 0) {
      throw new Error(`No handler is registered for the jobs: ${missing.join(', ')}.`);
    }
    this.worker = this.openWorker();
  }

  /** How many jobs this process has taken. */
  get taken(): number {
    return this.takenCount;
  }

  /** What has become of the job of an id: taken also when it is done or was never there. Undefined when the queue does not answer. */
  async stateOf(id: string): Promise<'waiting' | 'taken' | undefined> {
    const state = this.queue.getJobState(id).catch(() => undefined);
    const found = await Promise.race([state, sleep(ANSWER_MS, undefined, { ref: false })]);
    return found === undefined ? undefined : found === 'waiting' ? 'waiting' : 'taken';
  }

  async answers(): Promise<boolean> {
    return (await this.stateOf('none')) !== undefined;
  }

  /** Closes the worker and opens another one: of a worker that takes no jobs nothing else can be believed. */
  async restartWorker(): Promise<void> {
    const old = this.worker;
    if (!old || this.closing) {
      return;
    }
    const closed = old.close();
    closed.catch(() => undefined);
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
    old.disconnect();
    if (!this.closing) {
      this.worker = this.openWorker();
    }
  }

  /**
   * Lets the jobs at work finish, hands the rest back and closes. When the queue does not answer, what cannot be handed back
   * is found by the sweeper of another process.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    const closed = this.closeBoth();
    // After the time is up, the pending calls fail with the connections that are closed under them.
    closed.catch(() => undefined);
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
    this.connections.forEach((connection) => connection.disconnect());
  }

  private async closeBoth(): Promise<void> {
    await Promise.all(this.underWay);
    await this.worker?.close();
    await this.queue.close();
  }

  private openQueue(): Pick<RedisQueue, 'add' | 'close' | 'on' | 'getJobState'> {
    if (this.connection.kind === 'redis') {
      // A command fails at once while Redis is away, instead of waiting in line: the sweeper does the work meanwhile.
      return new RedisQueue(QUEUE_NAME, {
        connection: this.redis({ enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
      });
    }
    const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
    return new PostgresQueue(QUEUE_NAME, { connection: this.postgres() }) as unknown as RedisQueue;
  }

  private openWorker(): OpenWorker {
    const process = async (job: { name: string; data: unknown }): Promise<void> => {
      this.takenCount += 1;
      await this.handlers.get(job.name as JobName)?.(job.data as never);
    };
    const options = { concurrency: CONCURRENCY, maxStalledCount: 3 };
    if (this.connection.kind === 'redis') {
      const connection = this.redis({ maxRetriesPerRequest: null });
      const worker = new RedisWorker(QUEUE_NAME, process, { connection, ...options });
      worker.on('error', (error) => this.report(error));
      return { close: () => worker.close(), disconnect: () => connection.disconnect() };
    }
    const { Worker: PostgresWorker } = withBackend(createPostgresBackend);
    const worker = new PostgresWorker(QUEUE_NAME, process, { connection: this.postgres(), ...options });
    worker.on('error', (error) => this.report(error));
    return { close: () => worker.close(), disconnect: () => undefined };
  }

  private postgres(): { connectionString: string; schema: string; migrate: boolean; max: number } {
    return { connectionString: (this.connection as { url: string }).url, schema: 'bullmq', migrate: true, max: 4 };
  }

  private redis(options: { enableOfflineQueue?: boolean; maxRetriesPerRequest: number | null }): Redis {
    const connection = new Redis(this.connection.url, {
      ...options,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
    });
    connection.on('error', (error) => this.report(error));
    this.connections.push(connection);
    return connection;
  }

  private report(error: unknown): void {
    this.metrics.queueErrorsTotal.inc();
    if (!this.closing && Date.now() - this.reportedAt >= REPORT_EVERY_MS) {
      this.reportedAt = Date.now();
      this.logger.warn({ err: error }, 'the queue does not answer as it should; the sweeper does its work meanwhile');
    }
  }
}
