import { connectionState, mustReconnect, type LinkFacts } from './connection.js';

const NOW = 1_000_000;

const facts = (over: Partial<LinkFacts> = {}): LinkFacts => ({
  link: 'up',
  lostAtMs: NOW - 900_000,
  lastTickAtMs: NOW - 1000,
  connectedAtMs: NOW - 60_000,
  seq: 10,
  headSeq: 10,
  progressAtMs: NOW - 30_000,
  ...over,
});

describe('the state of a link', () => {
  it.each([
    ['live', facts(), { state: 'live' }],
    ['behind a moment', facts({ headSeq: 14, progressAtMs: NOW - 500 }), { state: 'catching-up', behind: 4 }],
    [
      'behind without progress',
      facts({ headSeq: 14, progressAtMs: NOW - 2500 }),
      { state: 'stale', sinceMs: NOW - 2500 },
    ],
    ['without a tick for over 3.75 s', facts({ lastTickAtMs: NOW - 3751 }), { state: 'stale', sinceMs: NOW - 3751 }],
    ['without a tick for 3.75 s', facts({ lastTickAtMs: NOW - 3750 }), { state: 'live' }],
    ['lost', facts({ link: 'lost', lostAtMs: NOW - 7000 }), { state: 'down', sinceMs: NOW - 7000 }],
    [
      'connecting for the first time',
      facts({ link: 'connecting', lastTickAtMs: undefined, connectedAtMs: undefined }),
      { state: 'catching-up', behind: 0 },
    ],
    [
      'connecting again after it went stale',
      facts({ link: 'connecting', lastTickAtMs: NOW - 6000 }),
      { state: 'stale', sinceMs: NOW - 6000 },
    ],
    [
      'connected again but not yet ticked',
      facts({ lastTickAtMs: NOW - 9000, connectedAtMs: NOW - 100 }),
      { state: 'stale', sinceMs: NOW - 9000 },
    ],
    [
      'connected and never ticked',
      facts({ lastTickAtMs: undefined, connectedAtMs: NOW - 6000 }),
      { state: 'stale', sinceMs: NOW - 6000 },
    ],
  ])('%s', (_, given, expected) => {
    expect(connectionState(given, NOW)).toEqual(expected);
  });
});

describe('giving up a connection', () => {
  it.each([
    ['not while live', facts(), false],
    ['when the ticks stop', facts({ lastTickAtMs: NOW - 5001 }), true],
    ['not before a new connection had its time', facts({ lastTickAtMs: NOW - 9000, connectedAtMs: NOW - 100 }), false],
    ['when the head stays ahead', facts({ headSeq: 11, progressAtMs: NOW - 2001 }), true],
    ['not while it is being opened', facts({ link: 'connecting', lastTickAtMs: NOW - 9000 }), false],
    ['not when it is lost already', facts({ link: 'lost', lastTickAtMs: NOW - 9000 }), false],
  ])('%s', (_, given, expected) => {
    expect(mustReconnect(given, NOW)).toBe(expected);
  });
});
