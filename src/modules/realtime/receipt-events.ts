import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { whoSeesReceipt } from '../../core/obligation/who-sees-receipt.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import type { ObligationEvent, ReceiptView } from '../../core/wire/desk-events.js';
import type { ObligationView } from '../../core/wire/obligation.js';
import { LOGGER } from '../../platform/logging/logger.js';
import type { ObligationChanged, ReceiptChange } from '../dissemination/receipt-changes.repository.js';
import { ReceiptsTail, type ReceiptsListener } from '../dissemination/receipts-tail.js';
import { Consoles } from './consoles.js';
import type { DeskSession } from './desk-session.js';

/** Entries of one event: some 25 KiB, so that a window of a console has room for it. */
const TOGETHER = 100;

/** Tells consoles of receipts and obligations: control all of its run, an audience its own, others what the arrangement shares. */
@Injectable()
export class ReceiptEvents implements ReceiptsListener, OnApplicationBootstrap {
  /** The events made of one read for all who joined meanwhile, so that each is encoded once. */
  private readonly openEvents = new WeakMap<readonly ObligationView[], Map<string, ObligationEvent[]>>();

  constructor(
    private readonly tail: ReceiptsTail,
    private readonly consoles: Consoles,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.tail.start(this);
  }

  /** Tells a console that has just joined of the outstanding obligations of its audience, and of every change from now on. */
  async joined({ key, outlet }: Pick<DeskSession, 'key' | 'outlet'>): Promise<void> {
    try {
      const open = await this.tail.outstandingIn(key.run);
      this.eventsOf(key.run, key.audience, open).forEach((event) => outlet?.tell('obligation', event));
    } catch (error) {
      // The console has its items; outstanding duties are in the snapshot as well.
      this.logger.warn(
        { err: error, run: key.run },
        'a console that joined could not be told of its outstanding duties',
      );
    }
  }

  onReceipts(changes: readonly ReceiptChange[]): void {
    const told = new Map<string, { run: string; audience: string; receipts: ReceiptView[] }>();
    const add = (run: string, audience: string, receipt: ReceiptView): void => {
      const key = `${run} ${audience}`;
      const entry = told.get(key) ?? { run, audience, receipts: [] };
      entry.receipts.push(receipt);
      told.set(key, entry);
    };
    for (const { run, audience, receipt, sharesReceipts, shownTo } of changes) {
      const { whole, withoutNote } = whoSeesReceipt(audience, sharesReceipts, shownTo);
      const { note: _, ...shared } = receipt;
      whole.forEach((reader) => add(run, reader, receipt));
      withoutNote.forEach((reader) => add(run, reader, shared));
    }
    for (const { run, audience, receipts } of told.values()) {
      for (const part of partsOf(receipts)) {
        this.consoles.tell({ run, audience }, 'receipt', { run, receipts: part });
      }
    }
  }

  onObligations(changes: readonly ObligationChanged[]): void {
    for (const run of new Set(changes.map((change) => change.run))) {
      const own = changes.filter((change) => change.run === run).map(({ obligation }) => obligation);
      for (const audience of new Set([CONTROL, ...own.map((each) => each.audience)])) {
        for (const event of obligationEvents(run, audience, own)) {
          this.consoles.tell({ run, audience }, 'obligation', event);
        }
      }
    }
  }

  private eventsOf(run: string, audience: string, open: readonly ObligationView[]): ObligationEvent[] {
    const made = this.openEvents.get(open) ?? new Map<string, ObligationEvent[]>();
    const events = made.get(audience) ?? joinEvents(run, audience, open);
    this.openEvents.set(open, made.set(audience, events));
    return events;
  }
}

/**
 * What is told on joining, one event at least: from it on every change is told, so a console whose snapshot is older asks for
 * it again.
 */
function joinEvents(run: string, audience: string, open: readonly ObligationView[]): ObligationEvent[] {
  const events = obligationEvents(run, audience, open);
  return events.length > 0 ? events : [{ run, obligations: [] }];
}

/** What an audience is told of these obligations; control is told of all. */
function obligationEvents(run: string, audience: string, obligations: readonly ObligationView[]): ObligationEvent[] {
  const own = obligations.filter((each) => audience === CONTROL || each.audience === audience);
  return partsOf(own).map((part) => ({ run, obligations: part }));
}

function partsOf<T>(entries: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(entries.length / TOGETHER) }, (_, index) =>
    entries.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
}
