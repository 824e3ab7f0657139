import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Proxy } from './proxy.js';

describe('a proxy', () => {
  let echo: Server;
  let proxy: Proxy;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await Proxy.before((echo.address() as { port: number }).port);
  });
  afterEach(() => {
    clients.splice(0).forEach((client) => client.destroy());
    proxy.close();
    echo.close();
  });

  function open(): Socket {
    const client = connect(proxy.port, '127.0.0.1');
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  }

  /** Unlike `once`, whatever error comes before it. */
  const whenClosed = (client: Socket): Promise<void> => new Promise((resolve) => client.once('close', () => resolve()));

  async function echoed(client: Socket, text: string): Promise<void> {
    const answer = once(client, 'data');
    client.write(text);
    expect(String((await answer)[0])).toBe(text);
  }

  it('forwards both ways', async () => {
    await echoed(open(), 'hello');
  });

  it('cuts what is there, and takes new connections', async () => {
    const client = open();
    await echoed(client, 'hello');
    const closed = whenClosed(client);
    expect(proxy.cut()).toBe(1);
    await closed;
    await echoed(open(), 'again');
  });

  it('refuses until it is mended', async () => {
    proxy.refuse();
    await whenClosed(open());
    proxy.mend();
    await echoed(open(), 'hello');
  });

  it('holds back every byte while it stalls, and loses none', async () => {
    const before = open();
    await echoed(before, 'hello');
    proxy.stall();
    const during = open();
    const answers: string[] = [];
    for (const client of [before, during]) {
      client.on('data', (data: Buffer) => answers.push(data.toString()));
      client.write('held');
    }
    // A connection past the proxy goes there and back meanwhile: what is held back would have come by then.
    const direct = connect((echo.address() as { port: number }).port, '127.0.0.1');
    clients.push(direct);
    for (let round = 0; round < 20; round += 1) {
      await echoed(direct, 'past');
    }
    expect(answers).toEqual([]);
    const arrived = [once(before, 'data'), once(during, 'data')];
    proxy.mend();
    await Promise.all(arrived);
    expect(answers).toEqual(['held', 'held']);
  });
});
