import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { IDENTITY, isSame, type Identity } from './installation.js';

/** Injection token of the database URL that the watch connects to, past any pool. */
export const WATCH_URL = Symbol('WATCH_URL');

const EVERY_MS = 250;
/** A database that takes longer for one row that it has in memory is as good as away. */
const PATIENCE_MS = 2_000;

/**
 * Looks all the time whether the database answers, over a connection of its own: the pool may be full of statements that
 * hang, or merely busy. So a command can be refused at once instead of hanging with them, and whoever must know hears when
 * the database behind the URL has become another one.
 */
@Injectable()
export class DatabaseWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly onSilence = new Set<() => void>();
  private readonly onIdentity = new Set<() => void>();
  private client?: Client;
  private identity?: Identity;
  private watching?: Promise<void>;
  private readonly end = new AbortController();
  private isSilent = false;

  constructor(
    @Inject(WATCH_URL) private readonly url: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether the database did not answer when it was last asked. */
  get silent(): boolean {
    return this.isSilent;
  }

  /**
   * Calls back when the database falls silent, and each time it does not answer after that: what was opened while packets
   * still came through now and then hangs like what was open before. Returns a function that ends it.
   */
  whenSilent(callback: () => void): () => void {
    this.onSilence.add(callback);
    return () => this.onSilence.delete(callback);
  }

  /** Calls back when the database stands on another cluster or timeline than when it was asked before. */
  whenReplaced(callback: () => void): void {
    this.onIdentity.add(callback);
  }

  onApplicationBootstrap(): void {
    this.watching = this.watch();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.end.abort();
    this.drop();
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.end.signal.aborted) {
      try {
        this.heard(await withinPatience(this.ask()));
      } catch (error) {
        this.drop();
        this.missed(error);
      }
      await sleep(EVERY_MS, undefined, { signal: this.end.signal }).catch(() => undefined);
    }
    this.drop();
  }

  private async ask(): Promise<Identity> {
    const client = (this.client ??= this.open());
    const { rows } = await client.query<Identity>(IDENTITY);
    return rows[0]!;
  }

  private open(): Client {
    const client = new Client({ connectionString: this.url, application_name: 'triwatch-watch' });
    client.on('error', () => undefined);
    // The first question waits for the connection, and fails with it.
    client.connect().catch(() => undefined);
    return client;
  }

  private drop(): void {
    this.client?.end().catch(() => undefined);
    this.client = undefined;
  }

  private heard(identity: Identity): void {
    if (this.isSilent) {
      this.isSilent = false;
      this.logger.info('the database answers again');
    }
    const before = this.identity;
    this.identity = identity;
    if (before && !isSame(before, identity)) {
      this.onIdentity.forEach((callback) => callback());
    }
  }

  private missed(error: unknown): void {
    if (this.end.signal.aborted) {
      return;
    }
    if (!this.isSilent) {
      this.isSilent = true;
      this.logger.warn({ err: error }, 'the database does not answer; commands are refused until it does');
    }
    this.onSilence.forEach((callback) => callback());
  }
}

/** Fails when the answer takes too long. An answer that came while this process itself was busy counts. */
async function withinPatience<T>(answer: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = (async (): Promise<never> => {
    await sleep(PATIENCE_MS, undefined, { signal: over.signal });
    // After a long turn timers come before what has arrived meanwhile; two more turns let that in.
    await nextTurn();
    await nextTurn();
    throw new Error(`The database did not answer within ${PATIENCE_MS / 1000} s.`);
  })();
  late.catch(() => undefined);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}
