import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';

/** Socket.IO as anybody would set it up for this: WebSocket alone, a room a feed, and one event when a client has joined. */
export function feedsOver(http: HttpServer): Server {
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', async (socket) => {
    await socket.join(String((socket.handshake.auth as { feed?: string }).feed));
    socket.emit('welcome');
  });
  return io;
}
