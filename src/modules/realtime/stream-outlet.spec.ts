import { jest } from '@jest/globals';
import { WINDOW_BYTES } from '../../core/delivery/window.js';
import { FeedPacket } from '../dissemination/packet.js';
import { StreamOutlet, eventFrame, type StreamEnd } from './stream-outlet.js';

const KEY = { run: 'drill-1', audience: 'kr' };

/** A connection that takes in what it was given when the test says so. */
class FakeStream implements StreamEnd {
  readonly written: string[] = [];
  ended = false;
  destroyed = false;
  private open: (() => void)[] = [];

  write(chunk: Buffer, done: () => void): boolean {
    this.written.push(chunk.toString());
    this.open.push(done);
    return true;
  }

  end(chunk: Buffer): void {
    this.written.push(chunk.toString());
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
  }

  takeIn(): void {
    this.open.splice(0).forEach((done) => done());
  }
}

describe('a stream of server-sent events', () => {
  let stream: FakeStream;
  let outlet: StreamOutlet;
  let sent: number;

  beforeEach(() => {
    jest.useFakeTimers();
    stream = new FakeStream();
    sent = 0;
    outlet = new StreamOutlet(stream, (count) => (sent += count));
  });
  afterEach(() => jest.useRealTimers());

  const packet = (first: number, ...texts: string[]): FeedPacket => new FeedPacket(KEY, 2, first, texts);

  it('carries a packet as one event with the position of its last item', () => {
    outlet.items(packet(7, '{"seq":7}', '{"seq":8}'));
    expect(stream.written).toEqual([
      'id: 2:8\nevent: items\ndata: {"run":"drill-1","audience":"kr","epoch":2,"items":[{"seq":7},{"seq":8}]}\n\n',
    ]);
    expect(sent).toBe(2);
  });

  it('encodes a packet once for all streams', () => {
    const one = packet(1, '{"seq":1}');
    const chunks: Buffer[] = [];
    const end: StreamEnd = { write: (chunk) => chunks.push(chunk) > 0, end: () => undefined, destroy: () => undefined };
    new StreamOutlet(end, () => undefined).items(one);
    new StreamOutlet(end, () => undefined).items(one);
    expect(chunks[1]).toBe(chunks[0]);
  });

  it('gives a reset a position, and nothing else one', () => {
    outlet.reset({ epoch: 3, seq: 0, reason: 'REWOUND' });
    outlet.behind({ epoch: 3, seq: 1, headSeq: 9 });
    expect(stream.written).toEqual([
      'id: 3:0\nevent: reset\ndata: {"epoch":3,"seq":0,"reason":"REWOUND"}\n\n',
      'event: behind\ndata: {"epoch":3,"seq":1,"headSeq":9}\n\n',
    ]);
    expect(eventFrame('tick', '{}').toString()).toBe('event: tick\ndata: {}\n\n');
  });

  it('keeps texts with line breaks in one line', () => {
    outlet.items(packet(1, JSON.stringify({ text: 'a\nb\r\nc' })));
    expect(stream.written[0]?.split(/\r\n|\r|\n/)).toHaveLength(5);
  });

  it('is full while a window waits for the reader, and says when it has room (pitfall 4)', () => {
    const ready = jest.fn();
    const large = 'x'.repeat(WINDOW_BYTES);
    expect(outlet.items(packet(1, '{}'))).toBe(true);
    expect(outlet.items(packet(2, large))).toBe(false);
    outlet.whenReady(ready);
    expect(ready).not.toHaveBeenCalled();
    stream.takeIn();
    expect(ready).toHaveBeenCalledTimes(1);
    expect(outlet.items(packet(3, '{}'))).toBe(true);
    stream.takeIn();
    expect(ready).toHaveBeenCalledTimes(1);
  });

  it('is cut off when the reader takes nothing in for 10 s, and not before (pitfall 6)', () => {
    outlet.items(packet(1, '{}'));
    jest.advanceTimersByTime(9_000);
    stream.takeIn();
    outlet.items(packet(2, '{}'));
    jest.advanceTimersByTime(9_999);
    expect(stream.destroyed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(stream.destroyed).toBe(true);
  });

  it('says why it closes, once, and nothing after it', () => {
    outlet.close('TOKEN_ENDED');
    outlet.close('SERVICE_STOPS');
    outlet.items(packet(1, '{}'));
    expect(stream.written).toEqual(['event: closing\ndata: {"reason":"TOKEN_ENDED"}\n\n']);
    expect(stream.ended).toBe(true);
    // A reader that does not take in even that must not hold up a stop.
    jest.advanceTimersByTime(1_000);
    expect(stream.destroyed).toBe(true);
  });
});
