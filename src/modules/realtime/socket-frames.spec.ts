import { jest } from '@jest/globals';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import { FeedPacket } from '../dissemination/packet.js';
import type { DeskSocket } from './desk-session.js';
import { DESK_NAMESPACE, frameOf, itemsFrame, writeFrame } from './socket-frames.js';

/** What of Engine.IO and ws is counted on: the transport takes a frame that was made before. */
interface Sender {
  sendFrame(list: Buffer[], callback: () => void): void;
}

describe('frames', () => {
  let http: HttpServer;
  let server: Server;
  let client: ClientSocket;
  let socket: DeskSocket;
  let heard: unknown[][];

  beforeAll(async () => {
    http = createServer();
    server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const connected = new Promise<DeskSocket>((resolve) =>
      server.of(DESK_NAMESPACE).once('connection', (each) => resolve(each as unknown as DeskSocket)),
    );
    const { port } = http.address() as AddressInfo;
    client = io(`http://127.0.0.1:${port}${DESK_NAMESPACE}`, { transports: ['websocket'], forceNew: true });
    client.onAny((...event) => heard.push(event));
    socket = await connected;
  });
  afterAll(async () => {
    client.close();
    await server.close();
  });
  beforeEach(() => {
    heard = [];
  });

  /** Waits until everything sent before has arrived. */
  async function arrived(): Promise<void> {
    const mark = new Promise<void>((resolve) => client.once('closing', () => resolve()));
    socket.emit('closing', { reason: 'MARK' });
    await mark;
    heard.pop();
  }

  it.each([1, 100, 200, 65_000, 70_000])('arrive as the event that they are, with a text of %i characters', async (length) => {
    const body = { 'ja-JP': '警'.repeat(length), 'en-US': 'x'.repeat(length) };
    const sent = await new Promise<boolean>((resolve) =>
      writeFrame(socket, frameOf('tick', JSON.stringify(body)), () => resolve(true)),
    );
    await arrived();
    expect(sent).toBe(true);
    expect(heard).toEqual([['tick', body]]);
  }); // prettier-ignore

  it('arrive in order with what Socket.IO sends itself', async () => {
    socket.emit('reset', { epoch: 1, seq: 0, reason: 'first' });
    writeFrame(socket, frameOf('tick', '{"n":2}'), () => undefined);
    socket.emit('reset', { epoch: 1, seq: 0, reason: 'third' });
    writeFrame(socket, frameOf('tick', '{"n":4}'), () => undefined);
    await arrived();
    expect(heard.map(([name]) => name)).toEqual(['reset', 'tick', 'reset', 'tick']);
  });

  it('hold the stored text of an item as it is', async () => {
    const texts = ['{"seq":7,"id":"é \\"quoted\\"","body":{"texts":{"ko-KR":"경보"}}}', '{"seq":8,"body":{}}'];
    writeFrame(socket, itemsFrame(new FeedPacket({ run: 'a "run"', audience: 'kr' }, 3, 7, texts)), () => undefined);
    await arrived();
    const items = texts.map((text) => JSON.parse(text) as unknown);
    expect(heard).toEqual([['items', { run: 'a "run"', audience: 'kr', epoch: 3, items }]]);
  });

  it('are taken by the transport as they are, and not encoded once more for each console', async () => {
    const { _sender: sender } = (socket.conn.transport as unknown as { socket: { _sender: Sender } }).socket;
    const taken = jest.spyOn(sender, 'sendFrame');
    const frame = frameOf('tick', '{"n":1}');
    writeFrame(socket, frame, () => undefined);
    await arrived();
    expect(taken.mock.calls.some(([list]) => list === frame.options.wsPreEncodedFrame)).toBe(true);
    taken.mockRestore();
  });

  it('say when the kernel has taken them, and not before', async () => {
    let sent = 0;
    writeFrame(socket, frameOf('tick', '{"n":1}'), () => (sent += 1));
    writeFrame(socket, frameOf('tick', '{"n":2}'), () => (sent += 1));
    expect(sent).toBe(0);
    await arrived();
    expect(sent).toBe(2);
  });
});
