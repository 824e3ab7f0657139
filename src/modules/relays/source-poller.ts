import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { afterFailure } from '../../core/delivery/retry.js';
import { entriesToTake, failedAgain, type FailedEntries, type FailedEntry } from '../../core/relay/entries.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LeaseLoop } from '../../platform/lease-loop.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { OperationalError } from '../../platform/operational-error.js';
import type { CapFeedEntry } from '../../platform/xml/cap-feed.js';
import { RelayedDocumentsRepository } from './relayed-documents.repository.js';
import { RelayService, type OpenedDocument } from './relay.service.js';
import { SourceReader, type ReadFeed } from './source-reader.js';
import { SourcesRepository, type LeasedSource, type Look } from './sources.repository.js';

interface NamedEntry extends CapFeedEntry {
  readonly name: string;
}

/** How a look at a feed ended: how many entries are left, what could not be had, and the fault of the last that had one. */
interface Taken {
  readonly rest: number;
  readonly failedEntries: FailedEntries;
  readonly fault?: string;
}

const POLL_MS = 500;
/** Sources that one worker looks at together. */
const AT_ONCE = 4;
/** Entries of a feed that are looked at, newest first as feeds have them; a feed of everything there ever was is no feed. */
const MOST_ENTRIES = 200;
/** Documents that one look takes in; the next one goes on. */
const MOST_DOCUMENTS = 50;
/** One look altogether; shorter than its lease. */
const LOOK_MS = 90_000;
/** Of a source that fails, unless its own interval is long: never sooner than if it had answered. */
const LONGEST_DELAY_MS = 3_600_000;

/**
 * Looks at each trusted source when its time has come, one worker at a time. Whatever a source does costs itself alone: its error
 * is kept with it, and it is looked at less and less often until it answers as it should.
 */
@Injectable()
export class SourcePoller implements BeforeApplicationShutdown {
  private readonly loop = new LeaseLoop<LeasedSource>({
    everyMs: POLL_MS,
    atOnce: AT_ONCE,
    take: (lease, limit) => this.transactions.run(PIPELINE, (tx) => this.sources.lease(tx, lease, limit)),
    work: async (source, lease, stop) => {
      const look = await this.look(source, stop);
      await this.transactions.run(PIPELINE, (tx) => this.sources.looked(tx, source.id, lease, look));
    },
    failed: (error, source) =>
      this.logger.warn({ err: error, source: source?.id }, 'sources, or one of them, are looked at again later'),
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly sources: SourcesRepository,
    private readonly documents: RelayedDocumentsRepository,
    private readonly reader: SourceReader,
    private readonly relay: RelayService,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async look(source: LeasedSource, stop: AbortSignal): Promise<Look> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(LOOK_MS)]);
    const intervalMs = source.intervalS * 1000;
    try {
      const feed = await this.reader.feed(source, signal);
      this.metrics.sourceLooksTotal.inc({ outcome: feed ? 'read' : 'unchanged' });
      if (!feed) {
        return {
          nextInMs: intervalMs,
          failedEntries: source.failedEntries,
          etag: source.etag,
          lastModified: source.lastModified,
        };
      }
      const { rest, fault, failedEntries } = await this.takeAll(source, feed, signal, stop);
      // What is left, or could not be had, is asked for again: the feed must not be taken for known.
      const whole = rest === 0 && fault === undefined && Object.keys(failedEntries).length === 0;
      const known = whole ? { etag: feed.etag, lastModified: feed.lastModified } : {};
      return { nextInMs: rest > 0 ? 0 : intervalMs, failedEntries, error: fault, ...known };
    } catch (error) {
      this.metrics.sourceLooksTotal.inc({ outcome: 'failed' });
      const longestDelayMs = Math.max(LONGEST_DELAY_MS, intervalMs * 4);
      const next = afterFailure(
        { firstDelayMs: intervalMs * 2, longestDelayMs, jitter: 'half' },
        source.failures + 1,
        Math.random(),
      );
      const nextInMs = next.kind === 'retry' ? next.delayMs : intervalMs;
      return { nextInMs, failedEntries: source.failedEntries, error: this.faultOf(error, source) };
    }
  }

  /** In the order in which they were sent, and oldest first by the feed where that is the same: an update comes after what it updates. */
  private async takeAll(
    source: LeasedSource,
    { entries, url }: ReadFeed,
    signal: AbortSignal,
    stop: AbortSignal,
  ): Promise<Taken> {
    const named = entries.slice(0, MOST_ENTRIES).map((entry) => ({ ...entry, name: nameOf(entry) }));
    const names = named.map(({ name }) => name);
    const known = await this.transactions.run(PIPELINE, (tx) => this.documents.knownEntries(tx, source.id, names));
    const unknown = named.filter(({ name }) => !known.has(name));
    const before = source.failedEntries;
    const { take, rest, waiting } = entriesToTake(unknown, before, Date.now(), MOST_DOCUMENTS);
    const failed = new Map<string, FailedEntry>();
    let fault: string | undefined;
    const fail = (name: string, error: unknown): void => {
      if (stop.aborted) {
        throw error;
      }
      fault = this.faultOf(error, source);
      failed.set(name, failedAgain(before[name], source.intervalS * 1000, Date.now(), Math.random()));
    };
    const opened = await this.fetchAll(source, take, url, signal, fail);
    for (const document of opened.reverse().sort((one, other) => one.sentMs - other.sentMs)) {
      if (!(await this.transactions.run(PIPELINE, (tx) => this.sources.isTrusted(tx, source.id)))) {
        return { rest: unknown.length, failedEntries: before };
      }
      const whole = rest === 0 && waiting === 0 && fault === undefined;
      await this.relay.take(source, document, new Date(), whole).catch((error: unknown) => fail(document.entry, error));
    }
    const tried = new Set(take.map(({ name }) => name));
    const still = unknown.flatMap(({ name }) => {
      const entry = failed.get(name) ?? (tried.has(name) ? undefined : before[name]);
      return entry ? [[name, entry] as const] : [];
    });
    return { rest, fault, failedEntries: Object.fromEntries(still) };
  }

  private async fetchAll(
    source: LeasedSource,
    entries: readonly NamedEntry[],
    url: string,
    signal: AbortSignal,
    fail: (name: string, error: unknown) => void,
  ): Promise<OpenedDocument[]> {
    const opened: OpenedDocument[] = [];
    for (const entry of entries) {
      try {
        opened.push(await this.relay.open(source, entry.name, await this.documentOf(entry, url, signal), new Date()));
      } catch (error) {
        fail(entry.name, error);
      }
    }
    return opened;
  }

  /** What is kept with the source. An error of ours is one of its documents' as well: it must not keep the others away. */
  private faultOf(error: unknown, source: LeasedSource): string {
    if (error instanceof OperationalError) {
      return `${error.code}: ${error.message}`;
    }
    this.logger.error({ err: error, source: source.id }, 'what a source sent could not be dealt with');
    return 'INTERNAL: What the source sent could not be dealt with; the log says why.';
  }

  private async documentOf({ embedded, link }: CapFeedEntry, url: string, signal: AbortSignal): Promise<Uint8Array> {
    return embedded === undefined ? this.reader.document(link ?? '', url, signal) : Buffer.from(embedded);
  }
}

/** Of an entry and its version: another one when the feed says that it has changed, or that its document is elsewhere. */
const nameOf = ({ key, link, embedded }: CapFeedEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([key, link, embedded]))
    .digest('hex');
