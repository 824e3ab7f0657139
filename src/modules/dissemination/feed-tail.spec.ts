import { pino } from 'pino';
import { startClock } from '../../core/clock/clock.js';
import { runTime, wallTime } from '../../core/time/time.js';
import type { FeedHints } from '../../platform/database/feed-hints.js';
import type { Transactions } from '../../platform/database/transactions.js';
import { FeedTail, type FollowedFeed } from './feed-tail.js';
import type { FeedReadsRepository, ItemText } from './feed-reads.repository.js';

const KEY = { run: 'r', audience: 'jp' };
const CLOCK = startClock(wallTime(0), { startAt: runTime(0), endAt: runTime(1000) }, 1, true);

/** A feed in memory, whose reads are counted and can be held up. */
class FakeFeed {
  epoch = 1;
  items: ItemText[] = [];
  reads = 0;
  beforeItems: () => Promise<void> = () => Promise.resolve();

  append(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const seq = this.items.length + 1;
      this.items.push({ seq, text: `{"seq":${seq}}` });
    }
  }

  heads(): ReturnType<FeedReadsRepository['heads']> {
    const head = { ...KEY, epoch: this.epoch, headSeq: this.items.length, clock: CLOCK };
    return Promise.resolve({ heads: [head], nowMs: 0 });
  }

  async textsAfter(_: unknown, [position]: [{ after: number }], limit: number): Promise<Map<string, ItemText[]>> {
    this.reads += 1;
    // As a database would, it answers in a later turn.
    await Promise.resolve();
    const found = this.items.filter(({ seq }) => seq > position.after).slice(0, limit);
    await this.beforeItems();
    return new Map([['r jp', found]]);
  }
}

interface Under {
  tail: FeedTail;
  followed: FollowedFeed;
  /** What the listener found each time that the feed moved. */
  told: { epoch: number; headSeq: number; reason?: string }[];
}

async function under(feed: FakeFeed): Promise<Under> {
  const told: Under['told'] = [];
  const tail = new FeedTail(
    { run: (_: unknown, work: (tx: unknown) => unknown) => work({}) } as unknown as Transactions,
    feed as unknown as FeedReadsRepository,
    { listen: () => () => undefined } as unknown as FeedHints,
    pino({ level: 'silent' }),
  );
  tail.start({
    onMoved: ({ epoch, headSeq, reason }) => told.push({ epoch, headSeq, reason }),
    onClock: () => undefined,
  });
  const followed = (await tail.follow(KEY)) as FollowedFeed;
  return { tail, followed, told };
}

/** Everything from `seq` on that is in memory, as the positions of each packet. */
function inMemory({ tail, followed }: Under, seq: number): number[] {
  const packet = tail.packetFrom(followed, seq);
  return packet
    ? [...packet.items.map((item) => item.seq), ...inMemory({ tail, followed, told: [] }, packet.last + 1)]
    : [];
}

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('FeedTail', () => {
  let feed: FakeFeed;
  let here: Under;

  beforeEach(async () => {
    feed = new FakeFeed();
    here = await under(feed);
  });
  afterEach(() => here.tail.beforeApplicationShutdown());

  it('reads again for what comes while it reads, and resolves only then', async () => {
    feed.append(1);
    let once = true;
    feed.beforeItems = () => {
      if (once) {
        once = false;
        feed.append(1);
        void here.tail.read();
      }
      return Promise.resolve();
    };
    expect(await here.tail.read()).toBe(true);
    expect(here.told.map(({ headSeq }) => headSeq)).toEqual([1, 2]);
    expect(inMemory(here, 1)).toEqual([1, 2]);
  });

  it('takes in more than one read, in order, each once', async () => {
    feed.append(1_200);
    await here.tail.read();
    expect(here.followed.headSeq).toBe(1_200);
    expect(inMemory(here, 1)).toEqual(upTo(1_200));
  });

  it('begins anew in a new epoch', async () => {
    feed.append(3);
    await here.tail.read();
    Object.assign(feed, { epoch: 2, items: [] });
    feed.append(1);
    await here.tail.read();
    expect(here.told).toEqual([
      { epoch: 1, headSeq: 3 },
      { epoch: 2, headSeq: 0, reason: 'UNKNOWN_EPOCH' },
      { epoch: 2, headSeq: 1, reason: 'UNKNOWN_EPOCH' },
    ]);
    expect(inMemory(here, 1)).toEqual([1]);
  });

  it('takes a head that went down for another history (pitfall 17)', async () => {
    feed.append(3);
    await here.tail.read();
    const before = here.followed.history;
    feed.items.length = 1;
    await here.tail.read();
    expect(here.told.slice(1)).toEqual([
      { epoch: 1, headSeq: 0, reason: 'RESTORED' },
      { epoch: 1, headSeq: 1, reason: 'RESTORED' },
    ]);
    expect(here.followed.history).not.toBe(before);
    expect(inMemory(here, 1)).toEqual([1]);
  });

  it('stops at a position that is missing, and says that the feed is damaged', async () => {
    feed.append(5);
    feed.items.splice(2, 1);
    feed.items.push({ seq: 6, text: '{"seq":6}' });
    await here.tail.read();
    expect(here.followed).toMatchObject({ headSeq: 2, damaged: true });
    expect(inMemory(here, 1)).toEqual([1, 2]);
  });

  it('says when the database cannot be read', async () => {
    feed.append(1);
    feed.beforeItems = () => Promise.reject(new Error('down'));
    expect(await here.tail.read()).toBe(false);
    feed.beforeItems = () => Promise.resolve();
    expect(await here.tail.read()).toBe(true);
  });

  describe('for consoles that come back', () => {
    beforeEach(async () => {
      await here.tail.beforeApplicationShutdown();
      feed.append(1_000);
      here = await under(feed);
    });

    it('reads a page once, however many ask for it and from wherever in it (pitfall 28)', async () => {
      await Promise.all(upTo(200, 101).map((seq) => here.tail.load(here.followed, seq)));
      expect(feed.reads).toBe(1);
      expect(here.tail.packetFrom(here.followed, 101)?.last).toBe(256);
      await Promise.all(upTo(300, 201).map((seq) => here.tail.load(here.followed, seq)));
      expect(feed.reads).toBe(3);
    });

    it('keeps what came while a page was read, and gives nothing away before it was taken in', async () => {
      feed.beforeItems = async () => {
        feed.beforeItems = () => Promise.resolve();
        feed.append(2);
        await here.tail.read();
        feed.append(1);
      };
      await here.tail.load(here.followed, 990);
      expect(inMemory(here, 990)).toEqual(upTo(1_002, 990));
      // Committed, but not yet taken in: it comes with the next read of the tail.
      await here.tail.load(here.followed, 990);
      expect(inMemory(here, 990)).toEqual(upTo(1_002, 990));
    });

    it('drops a page of a history that ended while it was read', async () => {
      feed.beforeItems = async () => {
        feed.beforeItems = () => Promise.resolve();
        feed.items.length = 10;
        await here.tail.read();
      };
      await here.tail.load(here.followed, 1);
      expect(inMemory(here, 1)).toEqual(upTo(10));
    });

    it('goes on after a read that failed', async () => {
      feed.beforeItems = () => Promise.reject(new Error('down'));
      await expect(here.tail.load(here.followed, 1)).rejects.toThrow('down');
      feed.beforeItems = () => Promise.resolve();
      await here.tail.load(here.followed, 1);
      expect(inMemory(here, 1)).toEqual(upTo(256));
    });
  });
});
