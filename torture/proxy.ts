import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly target: Socket;
}

/** A TCP proxy in front of one server, which can cut connections, refuse new ones and hold back every byte. */
export class Proxy {
  private readonly pairs = new Set<Pair>();
  private refusing = false;
  private stalled = false;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client: Socket) => this.take(client));
  }

  static async before(targetPort: number): Promise<Proxy> {
    const server = createServer({ pauseOnConnect: true, noDelay: true });
    const proxy = new Proxy(server, targetPort);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Ends every connection at once. Returns how many there were. */
  cut(): number {
    const count = this.pairs.size;
    this.pairs.forEach(({ client, target }) => {
      client.resetAndDestroy();
      target.resetAndDestroy();
    });
    return count;
  }

  /** Ends every connection and takes none until `mend`. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  /** Forwards nothing until `mend`, in neither direction; connections stay, and new ones hang. */
  stall(): void {
    this.stalled = true;
    this.pairs.forEach((pair) => this.hold(pair));
  }

  mend(): void {
    this.refusing = false;
    this.stalled = false;
    this.pairs.forEach((pair) => this.forward(pair));
  }

  close(): void {
    this.server.close();
    this.cut();
  }

  private take(client: Socket): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const pair = { client, target: connect({ port: this.targetPort, host: '127.0.0.1', noDelay: true }) };
    this.pairs.add(pair);
    for (const [one, other] of [
      [pair.client, pair.target],
      [pair.target, pair.client],
    ] as const) {
      one.on('error', () => undefined);
      one.once('close', () => {
        this.pairs.delete(pair);
        other.destroy();
      });
    }
    if (!this.stalled) {
      this.forward(pair);
    }
  }

  private forward({ client, target }: Pair): void {
    this.hold({ client, target });
    client.pipe(target);
    target.pipe(client);
  }

  private hold({ client, target }: Pair): void {
    client.unpipe(target).pause();
    target.unpipe(client).pause();
  }
}
