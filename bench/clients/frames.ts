const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const HEAD_END = '\r\n\r\n';

/** What a reader of a WebSocket hands on. */
interface FrameHandler {
  opened(): void;
  text(payload: Buffer): void;
  ping(payload: Buffer): void;
  closed(): void;
}

/** Takes a server's bytes apart into frames. A frame in many pieces is put together once, when its last piece is there. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private held = 0;
  /** How many bytes must be held before looking again is worth while. */
  private needed = 2;
  private open = false;

  constructor(private readonly handler: FrameHandler) {}

  push(piece: Buffer): void {
    this.pieces.push(piece);
    this.held += piece.length;
    if (this.held < this.needed) {
      return;
    }
    const bytes = this.pieces.length === 1 ? piece : Buffer.concat(this.pieces, this.held);
    const used = this.open ? this.readFrames(bytes, 0) : this.readHead(bytes);
    this.pieces = used < bytes.length ? [bytes.subarray(used)] : [];
    this.held = bytes.length - used;
  }

  private readHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      return 0;
    }
    if (!bytes.subarray(0, 12).toString('latin1').endsWith('101')) {
      this.handler.closed();
      return bytes.length;
    }
    this.open = true;
    this.handler.opened();
    return this.readFrames(bytes, end + HEAD_END.length);
  }

  private readFrames(bytes: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const left = bytes.length - at;
      if (left < 2) {
        this.needed = 2;
        return at;
      }
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (left < head) {
        this.needed = head;
        return at;
      }
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (left < head + length) {
        this.needed = head + length;
        return at;
      }
      this.handle((bytes[at] ?? 0) & 0x0f, bytes.subarray(at + head, at + head + length));
      at += head + length;
    }
  }

  private handle(opcode: number, payload: Buffer): void {
    if (opcode === TEXT) {
      this.handler.text(payload);
    } else if (opcode === PING) {
      this.handler.ping(payload);
    } else if (opcode === CLOSE) {
      this.handler.closed();
    }
  }
}

/** The request that turns a connection into a WebSocket. */
export const upgradeRequest = (path: string, host: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    // Nobody caches on loopback, so the key need not be drawn.
    'Sec-WebSocket-Key: dHJpd2F0Y2ggYmVuY2ggMQ==',
  ].join('\r\n') + HEAD_END;

export const textFrame = (text: string): Buffer => frame(TEXT, Buffer.from(text));
export const pongFrame = (payload: Buffer): Buffer => frame(PONG, payload);

/** A client must mask; the mask of zeros leaves the payload as it is and is as good where no proxy is in between. */
function frame(opcode: number, payload: Buffer): Buffer {
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 6 : 8);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (short ? payload.length : 126);
  if (!short) {
    head.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([head, payload]);
}
