import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP load balancer: each connection goes to the next of its targets, and past those that do not answer. */
export class LoadBalancer {
  /** Connections that each target took, in the order of the targets. */
  readonly taken: number[];
  private turn = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly ports: readonly number[]) {
    this.taken = ports.map(() => 0);
    this.server = createServer((client) => {
      this.sockets.add(client.on('close', () => this.sockets.delete(client)).on('error', () => undefined));
      this.forward(client, this.turn++, ports.length);
    });
  }

  static async over(ports: readonly number[]): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(ports);
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  close(): void {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
  }

  private forward(client: Socket, turn: number, tries: number): void {
    const index = turn % this.ports.length;
    const target = connect(this.ports[index]!, '127.0.0.1');
    let answered = false;
    target.once('connect', () => {
      answered = true;
      this.taken[index]! += 1;
      client.pipe(target).pipe(client);
      client.once('close', () => target.destroy());
      target.once('close', () => client.destroy());
    });
    target.on('error', () => {
      if (!answered && tries > 1) {
        this.forward(client, turn + 1, tries - 1);
      } else {
        client.destroy();
      }
    });
  }
}
