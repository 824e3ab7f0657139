import { FrameReader } from './frames.js';

/** A frame as a server sends it, unmasked. */
function serverFrame(opcode: number, payload: string): Buffer {
  const body = Buffer.from(payload);
  const head = body.length < 126 ? Buffer.alloc(2) : Buffer.alloc(body.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = body.length < 126 ? body.length : body.length < 65_536 ? 126 : 127;
  if (head.length === 4) {
    head.writeUInt16BE(body.length, 2);
  } else if (head.length === 10) {
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, body]);
}

const HEAD = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');

function read(bytes: Buffer, pieceSize: number): string[] {
  const seen: string[] = [];
  const reader = new FrameReader({
    opened: () => seen.push('opened'),
    text: (payload) => seen.push(payload.toString()),
    ping: (payload) => seen.push(`ping ${payload.toString()}`),
    closed: () => seen.push('closed'),
  });
  for (let at = 0; at < bytes.length; at += pieceSize) {
    reader.push(bytes.subarray(at, at + pieceSize));
  }
  return seen;
}

describe('reading frames', () => {
  const long = 'ミ'.repeat(300);
  const huge = 'x'.repeat(70_000);
  const bytes = Buffer.concat([
    HEAD,
    ...[serverFrame(1, 'a'), serverFrame(1, long), serverFrame(9, 'p'), serverFrame(1, huge), serverFrame(8, '')],
  ]);

  it.each([1, 2, 7, 1_000, 1_000_000])('reads them from pieces of %d bytes', (size) => {
    expect(read(bytes, size)).toEqual(['opened', 'a', long, 'ping p', huge, 'closed']);
  });

  it('gives up on a server that refuses', () => {
    expect(read(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\nno'), 1_000)).toEqual(['closed']);
  });
});
