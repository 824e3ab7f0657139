import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { IncomingMessage } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';

/** A message of a console is a receipt or an answer: 64 KiB is plenty, and a larger one closes the connection. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/**
 * Socket.IO as the delivery promise needs it: WebSocket alone (no sticky sessions), pings that find a lost
 * console within ten seconds, no compression of small
 * frames, no recovery of its own (consoles resume by cursor), and an Origin check, as browsers let any page open a WebSocket.
 */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly allowedOrigins: readonly string[],
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      // How long a console waits to be let in; left alone it would be 45 s, with another node beside this one.
      connectTimeout: 5_000,
      pingInterval: 5_000,
      pingTimeout: 4_000,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      allowRequest: (request, answer) => {
        const allowed = this.isAllowed(request);
        answer(allowed ? null : 'ORIGIN_NOT_ALLOWED', allowed);
      },
    } as ServerOptions) as Server;
  }

  /** A program sends no Origin and is let through; a browser's must be this host or one on the list. */
  private isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    return (
      origin === undefined ||
      origin === `http://${host}` ||
      origin === `https://${host}` ||
      this.allowedOrigins.includes(origin)
    );
  }
}
