import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { PIPELINE, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { SessionEndsRepository } from './session-ends.repository.js';

/** Every node refuses a token within two seconds after its session was ended on any. */
const POLL_MS = 1_000;

type Held = Pick<UserPrincipal, 'id' | 'sessionId' | 'generation'>;

/**
 * What of the tokens that are still good was ended before its time: by a sign-out, another password, or a key that was revoked.
 * A token says alone who somebody is, so each node asks the database once a second what was ended since.
 */
@Injectable()
export class SessionEnds implements BeforeApplicationShutdown {
  private readonly generations = new Map<string, number>();
  private readonly watchers = new Set<{ user: () => Held; end: () => void }>();
  private since?: string;
  private first?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly ends: SessionEndsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether the session of a token is over. Begins to ask at the first call, which waits for the answer. */
  async isOver(user: Held): Promise<boolean> {
    this.first ??= this.begin();
    await this.first;
    return this.knowsOver(user);
  }

  /** Calls `end` once the session is over, soon after the call where it is over already. Returns a function that stops watching. */
  watch(user: () => Held, end: () => void): () => void {
    const watcher = { user, end };
    this.watchers.add(watcher);
    // It may have ended between the check of the token and this call, of which no later round would tell.
    queueMicrotask(() => {
      if (this.watchers.has(watcher) && this.knowsOver(user())) {
        end();
      }
    });
    return () => this.watchers.delete(watcher);
  }

  /** Takes in at once what this node has just ended; the others learn of it within a second. */
  async refresh(): Promise<void> {
    const { now, ends } = await this.transactions.run(PIPELINE, (tx) => this.ends.since(tx, this.since));
    this.since = now;
    const news = ends.filter(({ subject, generation }) => this.generations.get(subject) !== generation);
    news.forEach(({ subject, generation }) => this.generations.set(subject, generation));
    if (news.length > 0) {
      [...this.watchers].filter(({ user }) => this.knowsOver(user())).forEach(({ end }) => end());
    }
  }

  beforeApplicationShutdown(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private knowsOver({ id, sessionId, generation = 0 }: Held): boolean {
    return (this.generations.get(id) ?? 0) > generation || (sessionId !== undefined && this.generations.has(sessionId));
  }

  private async begin(): Promise<void> {
    await this.refresh().catch((error: unknown) => {
      // Whoever is refused asks again, and so does this.
      this.first = undefined;
      throw error;
    });
    this.plan();
  }

  private plan(): void {
    if (!this.closed) {
      this.timer = setTimeout(() => void this.round(), POLL_MS);
    }
  }

  private async round(): Promise<void> {
    await this.refresh().catch((error: unknown) =>
      this.logger.debug({ err: error }, 'ended sessions were not read; the next round does'),
    );
    this.plan();
  }
}
