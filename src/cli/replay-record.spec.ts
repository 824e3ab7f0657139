import type { ClockView } from '../core/wire/clock.js';
import type { FeedItem } from '../core/wire/feed.js';
import { ReplayRecord } from './replay-record.js';

const WALL = Date.parse('2026-11-24T00:00:00Z');
const SEAT = {
  audience: 'kr',
  party: 'KR',
  desk: { id: 'kr-jcs', names: {}, language: 'ko-KR', timeZone: 'Asia/Seoul' },
};

const item = (seq: number, id: string, known = '2010-11-23T01:00:00Z'): FeedItem => ({
  seq,
  kind: 'report',
  id,
  version: 1,
  late: false,
  realAt: '',
  body: { mode: 'exercise', texts: {}, known: { at: known, basis: 'recorded' } },
});

const clock = (revision: number, state: ClockView['state'], rate: number): ClockView => ({
  revision,
  state,
  speed: 60,
  rate,
  realAt: '2026-11-24T00:00:00Z',
  runAt: '2010-11-23T00:00:00Z',
  startAt: '2010-11-23T00:00:00Z',
  endAt: '2010-11-23T10:00:00Z',
});

it('names an item version that came twice under another seq', () => {
  const record = new ReplayRecord([SEAT], WALL);
  record.received('kr-jcs', [item(1, 'a'), item(2, 'b')], WALL);
  expect(record.faults).toEqual([]);
  record.received('kr-jcs', [item(3, 'a')], WALL);
  expect(record.faults).toEqual(['kr-jcs: report a version 1 came twice (seq 3)']);
  expect(record.lastSeq('kr-jcs')).toBe(3);
});

it('measures from the moment an item was due by the clock', () => {
  const record = new ReplayRecord([SEAT], WALL);
  const arrival = { item: item(1, 'a'), receivedAt: WALL + 60_012 };
  expect(record.latencyMs(arrival)).toBeUndefined();
  record.clockTold(clock(1, 'playing', 60), WALL);
  expect(record.latencyMs(arrival)).toBe(12);
});

describe('stalledForMs', () => {
  it('counts nothing while the run is paused', () => {
    const record = new ReplayRecord([SEAT], WALL);
    record.clockTold(clock(1, 'paused', 0), WALL);
    expect(record.stalledForMs(WALL + 60_000)).toBe(0);
  });

  it.each([
    ['a desk that lacks nothing in a quiet stretch', 0, 40_000, 0],
    ['a desk that stays behind the head of its feed', 1, 40_000, 40_000],
    ['ticks after the end of the chapter', 0, 700_000, 700_000],
  ])('%s', (_name, headSeq, afterMs, stalled) => {
    const record = new ReplayRecord([SEAT], WALL);
    record.clockTold(clock(1, 'playing', 60), WALL);
    record.ticked('kr-jcs', headSeq, WALL + afterMs);
    expect(record.stalledForMs(WALL + afterMs)).toBe(stalled);
  });
});
