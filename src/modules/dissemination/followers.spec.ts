import { jest } from '@jest/globals';
import { pino } from 'pino';
import { startClock } from '../../core/clock/clock.js';
import { runTime, wallTime } from '../../core/time/time.js';
import type { Cursor } from '../../core/wire/feed.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { FeedTail, FollowedFeed, TailListener } from './feed-tail.js';
import { FeedPages } from './feed-pages.js';
import { Followers } from './followers.js';
import type { Following } from './following.js';
import type { Outlet, Packet } from './outlet.js';

const KEY = { run: 'r', audience: 'jp' };
const CLOCK = startClock(wallTime(0), { startAt: runTime(0), endAt: runTime(1000) }, 1, true);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A tail in memory, which the test moves. Pages come when they are asked for, unless `loads` is replaced. */
class FakeTail {
  readonly pages = new FeedPages(1e9);
  feed: FollowedFeed | undefined = { key: KEY, epoch: 1, headSeq: 0, clock: CLOCK, history: 1, damaged: false };
  /** What is in the database beyond what this node has read. */
  unread = 0;
  readAgeMs = 0;
  unfollowed = 0;
  now = new Date(0);
  listener?: TailListener;
  readable = true;
  loads: (seq: number) => Promise<void> = () => Promise.reject(new Error('there is nothing to load'));

  get followed(): FollowedFeed[] {
    return this.feed ? [this.feed] : [];
  }

  start(listener: TailListener): void {
    this.listener = listener;
  }

  follow(): Promise<FollowedFeed | undefined> {
    return Promise.resolve(this.feed);
  }

  unfollow(): void {
    this.unfollowed += 1;
  }

  read(): Promise<boolean> {
    if (this.readable && this.unread > 0) {
      this.append(this.unread);
      this.unread = 0;
    }
    return Promise.resolve(this.readable);
  }

  packetFrom(feed: FollowedFeed, seq: number): Packet | undefined {
    return this.pages.packetFrom(feed, seq);
  }

  load(_: FollowedFeed, seq: number): Promise<void> {
    return this.loads(seq);
  }

  append(count: number): void {
    const feed = this.feed as FollowedFeed;
    const texts = Array.from({ length: count }, (_, index) => `{"seq":${feed.headSeq + index + 1}}`);
    this.pages.add(feed, feed.headSeq + 1, texts);
    feed.headSeq += count;
    this.listener?.onMoved(feed);
  }

  rewind(reason: string): void {
    const feed = this.feed as FollowedFeed;
    Object.assign(feed, { epoch: feed.epoch + 1, headSeq: 0, history: feed.history + 1, reason });
    this.listener?.onMoved(feed);
  }
}

/** Notes what it is handed; full after each packet while `slow`. */
class FakeOutlet implements Outlet {
  readonly got: string[] = [];
  slow = false;
  private callbacks: (() => void)[] = [];

  items({ first, last }: Packet): boolean {
    this.got.push(first === last ? `item ${first}` : `items ${first}-${last}`);
    return !this.slow;
  }

  reset({ epoch, seq, reason }: Cursor & { reason: string }): void {
    this.got.push(`reset ${epoch}:${seq} ${reason}`);
  }

  tick({ epoch, headSeq }: { epoch: number; headSeq: number }): void {
    this.got.push(`tick ${epoch}:${headSeq}`);
  }

  clock(): void {
    this.got.push('clock');
  }

  behind({ epoch, seq, headSeq }: Cursor & { headSeq: number }): void {
    this.got.push(`behind ${epoch}:${seq} of ${headSeq}`);
  }

  close(reason: string): void {
    this.got.push(`close ${reason}`);
  }

  whenReady(callback: () => void): void {
    this.callbacks.push(callback);
  }

  drain(): void {
    const callbacks = this.callbacks;
    this.callbacks = [];
    callbacks.forEach((callback) => callback());
  }
}

describe('Followers', () => {
  let tail: FakeTail;
  let outlet: FakeOutlet;
  let followers: Followers;
  let nowMs: number;

  beforeEach(() => {
    tail = new FakeTail();
    outlet = new FakeOutlet();
    nowMs = 0;
    followers = new Followers(tail as unknown as FeedTail, new Metrics(), pino({ level: 'silent' }));
    jest.spyOn(followers, 'nowMs').mockImplementation(() => nowMs);
    followers.start();
  });
  afterEach(() => followers.onModuleDestroy());

  async function join(cursor?: Cursor): Promise<Following> {
    const following = followers.join(outlet, KEY, cursor);
    await turn();
    return following;
  }

  it('brings a console up to date, ticks it, and goes on with what comes', async () => {
    tail.append(3);
    await join();
    tail.append(1);
    tail.append(2);
    expect(outlet.got).toEqual(['items 1-3', 'tick 1:3', 'item 4', 'items 5-6']);
  });

  it.each<[string, Cursor, string[]]>([
    ['the middle', { epoch: 1, seq: 1 }, ['items 2-3', 'tick 1:3']],
    ['the end', { epoch: 1, seq: 3 }, ['tick 1:3']],
    ['the beginning', { epoch: 1, seq: 0 }, ['items 1-3', 'tick 1:3']],
    ['beyond the end', { epoch: 1, seq: 4 }, ['reset 1:0 AHEAD_OF_FEED', 'items 1-3', 'tick 1:3']],
    ['an epoch that is not there', { epoch: 2, seq: 1 }, ['reset 1:0 UNKNOWN_EPOCH', 'items 1-3', 'tick 1:3']],
  ])('goes on from %s (pitfall 17)', async (_, cursor, got) => {
    tail.append(3);
    await join(cursor);
    expect(outlet.got).toEqual(got);
  });

  it('reads anew before it takes a position for one that the feed lacks', async () => {
    tail.append(3);
    tail.unread = 2;
    await join({ epoch: 1, seq: 5 });
    expect(outlet.got).toEqual(['tick 1:5']);
  });

  it('does not reset a console because it could not read: it sends it elsewhere', async () => {
    tail.readable = false;
    await join({ epoch: 1, seq: 5 });
    expect(outlet.got).toEqual(['close TRY_AGAIN']);
  });

  it('tells a new epoch to those who follow, in its place', async () => {
    tail.append(2);
    await join();
    tail.rewind('REWOUND');
    tail.append(1);
    expect(outlet.got.slice(2)).toEqual(['reset 2:0 REWOUND', 'item 1']);
  });

  it('stops at a full outlet and goes on where it was, each item once (pitfall 4)', async () => {
    await join();
    outlet.slow = true;
    tail.append(1);
    tail.append(2);
    tail.append(3);
    expect(outlet.got.slice(1)).toEqual(['item 1']);
    outlet.drain();
    expect(outlet.got.slice(1)).toEqual(['item 1', 'items 2-6']);
    outlet.slow = false;
    outlet.drain();
    tail.append(1);
    expect(outlet.got.slice(1)).toEqual(['item 1', 'items 2-6', 'item 7']);
  });

  it('tells a console that took long to make room that it is behind, once until it has caught up', async () => {
    await join();
    outlet.slow = true;
    for (let wait = 0; wait < 2; wait += 1) {
      tail.append(1);
      tail.append(1);
      nowMs += 1_000;
      outlet.drain();
    }
    expect(outlet.got.slice(1)).toEqual(['item 1', 'behind 1:1 of 2', 'item 2', 'items 3-4']);
    outlet.drain();
    tail.append(2);
    nowMs += 1_000;
    outlet.drain();
    expect(outlet.got.slice(-2)).toEqual(['items 5-6', 'behind 1:6 of 6']);
  });

  it('owes a full outlet its tick and its clock, and no more than one', async () => {
    await join();
    outlet.slow = true;
    tail.append(1);
    tail.listener?.onClock(tail.feed as FollowedFeed);
    (followers as unknown as { tick(): void }).tick();
    (followers as unknown as { tick(): void }).tick();
    expect(outlet.got).toEqual(['tick 1:0', 'item 1']);
    outlet.drain();
    expect(outlet.got).toEqual(['tick 1:0', 'item 1', 'tick 1:1']);
  });

  it('hears of a new epoch after it was full, and of nothing from before', async () => {
    await join();
    outlet.slow = true;
    tail.append(1);
    tail.append(1);
    tail.rewind('REWOUND');
    tail.append(1);
    (followers as unknown as { tick(): void }).tick();
    outlet.slow = false;
    outlet.drain();
    expect(outlet.got.slice(1)).toEqual(['item 1', 'reset 2:0 REWOUND', 'item 1', 'tick 2:1']);
  });

  it.each([['old', { readAgeMs: 2_001 }], ['of a damaged feed', {}]])('sends no tick while the news is %s (pitfall 6)', async (what, age) => {
    Object.assign(tail, age);
    Object.assign(tail.feed as FollowedFeed, { damaged: what !== 'old' });
    await join();
    tail.append(1);
    (followers as unknown as { tick(): void }).tick();
    expect(outlet.got).toEqual(['item 1']);
  }); // prettier-ignore

  it('resumes from anywhere, also while a page is being read for the old position', async () => {
    tail.append(5);
    const following = await join();
    let arrive: () => void = () => undefined;
    tail.loads = () => new Promise((resolve) => (arrive = resolve));
    jest.spyOn(tail, 'packetFrom').mockReturnValueOnce(undefined);
    following.resume({ epoch: 1, seq: 1 });
    following.resume({ epoch: 1, seq: 3 });
    arrive();
    await turn();
    expect(outlet.got).toEqual(['items 1-5', 'tick 1:5', 'items 4-5', 'tick 1:5']);
    following.resume({ epoch: 1, seq: 9 });
    await turn();
    expect(outlet.got.slice(4)).toEqual(['reset 1:0 AHEAD_OF_FEED', 'items 1-5', 'tick 1:5']);
  });

  it('joins in the turn of its last page, with what came while that was read (pitfall 8)', async () => {
    tail.append(2);
    jest.spyOn(tail, 'packetFrom').mockReturnValueOnce(undefined);
    tail.loads = () => {
      tail.append(2);
      return Promise.resolve();
    };
    await join();
    tail.append(1);
    expect(outlet.got).toEqual(['items 1-4', 'tick 1:4', 'item 5']);
  });

  it.each<[string, () => Promise<void>]>([
    ['cannot be read', () => Promise.reject(new Error('down'))],
    ['does not come', () => Promise.resolve()],
  ])('sends a console elsewhere when a page %s', async (_, loads) => {
    (tail.feed as FollowedFeed).headSeq = 5;
    tail.loads = loads;
    await join();
    expect(outlet.got).toEqual(['close TRY_AGAIN']);
    expect(tail.unfollowed).toBe(1);
  });

  it('lets nobody suffer for the fault of another', async () => {
    await join();
    const broken = new FakeOutlet();
    broken.items = () => {
      throw new Error('broken');
    };
    followers.join(broken, KEY);
    await turn();
    tail.append(1);
    expect(broken.got.at(-1)).toBe('close TRY_AGAIN');
    expect(outlet.got.at(-1)).toBe('item 1');
  });

  it('lets go of a feed with the last who follows it, and hands nothing to who has left', async () => {
    const [first, second] = [await join(), await join()];
    first.leave();
    first.leave();
    expect(tail.unfollowed).toBe(0);
    second.leave();
    expect(tail.unfollowed).toBe(1);
    tail.append(1);
    expect(outlet.got).toEqual(['tick 1:0', 'tick 1:0']);
  });

  it('lets go of a feed that everybody left while it was looked up', async () => {
    followers.join(outlet, KEY).leave();
    const before = tail.unfollowed;
    await turn();
    expect(tail.unfollowed).toBe(before + 1);
    expect(outlet.got).toEqual([]);
  });

  it('looks a feed up once for all who come together, and closes when there is none', async () => {
    const follow = jest.spyOn(tail, 'follow');
    tail.feed = undefined;
    followers.join(outlet, KEY);
    followers.join(outlet, KEY);
    await turn();
    expect(follow).toHaveBeenCalledTimes(1);
    expect(outlet.got).toEqual(['close TRY_AGAIN', 'close TRY_AGAIN']);
  });
});
