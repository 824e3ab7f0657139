import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { DatabaseWatch } from './database-watch.js';
import { cut } from './pool-connections.js';
import { Transactions } from './transactions.js';
import { PIPELINE } from './principal.js';

/** Injection token of the database URL that the listening connection uses. It must reach the server itself, not a pooler. */
export const HINTS_URL = Symbol('HINTS_URL');

const CHANNEL = 'triwatch_feeds';
const NOTIFY = 'SELECT pg_notify($1, $2)';
const RECONNECT_MS = 500;

/**
 * Hints that some feed or clock has moved. A hint only wakes: it may be lost, doubled or late, and nothing depends on it
 * but speed, since every listener polls as well. Sent after the commit, outside the transaction, because NOTIFY inside one
 * takes a lock that all committing transactions share.
 */
@Injectable()
export class FeedHints implements BeforeApplicationShutdown {
  private readonly listeners = new Set<() => void>();
  /** Marks this process's own hints, which have woken it already. */
  private readonly sender = randomUUID();
  private client?: Client;
  private listening = false;
  private retry?: NodeJS.Timeout;
  private sending = false;
  private again = false;
  private closed = false;

  constructor(
    @Inject(HINTS_URL) private readonly url: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly transactions: Transactions,
    watch: DatabaseWatch,
  ) {
    // Nobody tells a listener that its connection has gone silent.
    watch.whenSilent(() => this.client && cut(this.client));
  }

  /**
   * Says that there is something to read: at once to whoever listens in this process, and to other processes by NOTIFY.
   * What is said while a NOTIFY is under way becomes one more.
   */
  send(): void {
    this.listeners.forEach((listener) => listener());
    this.again = true;
    if (!this.sending) {
      void this.notifyOthers();
    }
  }

  /** Calls `listener` at every hint. Returns a function that ends it. Opens the one listening connection at first use. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    if (!this.client) {
      void this.connect();
    }
    return () => this.listeners.delete(listener);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async notifyOthers(): Promise<void> {
    this.sending = true;
    while (this.again && !this.closed) {
      this.again = false;
      await this.notify().catch((error: unknown) =>
        this.logger.debug({ err: error }, 'a hint was not sent; the poll finds what it was for'),
      );
    }
    this.sending = false;
  }

  /** On the listening connection where there is one: it has nothing else to do, and a single statement is one way there and back. */
  private async notify(): Promise<void> {
    const values = [CHANNEL, this.sender];
    await (this.listening && this.client
      ? this.client.query(NOTIFY, values)
      : this.transactions.run(PIPELINE, (tx) => tx.query(NOTIFY, values)));
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true, application_name: 'triwatch-hints' });
    this.client = client;
    client.on('notification', ({ payload }) => {
      if (payload !== this.sender) {
        this.listeners.forEach((listener) => listener());
      }
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.listening = this.client === client;
    } catch (error) {
      this.lost(client, error);
    }
  }

  private lost(client: Client, error?: unknown): void {
    if (this.closed || this.client !== client) {
      return;
    }
    this.client = undefined;
    this.listening = false;
    this.logger.warn({ err: error }, 'the listening connection was lost; polling until it is back');
    client.end().catch(() => undefined);
    this.retry = setTimeout(() => void this.connect(), RECONNECT_MS);
  }
}
