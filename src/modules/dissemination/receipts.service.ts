import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { DisplayedMessage as ShownRef } from '../../core/wire/desk-events.js';
import { PIPELINE, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { FeedKey } from './feed.js';
import { ReceiptBatch } from './receipt-batch.js';
import { ReceiptsRepository, type DisplayedEntry, type ReceivedEntry } from './receipts.repository.js';

/** Three levels of receipt: received, displayed, acknowledged. */
@Injectable()
export class ReceiptsService implements BeforeApplicationShutdown {
  private readonly receivedBatch: ReceiptBatch<ReceivedEntry, boolean>;
  private readonly displayedBatch: ReceiptBatch<DisplayedEntry, boolean>;
  private readonly noting = new Map<string, Promise<boolean>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptsRepository,
    private readonly metrics: Metrics,
  ) {
    // On behalf of many desks at once: run, audience and desk are those that the connection was let in with.
    this.receivedBatch = new ReceiptBatch((entries) =>
      this.transactions.run(PIPELINE, (tx) => this.receipts.received(tx, entries)),
    );
    this.displayedBatch = new ReceiptBatch((entries) =>
      this.transactions.run(PIPELINE, (tx) => this.receipts.displayed(tx, entries)),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.receivedBatch.flush(), this.displayedBatch.flush()]);
  }

  /** The many consoles of a desk say the same within a moment: it is stored once for all who wait for it. */
  private noteReceived(entry: ReceivedEntry): Promise<boolean> {
    const { key, desk, epoch, seq } = entry;
    const name = `${key.run} ${desk} ${epoch} ${seq}`;
    const under = this.noting.get(name);
    if (under) {
      return under;
    }
    const noted = this.receivedBatch.add(entry).finally(() => this.noting.delete(name));
    this.noting.set(name, noted);
    return noted;
  }

  /** Resolves once it is stored. Throws DomainError CURSOR_UNKNOWN for a position that the feed has not reached. */
  async received(user: UserPrincipal, key: FeedKey, position: { epoch: number; seq: number }): Promise<void> {
    const found = await this.noteReceived({ key, desk: deskOf(user), ...position });
    if (!found) {
      throw new DomainError('CURSOR_UNKNOWN', 'Your feed has not got that far; take seq and epoch from its items.');
    }
    this.metrics.receiptsTotal.inc({ level: 'received' });
  }

  /** Resolves once it is stored. Throws DomainError ITEM_NOT_SHOWN for what is not in the desk's feed. */
  async displayed(user: UserPrincipal, key: FeedKey, item: ShownRef): Promise<void> {
    if (!(await this.displayedBatch.add({ key, desk: deskOf(user), item }))) {
      throw notShown();
    }
    this.metrics.receiptsTotal.inc({ level: 'displayed' });
  }

  /**
   * The person is the one who is signed in. The same once more with the same key changes nothing.
   * Throws DomainError ITEM_NOT_SHOWN or KEY_REUSED.
   */
  async acknowledge(
    user: UserPrincipal,
    key: FeedKey,
    item: ShownRef,
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
        if (outcome === 'noted') {
          tx.afterCommit(() => this.metrics.receiptsTotal.inc({ level: 'acknowledged' }));
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
