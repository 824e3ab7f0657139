import type { Cursor, FeedItem } from './feed.js';

/** Why a webhook was disabled by the service: the account of whoever registered it is closed, has another role, or another desk. */
export type WebhookEnd = 'OWNER_CLOSED' | 'OWNER_ROLE' | 'OWNER_DESK';

/** A webhook as whoever registered it sees it; the secret is shown once. */
export interface WebhookView extends Cursor {
  id: string;
  run: string;
  audience: string;
  url: string;
  state: 'active' | 'disabled';
  /** Why the service disabled it; missing when somebody did. */
  reason?: WebhookEnd;
  /** Items of its feed that it was not sent yet, and messages that it gave up. */
  waiting: number;
  dead: number;
  /** Why it failed last, and when; missing when it never did. */
  error?: string;
  failedAt?: string;
  createdAt: string;
}

/** What a registration is answered with, and a rotation: the only time that the secret is told. */
export interface WebhookSecret {
  id: string;
  secret: string;
}

export interface WebhookDeliveryView extends Cursor {
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  /** When it is tried next, while it is pending. */
  nextAt?: string;
  /** Why it failed last. */
  error?: string;
  createdAt: string;
  endedAt?: string;
}

/** The body of what is sent: one item, or that the feed begins anew after `seq` 0 of `epoch`. */
export type WebhookMessage =
  | { type: 'item'; data: { run: string; audience: string; epoch: number; item: FeedItem } }
  | { type: 'reset'; data: { run: string; audience: string; epoch: number; seq: 0; reason: string } };
