import { pino } from 'pino';
import { startClock } from '../../core/clock/clock.js';
import { runTime, wallTime } from '../../core/time/time.js';
import type { FeedItem } from '../../core/wire/feed.js';
import type { FeedHints } from '../../platform/database/feed-hints.js';
import type { Transactions } from '../../platform/database/transactions.js';
import { FeedTail, type FollowedFeed } from './feed-tail.js';
import type { FeedReadsRepository } from './feed-reads.repository.js';

const KEY = { run: 'r', audience: 'jp' };
const CLOCK = startClock(wallTime(0), { startAt: runTime(0), endAt: runTime(1000) }, 1, true);

/** A feed in memory, whose reads can be held up. */
class FakeFeed {
  epoch = 1;
  items: FeedItem[] = [];
  beforeItems: () => Promise<void> = () => Promise.resolve();

  append(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.items.push({ seq: this.items.length + 1 } as FeedItem);
    }
  }

  heads(): ReturnType<FeedReadsRepository['heads']> {
    const head = { ...KEY, epoch: this.epoch, headSeq: this.items.length, clock: CLOCK };
    return Promise.resolve({ heads: [head], nowMs: 0 });
  }

  async itemsAfter(_: unknown, [position]: [{ after: number }], limit: number): Promise<unknown> {
    const found = this.items.slice(position.after, position.after + limit);
    await this.beforeItems();
    return found.map((item) => ({ ...KEY, epoch: this.epoch, item }));
  }
}

function tailOf(feed: FakeFeed): { tail: FeedTail; told: number[]; resets: string[] } {
  const told: number[] = [];
  const resets: string[] = [];
  const tail = new FeedTail(
    { run: (_: unknown, work: (tx: unknown) => unknown) => work({}) } as unknown as Transactions,
    feed as unknown as FeedReadsRepository,
    { listen: () => () => undefined } as unknown as FeedHints,
    pino({ level: 'silent' }),
  );
  tail.start({
    onItems: (_: FollowedFeed, items) => told.push(...items.map(({ seq }) => seq)),
    onReset: (_: FollowedFeed, reason) => resets.push(reason),
    onClock: () => undefined,
  });
  return { tail, told, resets };
}

describe('FeedTail', () => {
  let feed: FakeFeed;
  let under: ReturnType<typeof tailOf>;

  beforeEach(async () => {
    feed = new FakeFeed();
    under = tailOf(feed);
    await under.tail.follow(KEY);
  });
  afterEach(() => under.tail.beforeApplicationShutdown());

  it('reads again for what comes while it reads, and resolves only then', async () => {
    feed.append(1);
    let once = true;
    feed.beforeItems = () => {
      if (once) {
        once = false;
        feed.append(1);
        void under.tail.read();
      }
      return Promise.resolve();
    };
    await under.tail.read();
    expect(under.told).toEqual([1, 2]);
  });

  it('hands over more than a page in order, each once', async () => {
    feed.append(1_200);
    await under.tail.read();
    expect(under.told).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  });

  it('begins anew in a new epoch', async () => {
    feed.append(3);
    await under.tail.read();
    Object.assign(feed, { epoch: 2, items: [] });
    feed.append(1);
    await under.tail.read();
    expect(under.resets).toEqual(['UNKNOWN_EPOCH']);
    expect(under.told).toEqual([1, 2, 3, 1]);
  });

  it('takes a head that went down for another history', async () => {
    feed.append(3);
    await under.tail.read();
    feed.items.length = 1;
    await under.tail.read();
    expect(under.resets).toEqual(['RESTORED']);
    expect(under.told).toEqual([1, 2, 3, 1]);
  });
});
