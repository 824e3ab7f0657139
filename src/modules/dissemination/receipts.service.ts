import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { ItemRef } from '../../core/wire/feed.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** Three levels of receipt: received, displayed, acknowledged. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptsRepository,
  ) {}

  /** Throws DomainError CURSOR_UNKNOWN for a position that the feed has not reached. */
  async received(user: UserPrincipal, key: FeedKey, position: { epoch: number; seq: number }): Promise<void> {
    const found = await this.transactions.run(user, (tx) => this.receipts.received(tx, key, deskOf(user), position));
    if (!found) {
      throw new DomainError('CURSOR_UNKNOWN', 'Your feed has not got that far; take seq and epoch from its items.');
    }
  }

  /** Throws DomainError ITEM_NOT_SHOWN for what is not in the desk's feed. */
  async displayed(user: UserPrincipal, key: FeedKey, item: ItemRef): Promise<void> {
    const found = await this.transactions.run(user, (tx) => this.receipts.displayed(tx, key, deskOf(user), item));
    if (!found) {
      throw notShown();
    }
  }

  /**
   * The person is the one who is signed in. The same once more with the same key changes nothing.
   * Throws DomainError ITEM_NOT_SHOWN or KEY_REUSED.
   */
  async acknowledge(
    user: UserPrincipal,
    key: FeedKey,
    item: ItemRef,
    { note, idempotencyKey }: { note?: string; idempotencyKey: string },
  ): Promise<void> {
    const by = { userId: user.id, person: user.displayName, note, key: idempotencyKey };
    await this.transactions.run(
      user,
      async (tx) => {
        const outcome = await this.receipts.acknowledge(tx, key, deskOf(user), item, by);
        if (outcome === undefined) {
          throw notShown();
        }
        if (outcome === 'other') {
          throw new DomainError('KEY_REUSED', 'This key was used for another acknowledgement; use a new one.');
        }
        return outcome;
      },
      (outcome) =>
        outcome === 'noted'
          ? { action: 'item.acknowledged', run: key.run, detail: { ...item, note, desk: user.desk } }
          : undefined,
    );
  }
}

function deskOf(user: UserPrincipal): string {
  if (!user.desk) {
    throw new DomainError('FORBIDDEN', 'Only the officer of a desk gives receipts.');
  }
  return user.desk;
}

function notShown(): DomainError {
  return new DomainError(
    'ITEM_NOT_SHOWN',
    'Your feed has no such item in this version; take kind, id and version from the item.',
  );
}
