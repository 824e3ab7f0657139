import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Behave = (request: IncomingMessage, response: ServerResponse) => void;

/** A local HTTP server that behaves as a test wants it to, and can change its mind. */
export class BadServer {
  /** Of every request, in order. */
  readonly requests: IncomingMessage[] = [];

  private constructor(
    private readonly server: Server,
    public behave: Behave,
  ) {}

  static async start(behave: Behave): Promise<BadServer> {
    const bad: BadServer = new BadServer(
      createServer((request, response) => {
        bad.requests.push(request);
        bad.behave(request, response);
      }),
      behave,
    );
    await new Promise<void>((resolve) => bad.server.listen(0, '127.0.0.1', resolve));
    return bad;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Sends for ever, as fast as it is taken. */
export function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(16 * 1024, 'x');
  const go = (): void => {
    while (!response.destroyed && response.write(chunk)) {
      // As long as it is taken.
    }
  };
  response.on('drain', go).on('error', () => undefined);
  go();
}

/** Sends a byte now and then, for ever. */
export function trickle(response: ServerResponse, everyMs = 20): void {
  const timer = setInterval(() => response.write(' '), everyMs);
  response.on('close', () => clearInterval(timer)).on('error', () => undefined);
}
