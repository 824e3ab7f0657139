import fc from 'fast-check';
import type { Cursor } from '../wire/feed.js';
import {
  hasRoom,
  isAhead,
  isBehind,
  nextStep,
  PACKET_BYTES,
  WINDOW_BYTES,
  type FeedAt,
  type NextStep,
} from './window.js';

const at = (epoch: number, seq: number, full = false, history = 1): Parameters<typeof nextStep>[0] => ({
  position: { epoch, seq },
  history,
  full,
});
const feed = (epoch: number, seq: number, more: Partial<FeedAt> = {}): FeedAt => ({ epoch, seq, history: 1, ...more });
const reset = (reason: string, epoch = 2): NextStep => ({ kind: 'reset', to: { epoch, seq: 0 }, reason });

describe('nextStep', () => {
  it.each<[string, ReturnType<typeof at>, FeedAt, NextStep]>([
    ['sends what comes next', at(2, 4), feed(2, 9), { kind: 'send', seq: 5 }],
    ['sends the first item', at(2, 0), feed(2, 1), { kind: 'send', seq: 1 }],
    ['waits at the end', at(2, 9), feed(2, 9), { kind: 'wait', reason: 'UP_TO_DATE' }],
    ['waits in an empty feed', at(2, 0), feed(2, 0), { kind: 'wait', reason: 'UP_TO_DATE' }],
    ['waits while full, whatever there is', at(2, 4, true), feed(2, 9), { kind: 'wait', reason: 'FULL' }],
    ['waits while full, even with a reset', at(1, 4, true), feed(2, 9), { kind: 'wait', reason: 'FULL' }],
    ['resets a position of an earlier epoch', at(1, 4), feed(2, 9), reset('REWOUND')],
    ['says why the epoch was opened', at(1, 4), feed(2, 9, { reason: 'RESTORED' }), reset('RESTORED')],
    ['resets a position of an epoch to come (pitfall 17)', at(3, 4), feed(2, 9), reset('UNKNOWN_EPOCH')],
    ['resets a position that the feed lacks (pitfall 17)', at(2, 10), feed(2, 9), reset('AHEAD_OF_FEED')],
    ['resets the same position of another history', at(2, 4), feed(2, 9, { history: 2, reason: 'RESTORED' }), reset('RESTORED')],
    ['resets without a known reason', at(2, 4), feed(2, 9, { history: 2 }), reset('UNKNOWN_EPOCH')],
  ])('%s', (_, follower, where, step) => {
    expect(nextStep(follower, where)).toEqual(step);
  }); // prettier-ignore

  it('gives a follower every item once and in order, whatever the order of appends, drains and resumes', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('drain' as const) }),
      fc.record({ kind: fc.constant('rewind' as const) }),
      fc.record({ kind: fc.constant('resume' as const) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (events, packet) => {
        const run = new Run(packet);
        events.forEach((each) => run.happen(each));
        run.drainAll();
        expect(run.console).toEqual(run.feedItems);
      }),
      { numRuns: 500 },
    );
  });
});

type Happening = { kind: 'append'; count: number } | { kind: 'drain' } | { kind: 'rewind' } | { kind: 'resume' };

/** A feed, a follower driven by `nextStep` whose window holds one packet, and a console that applies what arrives. */
class Run {
  feedItems: string[] = [];
  console: string[] = [];
  private feed: FeedAt = feed(1, 0);
  private follower = { position: { epoch: 1, seq: 0 } as Cursor, history: 1, full: false };

  constructor(private readonly packet: number) {}

  happen(what: Happening): void {
    switch (what.kind) {
      case 'append':
        for (let left = what.count; left > 0; left -= 1) {
          this.feed = { ...this.feed, seq: this.feed.seq + 1 };
          this.feedItems.push(`${this.feed.epoch}/${this.feed.seq}`);
        }
        break;
      case 'drain':
        this.follower.full = false;
        break;
      case 'rewind':
        this.feed = { epoch: this.feed.epoch + 1, seq: 0, history: this.feed.history + 1, reason: 'REWOUND' };
        this.feedItems = [];
        break;
      case 'resume':
        // Connects anew from what it has applied.
        this.follower = { ...this.follower, position: this.applied, full: false };
    }
    this.pump();
  }

  drainAll(): void {
    while (this.follower.full) {
      this.happen({ kind: 'drain' });
    }
  }

  private get applied(): Cursor {
    const [epoch, seq] = this.console.at(-1)?.split('/').map(Number) ?? [this.follower.position.epoch, 0];
    return { epoch: epoch as number, seq: seq as number };
  }

  private pump(): void {
    for (;;) {
      const step = nextStep(this.follower, this.feed);
      if (step.kind === 'wait') {
        return;
      }
      if (step.kind === 'reset') {
        this.follower = { ...this.follower, position: step.to, history: this.feed.history };
        this.console = [];
      } else {
        const last = Math.min(step.seq + this.packet - 1, this.feed.seq);
        this.console.push(...this.feedItems.slice(step.seq - 1, last));
        this.follower = { ...this.follower, position: { ...this.follower.position, seq: last }, full: true };
      }
    }
  }
}

describe('isAhead', () => {
  it.each<[Cursor, Cursor, boolean]>([
    [{ epoch: 1, seq: 5 }, { epoch: 1, seq: 5 }, false],
    [{ epoch: 1, seq: 6 }, { epoch: 1, seq: 5 }, true],
    [{ epoch: 1, seq: 9 }, { epoch: 2, seq: 5 }, false],
    [{ epoch: 2, seq: 0 }, { epoch: 1, seq: 5 }, true],
  ])('%j to %j: %s', (position, where, ahead) => {
    expect(isAhead(position, where)).toBe(ahead);
  });
});

describe('the window', () => {
  it('has room while a whole packet still fits (pitfall 4)', () => {
    const edge = WINDOW_BYTES - PACKET_BYTES;
    expect([0, edge, edge + 1].map(hasRoom)).toEqual([true, true, false]);
  });

  it('makes who took a second to drain it one that is behind', () => {
    expect([0, 999, 1_000].map(isBehind)).toEqual([false, false, true]);
  });
});
