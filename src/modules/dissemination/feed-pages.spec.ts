import { PACKET_BYTES } from '../../core/delivery/window.js';
import type { FeedPacket } from './packet.js';
import { FeedPages, PAGE, pageStart } from './feed-pages.js';

const FEED = { key: { run: 'r', audience: 'jp' }, epoch: 3, history: 1 };
const MB = 1024 * 1024;

const texts = (first: number, count: number, bytes = 1_000): string[] =>
  Array.from({ length: count }, (_, index) => {
    const head = `{"seq":${first + index},"pad":"`;
    return `${head}${'x'.repeat(Math.max(0, bytes - head.length - 2))}"}`;
  });

/** The packets that a console gets which has everything before `seq`. */
function packetsFrom(pages: FeedPages, seq: number, feed = FEED): FeedPacket[] {
  const packet = pages.packetFrom(feed, seq);
  return packet ? [packet, ...packetsFrom(pages, packet.last + 1, feed)] : [];
}

const seqs = (packets: FeedPacket[]): number[] => packets.flatMap(({ items }) => items.map(({ seq }) => seq));

describe('FeedPages', () => {
  it('gives everything in order in packets that are full but not too large', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 600));
    const packets = packetsFrom(pages, 1);
    expect(seqs(packets)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
    for (const packet of packets) {
      expect(Buffer.byteLength(packet.texts.join(','))).toBeLessThanOrEqual(PACKET_BYTES);
      expect(packet).toMatchObject({
        key: FEED.key,
        epoch: 3,
        first: packet.items[0]?.seq,
        last: packet.items.at(-1)?.seq,
      });
    }
    expect(packets.length).toBeLessThanOrEqual(Math.ceil((600 * 1_001) / PACKET_BYTES) + 600 / PAGE + 1);
  });

  it('sends an item that is larger than a packet alone', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, [...texts(1, 2), ...texts(3, 1, 100_000), ...texts(4, 2)]);
    expect(packetsFrom(pages, 1).map((packet) => packet.texts.length)).toEqual([2, 1, 2]);
  });

  it('counts bytes and not characters', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, [`"${'경'.repeat(10_000)}"`, `"${'보'.repeat(10_000)}"`]);
    expect(packetsFrom(pages, 1)).toHaveLength(2);
  });

  it('brings consoles at different positions to the same packets', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 200));
    const [first, second] = [packetsFrom(pages, 1), packetsFrom(pages, 7)];
    expect(second.slice(1)).toEqual(first.slice(1));
    second.slice(1).forEach((packet, index) => expect(packet).toBe(first[index + 1]));
    expect(seqs(second)[0]).toBe(7);
  });

  it('gives all who follow the same packet, however it begins', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 10));
    pages.add(FEED, 11, texts(11, 3));
    const packet = pages.packetFrom(FEED, 11);
    expect(packet?.texts).toHaveLength(3);
    expect(pages.packetFrom(FEED, 11)).toBe(packet);
    pages.add(FEED, 14, texts(14, 1));
    expect(seqs(packetsFrom(pages, 11))).toEqual([11, 12, 13, 14]);
  });

  it('has an encoding made once a packet and channel', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 3));
    let made = 0;
    const make = (): string => `made ${(made += 1)}`;
    const frames = ['socket', 'socket', 'sse', 'socket'].map((channel) =>
      pages.packetFrom(FEED, 1)?.frame(channel, make),
    );
    expect(frames).toEqual(['made 1', 'made 1', 'made 2', 'made 1']);
  });

  it('fills up a page that began in its middle, and keeps what came after it', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 101, texts(101, 5));
    expect(pages.packetFrom(FEED, 100)).toBeUndefined();
    pages.add(FEED, 1, texts(1, 102));
    expect(seqs(packetsFrom(pages, 1))).toEqual(Array.from({ length: 105 }, (_, index) => index + 1));
  });

  it('never has a gap in a page', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 5));
    pages.add(FEED, 8, texts(8, 2));
    expect(seqs(packetsFrom(pages, 1))).toEqual([]);
    expect(seqs(packetsFrom(pages, 8))).toEqual([8, 9]);
  });

  it('keeps histories apart', () => {
    const pages = new FeedPages(64 * MB);
    pages.add(FEED, 1, texts(1, 5));
    expect(pages.packetFrom({ ...FEED, history: 2 }, 1)).toBeUndefined();
  });

  it('costs no more than it may: the page that was used longest ago goes first (pitfall 4)', () => {
    const pages = new FeedPages(3 * MB);
    for (let page = 0; page < 20; page += 1) {
      pages.add(FEED, page * PAGE + 1, texts(page * PAGE + 1, PAGE));
      pages.packetFrom(FEED, 1);
      expect(pages.size).toBeLessThanOrEqual(3 * MB);
    }
    expect(pages.packetFrom(FEED, 1)).toBeDefined();
    expect(pages.packetFrom(FEED, PAGE + 1)).toBeUndefined();
    expect(pages.packetFrom(FEED, 19 * PAGE + 1)).toBeDefined();
  });

  it.each([[1, 1], [PAGE, 1], [PAGE + 1, PAGE + 1], [3 * PAGE, 2 * PAGE + 1]])('position %i is in the page of %i', (seq, start) => {
    expect(pageStart(seq)).toBe(start);
  }); // prettier-ignore
});
