import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';

const WINDOW_MS = 60_000;
/** Enough for a tired officer, too few for a dictionary. It slows one name down for a minute and locks nobody out. */
const FAILURES = 10;
/** Names remembered at most; the oldest goes first. */
const NAMES = 10_000;

/** Slows guessing of one account's password on this node. */
@Injectable()
export class SignInLimit {
  private readonly failures = new Map<string, { count: number; since: number }>();

  /** Throws DomainError TOO_MANY_ATTEMPTS while a name has failed too often in the last minute. */
  check(username: string): void {
    const entry = this.failures.get(username);
    if (entry && entry.count >= FAILURES && Date.now() - entry.since < WINDOW_MS) {
      throw new DomainError(
        'TOO_MANY_ATTEMPTS',
        'Too many wrong passwords for this user; wait a minute and try again.',
      );
    }
  }

  failed(username: string): void {
    const entry = this.failures.get(username);
    const fresh =
      entry && Date.now() - entry.since < WINDOW_MS
        ? { count: entry.count + 1, since: entry.since }
        : { count: 1, since: Date.now() };
    this.failures.delete(username);
    this.failures.set(username, fresh);
    const oldest = this.failures.keys().next().value;
    if (this.failures.size > NAMES && oldest !== undefined) {
      this.failures.delete(oldest);
    }
  }

  succeeded(username: string): void {
    this.failures.delete(username);
  }
}
