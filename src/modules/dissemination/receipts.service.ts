import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';
import { ReceiptsRepository, type ItemRef } from './receipts.repository.js';

/** Three levels of receipt: received, displayed, acknowledged. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptsRepository,
  ) {}

  async received(user: UserPrincipal, key: FeedKey, position: { epoch: number; seq: number }): Promise<void> {
    await this.transactions.run(user, (tx) => this.receipts.received(tx, key, deskOf(user), position));
  }

  /** Throws DomainError ITEM_NOT_SHOWN for what is not in the desk's feed. */
  async displayed(user: UserPrincipal, key: FeedKey, item: ItemRef): Promise<void> {
    const found = await this.transactions.run(user, (tx) => this.receipts.displayed(tx, key, deskOf(user), item));
    assertShown(found);
  }

  /** The person is the one who is signed in. Throws DomainError ITEM_NOT_SHOWN. */
  async acknowledge(
    user: UserPrincipal,
    key: FeedKey,
    item: ItemRef,
    { note, idempotencyKey }: { note?: string; idempotencyKey: string },
  ): Promise<void> {
    const by = { userId: user.id, person: user.displayName, note, key: idempotencyKey };
    const found = await this.transactions.run(
      user,
      (tx) => this.receipts.acknowledge(tx, key, deskOf(user), item, by),
      {
        action: 'item.acknowledged',
        run: key.run,
        detail: { ...item, note, desk: user.desk },
      },
    );
    assertShown(found);
  }
}

function deskOf(user: UserPrincipal): string {
  if (!user.desk) {
    throw new DomainError('FORBIDDEN', 'Only the officer of a desk gives receipts.');
  }
  return user.desk;
}

function assertShown(found: boolean): void {
  if (!found) {
    throw new DomainError(
      'ITEM_NOT_SHOWN',
      'Your feed has no such item in this version; take kind, id and version from the item.',
    );
  }
}
