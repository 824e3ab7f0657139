import type { Cursor } from '../wire/feed.js';
import { applyPacket } from './apply-packet.js';

const items = (...seqs: number[]) => seqs.map((seq) => ({ seq }));

describe('applyPacket', () => {
  const cases: [string, Cursor | undefined, number, number[], number[], number[], string, string | undefined][] = [
    // name, cursor, packet epoch, packet seqs, accepted, repeated, cursor after, gap got
    ['the first packet of a feed', undefined, 1, [1, 2], [1, 2], [], '1:2', undefined],
    ['the next items', { epoch: 1, seq: 2 }, 1, [3, 4], [3, 4], [], '1:4', undefined],
    ['items applied before', { epoch: 1, seq: 4 }, 1, [3, 4, 5], [5], [3, 4], '1:5', undefined],
    ['an item twice in a packet', { epoch: 1, seq: 4 }, 1, [5, 5], [5], [5], '1:5', undefined],
    ['a gap at the front', { epoch: 1, seq: 2 }, 1, [4, 5], [], [], '1:2', '1:4'],
    ['a gap in the middle', { epoch: 1, seq: 2 }, 1, [3, 5], [3], [], '1:3', '1:5'],
    ['a first packet that misses the start', undefined, 1, [2], [], [], '1:0', '1:2'],
    ['a straggler of an older epoch', { epoch: 2, seq: 0 }, 1, [3], [], [], '2:0', undefined],
    ['a newer epoch without reset', { epoch: 1, seq: 2 }, 2, [3], [], [], '1:2', '2:3'],
    ['an empty packet', { epoch: 1, seq: 2 }, 1, [], [], [], '1:2', undefined],
  ];

  it.each(cases)('%s', (_name, cursor, epoch, seqs, accepted, repeated, after, gap) => {
    const applied = applyPacket(cursor, { epoch, items: items(...seqs) });
    expect(applied.accepted).toEqual(items(...accepted));
    expect(applied.repeated).toEqual(items(...repeated));
    expect(`${applied.cursor.epoch}:${applied.cursor.seq}`).toBe(after);
    expect(applied.gap && `${applied.gap.got.epoch}:${applied.gap.got.seq}`).toBe(gap);
  });
});
