import { gzipSync } from 'node:zlib';
import { BadServer, endless, trickle, type Behave } from '../support/bad-server.js';
import { OperationalError } from '../../src/platform/operational-error.js';
import { GuardedHttp, type GuardedRequest } from '../../src/platform/net/guarded-http.js';

const WANTED: GuardedRequest = { method: 'GET', timeoutMs: 300, maxBytes: 64 * 1024 };

describe('GuardedHttp', () => {
  const open = new GuardedHttp({ allowPrivate: true });
  const guarded = new GuardedHttp({ allowPrivate: false });
  let server: BadServer;

  beforeAll(async () => {
    server = await BadServer.start((_, response) => response.end('ok'));
  });
  afterAll(async () => {
    await open.onModuleDestroy();
    await guarded.onModuleDestroy();
    await server.stop();
  });

  const refusal = (target: string, http = open, wanted: Partial<GuardedRequest> = {}): Promise<unknown> =>
    http.request(target, { ...WANTED, ...wanted }).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof OperationalError ? error.code : error),
    );

  it('hands out status, headers and body as they are', async () => {
    server.behave = (request, response) => {
      response.writeHead(418, { etag: '"1"' }).end(`${request.method} ${request.headers['x-a']}`);
    };
    const answer = await open.request(server.url, { ...WANTED, headers: { 'x-a': 'b' } });
    expect({ ...answer, body: answer.body.toString() }).toMatchObject({ status: 418, headers: { etag: '"1"' }, body: 'GET b' }); // prettier-ignore
  });

  it.each([
    ['a loopback address', () => server.url],
    ['a name that stands for one', () => `http://localhost:${server.port}`],
    ['an address written as one number', () => `http://2130706433:${server.port}`],
    ['an address written in hex', () => `http://0x7f.1:${server.port}`],
    ['an address of IPv6 that stands for one of IPv4', () => `http://[::ffff:127.0.0.1]:${server.port}`],
    ['the loopback address of IPv6', () => `http://[::1]:${server.port}`],
    ['the metadata service of a cloud', () => 'http://169.254.169.254/latest/meta-data'],
  ])('does not connect to %s', async (_, target) => {
    const before = server.requests.length;
    expect(await refusal(target(), guarded)).toBe('TARGET_REFUSED');
    expect(server.requests).toHaveLength(before);
  });

  it.each(['file:///etc/passwd', 'gopher://example.org', 'http://user:pw@example.org', 'no address'])(
    'does not take %s',
    async (target) => {
      expect(await refusal(target)).toBe('TARGET_REFUSED');
    },
  );

  it('does not follow a redirect', async () => {
    server.behave = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    expect(await refusal(server.url)).toBe(302);
  });

  it.each<[string, Behave, string]>([
    ['says nothing', () => undefined, 'TARGET_SLOW'],
    ['stops half way', (_, response) => void response.write('half'), 'TARGET_SLOW'],
    ['sends a byte now and then', (_, response) => trickle(response), 'TARGET_SLOW'],
    ['never ends', (_, response) => endless(response), 'TARGET_TOO_LARGE'],
    ['announces too much', (_, response) => response.writeHead(200, { 'content-length': 1e9 }).write('x'), 'TARGET_TOO_LARGE'],
    ['compresses what it sends', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e6))), 'TARGET_COMPRESSED'],
    ['breaks off', (_, response) => void response.socket?.destroy(), 'TARGET_UNREACHABLE'],
    ['sends less than it said', (_, response) => { response.writeHead(200, { 'content-length': 9 }); response.write('x', () => response.socket?.destroy()); }, 'TARGET_UNREACHABLE'],
    ['has huge headers', (_, response) => response.writeHead(200, { a: 'x'.repeat(20_000) }).end(), 'TARGET_UNREACHABLE'],
  ])('gives up on a server that %s', async (_, behave, code) => {
    server.behave = behave;
    expect(await refusal(server.url)).toBe(code);
  }); // prettier-ignore

  it('says when nobody listens', async () => {
    expect(await refusal('http://127.0.0.1:1/')).toBe('TARGET_UNREACHABLE');
  });
});
