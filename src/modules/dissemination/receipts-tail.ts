import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ObligationView } from '../../core/wire/obligation.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { FeedTail } from './feed-tail.js';
import { ObligationReadsRepository } from './obligation-reads.repository.js';
import {
  ReceiptChangesRepository,
  type ChangesWanted,
  type ObligationChanged,
  type ReceiptChange,
  type ReceiptHead,
} from './receipt-changes.repository.js';

/** Receipts and duties are told several at a time: each telling is a frame more for every console. */
const POLL_MS = 500;
/** Some 50 KiB: what a console can take in at once, and more than a desk can work on; its snapshot has the rest. */
const TOLD_ON_JOINING = 200;
/** Reads after which a run that nobody follows any more is let go. */
const IDLE_READS = 40;

/** What is told of what is read: one listener. */
export interface ReceiptsListener {
  onReceipts(changes: readonly ReceiptChange[]): void;
  onObligations(changes: readonly ObligationChanged[]): void;
}

interface FollowedRun {
  /** By audience: the last revision that was handed over. One without an entry had none when the run was taken up. */
  readonly revisions: Map<string, number>;
  idle: number;
}

interface Asker {
  resolve(open: readonly ObligationView[]): void;
  reject(error: unknown): void;
}

/** Follows receipts and obligations of the runs whose feeds this node serves: one query for all runs finds what has moved. */
@Injectable()
export class ReceiptsTail implements BeforeApplicationShutdown {
  private readonly runs = new Map<string, FollowedRun>();
  private readonly asking = new Map<string, Asker[]>();
  private listener?: ReceiptsListener;
  private timer?: NodeJS.Timeout;
  private reading?: Promise<void>;
  private stopped = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly changes: ReceiptChangesRepository,
    private readonly obligations: ObligationReadsRepository,
    private readonly feeds: FeedTail,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(listener: ReceiptsListener): void {
    this.listener = listener;
    this.readSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.reading;
  }

  /**
   * The outstanding obligations of a run, the newest ones; every later change of it goes to the listener. It is read in turn with the changes, so that what
   * is told on joining is never older than a change that was told before; whoever asks meanwhile shares the read, so that a
   * thousand consoles that come back at once cost one.
   */
  outstandingIn(run: string): Promise<readonly ObligationView[]> {
    return new Promise((resolve, reject) => {
      this.asking.set(run, [...(this.asking.get(run) ?? []), { resolve, reject }]);
      if (!this.reading && this.isNew(run)) {
        this.readSoon();
      }
    });
  }

  /** At once where somebody joined a run that is not followed yet: changes are told from that read on. */
  private readSoon(): void {
    clearTimeout(this.timer);
    if (!this.stopped) {
      const asked = [...this.asking.keys()].some((run) => this.isNew(run));
      this.timer = setTimeout(() => void this.read(), asked ? 0 : POLL_MS);
    }
  }

  private isNew(run: string): boolean {
    return !this.runs.has(run);
  }

  private async read(): Promise<void> {
    this.reading = this.readOnce()
      .catch((error: unknown) =>
        this.logger.warn({ err: error }, 'receipts could not be read; the next read tries again'),
      )
      .finally(() => (this.reading = undefined));
    await this.reading;
    this.readSoon();
  }

  private async readOnce(): Promise<void> {
    this.letGo();
    const asking = new Map(this.asking);
    this.asking.clear();
    const runs = [...new Set([...this.runs.keys(), ...asking.keys()])];
    if (runs.length === 0) {
      return;
    }
    try {
      await this.transactions.run(PIPELINE, async (tx) => {
        const heads = await this.changes.heads(tx, runs);
        [...asking.keys()].forEach((run) => this.takeUp(run, heads));
        await this.handOver(tx, this.moved(heads));
        for (const [run, askers] of asking) {
          const open = await this.obligations.outstanding(tx, run, undefined, TOLD_ON_JOINING);
          askers.forEach(({ resolve }) => resolve(open));
        }
      });
    } catch (error) {
      asking.forEach((askers) => askers.forEach(({ reject }) => reject(error)));
      throw error;
    }
  }

  private async handOver(tx: Tx, wanted: readonly ChangesWanted[]): Promise<void> {
    if (wanted.length === 0) {
      return;
    }
    const [receipts, obligations] = await Promise.all([
      this.changes.receipts(tx, wanted),
      this.changes.obligations(tx, wanted),
    ]);
    // Only now that both were read: what failed halfway is read again whole.
    wanted.forEach(({ run, audience, upTo }) => this.runs.get(run)?.revisions.set(audience, upTo));
    if (receipts.length > 0) {
      this.listener?.onReceipts(receipts);
    }
    if (obligations.length > 0) {
      this.listener?.onObligations(obligations);
    }
  }

  private takeUp(run: string, heads: readonly ReceiptHead[]): void {
    if (!this.runs.has(run)) {
      const own = heads.filter((head) => head.run === run);
      this.runs.set(run, { revisions: new Map(own.map(({ audience, revision }) => [audience, revision])), idle: 0 });
    }
  }

  /** What is new. A head that went down is another history, since the database was restored: it goes on from there. */
  private moved(heads: readonly ReceiptHead[]): ChangesWanted[] {
    return heads.flatMap(({ run, audience, revision }) => {
      const revisions = this.runs.get(run)?.revisions;
      const after = revisions?.get(audience) ?? 0;
      if (after > revision) {
        revisions?.set(audience, revision);
      }
      return revisions && after < revision ? [{ run, audience, after, upTo: revision }] : [];
    });
  }

  private letGo(): void {
    const served = new Set([...this.feeds.followed].map(({ key }) => key.run));
    for (const [run, followed] of this.runs) {
      followed.idle = served.has(run) ? 0 : followed.idle + 1;
      if (followed.idle > IDLE_READS) {
        this.runs.delete(run);
      }
    }
  }
}
