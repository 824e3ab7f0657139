import type { ResponseBody } from '../../src/core/incident/item.js';
import type { ClockView } from '../../src/core/wire/clock.js';
import type { Acknowledgement, FeedItem } from '../../src/core/wire/feed.js';
import { cursorOf, emptyFeed, feedAfter, newestVersions, unacknowledged, type FeedState } from './feed.js';

const item = (seq: number, over: Partial<FeedItem> = {}): FeedItem => ({
  seq,
  kind: 'report',
  id: `item-${seq}`,
  version: 1,
  late: false,
  realAt: '2026-11-24T00:00:00.000Z',
  body: { mode: 'exercise', texts: {}, known: { at: '2010-11-23T05:34:00.000Z', basis: 'recorded' } },
  ...over,
});

const items = (state: FeedState, list: FeedItem[], epoch = 1): FeedState =>
  feedAfter(state, { type: 'items', event: { run: 'r', audience: 'jp', epoch, items: list } });

const clock = (revision: number): ClockView => ({
  revision,
  state: 'playing',
  speed: 300,
  rate: 300,
  realAt: '2026-11-24T00:00:00.000Z',
  runAt: '2010-11-22T23:00:00.000Z',
  startAt: '2010-11-22T23:00:00.000Z',
  endAt: '2010-11-23T15:00:00.000Z',
});

const tick = (state: FeedState, headSeq: number, epoch = 1, revision = 1): FeedState =>
  feedAfter(state, {
    type: 'tick',
    event: { at: '2026-11-24T00:00:10.000Z', epoch, headSeq, clock: clock(revision) },
    receivedAtMs: Date.parse('2026-11-24T00:00:07.000Z'),
  });

const seqs = (state: FeedState): number[] => state.items.map((each) => each.seq);

const ack = (id: string, version: number, desk: string, person = 'Sato'): Acknowledgement => ({
  kind: 'report',
  id,
  version,
  desk,
  person,
  at: '2026-11-24T00:00:00.000Z',
});

describe('items', () => {
  it('applies consecutive items and takes the epoch of the first ones', () => {
    const state = items(emptyFeed, [item(1), item(2)]);
    expect(seqs(state)).toEqual([1, 2]);
    expect(cursorOf(state)).toEqual({ epoch: 1, seq: 2 });
  });

  it('drops what it has already, however often it comes', () => {
    const state = items(items(emptyFeed, [item(1), item(2)]), [item(1), item(2), item(3)]);
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.gap).toBe(false);
  });

  it('stops at a gap, reports it, and goes on once the missing items came', () => {
    const gap = items(items(emptyFeed, [item(1)]), [item(3), item(4)]);
    expect(seqs(gap)).toEqual([1]);
    expect(gap.gap).toBe(true);
    const whole = items(feedAfter(gap, { type: 'resumed' }), [item(2), item(3), item(4)]);
    expect(seqs(whole)).toEqual([1, 2, 3, 4]);
    expect(whole.gap).toBe(false);
  });

  it('takes nothing of another epoch without a reset', () => {
    const state = items(items(emptyFeed, [item(1)]), [item(1), item(2)], 2);
    expect(seqs(state)).toEqual([1]);
    expect(state.gap).toBe(true);
  });

  it('does not change the state that it was given', () => {
    const before = items(emptyFeed, [item(1)]);
    items(before, [item(2)]);
    expect(seqs(before)).toEqual([1]);
  });
});

describe('reset', () => {
  it('clears the list and expects the item after the one it names', () => {
    const before = items(emptyFeed, [item(1), item(2)]);
    const reset = feedAfter(before, { type: 'reset', event: { epoch: 2, seq: 0, reason: 'REWOUND' } });
    expect(reset).toMatchObject({ epoch: 2, seq: 0, headSeq: 0, items: [], gap: false, resetReason: 'REWOUND' });
    expect(seqs(items(reset, [item(1)], 2))).toEqual([1]);
  });

  it('can start in the middle of a feed', () => {
    const reset = feedAfter(emptyFeed, { type: 'reset', event: { epoch: 3, seq: 7, reason: 'UNKNOWN_EPOCH' } });
    expect(seqs(items(reset, [item(8)], 3))).toEqual([8]);
  });

  it('starts anew after a refused cursor', () => {
    const state = feedAfter(items(emptyFeed, [item(1)]), { type: 'cursor-refused' });
    expect(cursorOf(state)).toBeUndefined();
    expect(state.items).toEqual([]);
  });
});

describe('ticks and clocks', () => {
  it('says how far the head is ahead and how far the clocks are apart', () => {
    const state = tick(items(emptyFeed, [item(1)]), 5);
    expect(state.headSeq).toBe(5);
    expect(state.serverOffsetMs).toBe(3000);
  });

  it('takes no head from another epoch', () => {
    expect(tick(items(emptyFeed, [item(1)]), 50, 2).headSeq).toBe(1);
  });

  it('never goes back to an older clock', () => {
    const state = feedAfter(tick(emptyFeed, 0, 1, 4), { type: 'clock', clock: clock(3) });
    expect(state.clock?.revision).toBe(4);
    expect(feedAfter(state, { type: 'clock', clock: clock(5) }).clock?.revision).toBe(5);
  });
});

describe('acknowledgements', () => {
  const answer = { ...item(4).body, response: {} as ResponseBody };
  const list = [
    item(1, { id: 'a' }),
    item(2, { id: 'b' }),
    item(3, { id: 'a', version: 2 }),
    item(4, { kind: 'decision', body: answer }),
  ];
  const state = items(emptyFeed, list);

  it('knows the newest version of each item', () => {
    expect(newestVersions(list).get('report/a')).toBe(2);
    expect(newestVersions(list).get('report/b')).toBe(1);
  });

  it('counts the newest version of everything but answers', () => {
    expect(unacknowledged(state, 'jp-cas').map((each) => each.seq)).toEqual([2, 3]);
  });

  const own = (from: FeedState, acknowledgement: Acknowledgement): FeedState =>
    feedAfter(from, { type: 'acknowledged', acknowledgement });
  const snapshot = (from: FeedState, acknowledged: Acknowledgement[], epoch = 1): FeedState =>
    feedAfter(from, {
      type: 'snapshot',
      snapshot: {
        epoch,
        seq: 4,
        acknowledged: acknowledged.map((each) => ({ ...each, audience: 'jp' })),
        obligations: [],
      },
      obligationEvents: from.obligationEvents,
    });

  it('is opened again by an update', () => {
    const done = own(own(state, ack('a', 1, 'jp-cas')), ack('b', 1, 'jp-cas'));
    expect(unacknowledged(done, 'jp-cas').map((each) => each.seq)).toEqual([3]);
  });

  it('counts for the desk that gave it only, and shows to all', () => {
    const done = snapshot(state, [ack('b', 1, 'jp-mod')]);
    expect(unacknowledged(done, 'jp-cas')).toHaveLength(2);
  });

  it('is kept once, and the words of the snapshot win', () => {
    const done = snapshot(own(state, ack('b', 1, 'jp-cas')), [{ ...ack('b', 1, 'jp-cas'), note: 'Passed on' }]);
    expect(done.acknowledged.map((entry) => entry.note)).toEqual(['Passed on']);
  });

  it('stays when a snapshot that was on its way before does not have it yet', () => {
    expect(snapshot(own(state, ack('b', 1, 'jp-cas')), [ack('a', 2, 'jp-mod')]).acknowledged).toHaveLength(2);
  });

  it('shows two persons of one desk', () => {
    const both = [ack('b', 1, 'jp-cas', 'Sato'), ack('b', 1, 'jp-cas', 'Mori')];
    expect(snapshot(state, both).acknowledged).toHaveLength(2);
  });

  it('does not survive a reset, nor come from another epoch', () => {
    const done = own(state, ack('b', 1, 'jp-cas'));
    const reset = feedAfter(done, { type: 'reset', event: { epoch: 2, seq: 0, reason: 'REWOUND' } });
    expect(reset.acknowledged).toEqual([]);
    expect(snapshot(reset, [ack('b', 1, 'jp-cas')], 1).acknowledged).toEqual([]);
  });
});
