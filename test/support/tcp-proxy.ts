import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  client: Socket;
  target: Socket;
  /** Whether bytes go through. */
  joined: boolean;
}

/**
 * A TCP proxy in front of one port, to cut or to stall what goes through it. A stalled connection looks alive to both sides:
 * nobody is told that it ended, and nothing arrives, as behind a firewall that drops packets.
 */
export class TcpProxy {
  private readonly server: Server;
  private readonly pairs = new Set<Pair>();
  private state: 'open' | 'stalled' | 'cut' = 'open';

  private constructor(private readonly targetPort: number) {
    // Half-open, since the end of one side must not be told to the other while stalled.
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => this.take(client));
  }

  static async before(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Connections that stand. */
  get connections(): number {
    return this.pairs.size;
  }

  /** Holds back everything in both directions, of new connections too, and closes nothing. */
  stall(): void {
    this.state = 'stalled';
    this.pairs.forEach((pair) => {
      pair.joined = false;
      [pair.client, pair.target].forEach((socket) => socket.unpipe().pause());
    });
  }

  /** Resets every connection, and each new one as it comes. */
  cut(): void {
    this.state = 'cut';
    this.pairs.forEach(({ client, target }) => [client, target].forEach((socket) => socket.resetAndDestroy()));
  }

  /** Lets everything through again, with what was held back first. */
  heal(): void {
    this.state = 'open';
    this.pairs.forEach((pair) => this.join(pair));
  }

  /** Lets new connections through again, while those that were stalled stay as they are: nobody ever tells that they ended. */
  healForNew(): void {
    this.state = 'open';
  }

  close(): void {
    this.server.close();
    this.pairs.forEach(({ client, target }) => [client, target].forEach((socket) => socket.destroy()));
  }

  private take(client: Socket): void {
    client.on('error', () => undefined);
    if (this.state === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true });
    target.on('error', () => undefined);
    const pair = { client, target, joined: false };
    this.pairs.add(pair);
    client.once('close', () => target.destroy());
    target.once('close', () => {
      client.destroy();
      this.pairs.delete(pair);
    });
    if (this.state === 'open') {
      this.join(pair);
    }
  }

  /** Joined twice, a connection would carry everything twice. */
  private join(pair: Pair): void {
    if (!pair.joined) {
      pair.joined = true;
      pair.client.pipe(pair.target);
      pair.target.pipe(pair.client);
    }
  }
}
