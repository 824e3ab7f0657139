import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { digestText } from '../../core/delivery/digest.js';
import { DomainError } from '../../core/domain-error.js';
import type { FeedItem } from '../../core/wire/feed.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { RunParts } from '../runs/run-parts.js';
import { RunsRepository } from '../runs/runs.repository.js';
import type { FeedHead, FeedKey } from './feed.js';
import { FeedReadsRepository } from './feed-reads.repository.js';
import { FeedsRepository } from './feeds.repository.js';
import { ReceiptsRepository, type Acknowledged } from './receipts.repository.js';

/**
 * Far from every epoch of a drill: `live` may stand for a test today and for what is actual tomorrow, and a console that comes
 * back with a cursor of the first must be told to begin anew, not be taken for one that has read the second.
 */
const FIRST_ACTUAL_EPOCH = 1_000_001;

@Injectable()
export class FeedsService {
  /** Questions for a desk's feed that the database has not answered yet: after a node's death a thousand ask the same few. */
  private readonly asking = new Map<string, Promise<FeedKey>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly feeds: FeedsRepository,
    private readonly reads: FeedReadsRepository,
    private readonly runs: RunsRepository,
    private readonly receipts: ReceiptsRepository,
    parts: RunParts,
  ) {
    parts.register({
      started: (tx, { run, audiences }) =>
        this.feeds.ensure(
          tx,
          run.id,
          audiences.map(({ audience }) => audience),
          run.mode === 'actual' ? FIRST_ACTUAL_EPOCH : 1,
        ),
      rewound: (tx, run) => this.feeds.openEpoch(tx, run, 'REWOUND'),
      ended: async (tx, run) => ({ digest: await this.digest(tx, run) }),
    });
  }

  /**
   * The feed that somebody gets who asks for it as `desk` (a controller may also ask as `control`).
   * Throws DomainError RUN_NOT_FOUND or FORBIDDEN_FEED.
   */
  feedOfDesk(user: UserPrincipal, run: string, desk: string): Promise<FeedKey> {
    const question = JSON.stringify([user, run, desk]);
    const known = this.asking.get(question);
    if (known) {
      return known;
    }
    const answer = this.findFeedOfDesk(user, run, desk).finally(() => this.asking.delete(question));
    this.asking.set(question, answer);
    return answer;
  }

  private findFeedOfDesk(user: UserPrincipal, run: string, desk: string): Promise<FeedKey> {
    return this.transactions.run(user, async (tx) => {
      if (!(await this.runs.find(tx, run))) {
        throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you take part in.`);
      }
      const audience =
        desk === 'control' && user.role === 'controller' ? 'control' : await this.runs.audienceOfDesk(tx, run, desk);
      if (audience === undefined) {
        throw new DomainError('FORBIDDEN_FEED', `The feed of "${desk.slice(0, 80)}" is not yours to see.`);
      }
      return { run, audience };
    });
  }

  /** A page of a feed. Throws DomainError FORBIDDEN_FEED or CURSOR_UNKNOWN. */
  async page(
    principal: Principal,
    key: FeedKey,
    cursor: { epoch?: number; after: number; limit: number },
  ): Promise<FeedHead & { items: FeedItem[] }> {
    return this.transactions.run(principal, async (tx) => {
      const head = await this.reads.head(tx, key);
      if (!head) {
        throw forbidden(key);
      }
      const epoch = cursor.epoch ?? head.epoch;
      if (epoch < 1 || epoch > head.epoch || (epoch === head.epoch && cursor.after > head.headSeq)) {
        throw new DomainError('CURSOR_UNKNOWN', 'The feed has no such position; start again from the snapshot.');
      }
      const found = await this.reads.itemsAfter(tx, [{ ...key, epoch, after: cursor.after }], cursor.limit);
      const headSeq = epoch === head.epoch ? head.headSeq : await this.reads.lastSeq(tx, key, epoch);
      return { ...head, epoch, headSeq, items: found.map(({ item }) => item) };
    });
  }

  /**
   * The present epoch whole, with its receipts, and the position to go on from: all as of one moment, so that whoever follows
   * from there misses nothing and is told nothing of an item that is not in it. Throws DomainError FORBIDDEN_FEED.
   */
  snapshot(
    principal: Principal,
    key: FeedKey,
  ): Promise<FeedHead & { items: FeedItem[]; acknowledged: Acknowledged[] }> {
    const read = async (tx: Tx): Promise<FeedHead & { items: FeedItem[]; acknowledged: Acknowledged[] }> => {
      const snapshot = await this.reads.snapshot(tx, key);
      if (!snapshot) {
        throw forbidden(key);
      }
      return { ...snapshot, acknowledged: await this.receipts.acknowledgements(tx, key.run, key.audience) };
    };
    return this.transactions.run(principal, read, undefined, { snapshot: true });
  }

  /** The digest of a run's present epoch, lower-case hex; a watch has none, as its ids are random. */
  async digest(tx: Tx, run: string): Promise<string | undefined> {
    if ((await this.runs.kind(tx, run)).job === 'watch') {
      return undefined;
    }
    return createHash('sha256')
      .update(digestText(await this.feeds.digestEntries(tx, run)))
      .digest('hex');
  }
}

function forbidden({ audience, run }: FeedKey): DomainError {
  return new DomainError(
    'FORBIDDEN_FEED',
    `The feed "${audience.slice(0, 80)}" of the run "${run.slice(0, 80)}" is not yours to see.`,
  );
}
