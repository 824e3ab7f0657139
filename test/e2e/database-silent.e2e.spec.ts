import { connect, createServer, type Server, type Socket } from 'node:net';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { ALERT } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';

/** Stands between the service and its database, and can fall silent: nothing ends, and nothing comes through any more. */
class Network {
  private readonly pairs: Socket[][] = [];
  private silent = false;
  private readonly server: Server;

  constructor(private readonly to: { host: string; port: number }) {
    this.server = createServer((socket) => {
      const pair = [socket, connect(this.to)] as const;
      this.pairs.push([...pair]);
      pair.forEach((side) => side.on('error', () => undefined));
      pair.forEach((side, index) => side.on('close', () => pair[1 - index]!.destroy()));
      if (!this.silent) {
        socket.pipe(pair[1]).pipe(socket);
      }
    });
  }

  /** Resolves to the same URL by way of this network. */
  async way(url: string): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as { port: number };
    return Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  }

  fallSilent(): void {
    this.silent = true;
    this.pairs.flat().forEach((side) => side.unpipe().pause());
  }

  /** New connections come through again; nobody tells that the old ones are dead. */
  heal(): void {
    this.silent = false;
  }

  close(): void {
    this.server.close();
    this.pairs.flat().forEach((side) => side.destroy());
  }
}

describe('while the database is silent', () => {
  let database: TestDatabase;
  let network: Network;
  let service: TestApp;
  let officer: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    network = new Network({ host: hostname, port: Number(port) });
    service = await startTestApp({ database: { ...database, url: await network.way(database.url) } });
    officer = await Client.signIn(service.url, 'jp-cas');
  });
  afterAll(async () => {
    network?.close();
    await service?.stop();
    await database?.drop();
  });

  const ready = async (): Promise<[number, string | null, unknown]> => {
    const response = await fetch(`${service.url}/health/ready`);
    return [response.status, response.headers.get('retry-after'), await response.json()];
  };
  const send = async (headline: string): Promise<Response> =>
    officer.raw('POST', '/alerts', JSON.stringify({ ...ALERT, info: [{ language: 'en-US', headline }] }), {
      'idempotency-key': headline,
    });

  it('commands are refused, those under way too, and the service works again when it is back', async () => {
    expect(await ready()).toMatchObject([200, null, { status: 'ready', database: 'answers', queue: 'answers' }]);
    network.fallSilent();
    // Without the watch this one would hang until the connection was given up, a quarter of an hour later.
    for (const when of ['under way', 'later']) {
      const refused = await send(when);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    }
    expect(await ready()).toMatchObject([
      503,
      '1',
      { status: 'not-ready', reason: 'DATABASE_UNAVAILABLE', database: 'silent', queue: 'answers' },
    ]);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    network.heal();
    await eventually('the service is ready', async () => (await ready())[0] === 200);
    for (const when of ['under way', 'later']) {
      await eventually(`the alert "${when}" is accepted`, async () => (await send(when)).status === 201);
    }
    const alerts = await queryAsAdmin(database, 'SELECT id FROM alerts');
    expect(alerts).toHaveLength(2);
    await eventually('the feeds are read again', async () => {
      const { body } = await officer.get<{ items: unknown[] }>('/runs/live/feeds/jp/items');
      return body.items.length === 2;
    });
  });
});
