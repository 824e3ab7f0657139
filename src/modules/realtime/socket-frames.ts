import type { Socket } from 'socket.io';
import type { Packet } from '../dissemination/outlet.js';

/** The namespace of consoles. */
export const DESK_NAMESPACE = '/desk';

/** An event as it goes over the wire, made once for all sockets. */
export interface Frame {
  /** For the transport of Engine.IO, should it not take the frame. */
  readonly text: string;
  readonly options: { readonly compress: false; readonly wsPreEncodedFrame: Buffer[] };
  readonly bytes: number;
}

/*
 * Everything here that leans on more than the documented surface of Socket.IO 4.8 (socket.io-parser 4.2, Engine.IO 6.6):
 * encoding an event once for a thousand consoles halves what a broadcast costs. The text is that of version 5 of the
 * Socket.IO protocol, and `wsPreEncodedFrame` is what the adapter that comes with Socket.IO gives to Engine.IO for the same
 * purpose. `socket-frames.spec.ts` fails when a new version takes either otherwise; consoles would still get the text.
 */

/** An event whose body is JSON already. */
export function frameOf(event: string, json: string): Frame {
  const text = `2${DESK_NAMESPACE},["${event}",${json}]`;
  const frame = webSocketFrame(`4${text}`);
  return { text, options: { compress: false, wsPreEncodedFrame: [frame] }, bytes: frame.length };
}

/** A packet of items, without parsing the stored texts. */
export function itemsFrame({ key, epoch, texts }: Packet): Frame {
  const { run, audience } = key;
  const head = JSON.stringify({ run, audience, epoch }).slice(0, -1);
  return frameOf('items', `${head},"items":[${texts.join(',')}]}`);
}

/** Hands a frame to the connection; `onSent` is called when the kernel has taken it, and never if the connection ends before. */
export function writeFrame(socket: Pick<Socket, 'conn'>, frame: Frame, onSent: () => void): void {
  socket.conn.send(frame.text, frame.options, onSent);
}

/** A text message of RFC 6455 in one frame, not masked, as a server sends it. */
function webSocketFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = 0x81;
  if (headLength === 2) {
    frame[1] = length;
  } else if (headLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headLength);
  return frame;
}
