import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import type { JoinCodeView, MadeKey, TokenPair } from '../../src/core/wire/session.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { startPaused } from '../support/requests.js';
import { tempFiles, type TempFiles } from '../support/temp-files.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

const DESK = 'https://desk.example';

describe('a service behind one proxy', () => {
  let service: TestApp;
  let log: string;
  let files: TempFiles;

  beforeAll(async () => {
    files = await tempFiles();
    log = join(files.folder, 'triwatch.log');
    service = await startTestApp({ work: false, trustedProxies: 1, allowedOrigins: [DESK], logger: createLogger('trace', log) });
  }); // prettier-ignore
  afterAll(async () => {
    await service.stop();
    await files.remove();
  });

  /** As the proxy passes on what came to it from an address; what the client itself claims stands before that. */
  const signInFrom = async (address: string, username: string, password: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.99, ${address}` };
    const body = JSON.stringify({ username, password });
    return (await fetch(`${service.url}/api/v1/auth/token`, { method: 'POST', headers, body })).status;
  };

  it('counts wrong passwords by the address of the client, not of the proxy or of what the client claims', async () => {
    for (let index = 0; index < 10; index++) {
      expect(await signInFrom('198.51.100.1', 'kr-mois', 'wrong')).toBe(401);
    }
    expect(await signInFrom('198.51.100.1', 'kr-mois', DEMO_PASSWORD)).toBe(429);
    expect(await signInFrom('192.0.2.1', 'kr-mois', DEMO_PASSWORD)).toBe(200);
  });

  it('does not lock a desk out at its own address while many others guess', async () => {
    expect(await signInFrom('192.0.2.7', 'jp-mod', DEMO_PASSWORD)).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 61 }, (_, index) => signInFrom(`198.51.100.${index}`, 'jp-mod', 'wrong')),
    );
    expect(guesses.filter((status) => status === 401)).toHaveLength(60);
    expect(await signInFrom('198.51.100.200', 'jp-mod', DEMO_PASSWORD)).toBe(429);
    expect(await signInFrom('192.0.2.7', 'jp-mod', DEMO_PASSWORD)).toBe(200);
  });

  it.each([
    [DESK, DESK],
    ['https://evil.example', null],
    ['null', null],
  ])('lets pages of %s read the API: %s', async (origin, allowed) => {
    const { headers } = await fetch(`${service.url}/api/v1/demo`, { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each([
    [DESK, true],
    ['https://evil.example', false],
    ['null', false],
  ])('lets pages of %s open a socket: %s', async (origin, allowed) => {
    const { token } = await Client.signIn(service.url, 'us-usfk');
    const socket = io(`${service.url}/desk`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin },
      auth: { token, run: 'live', desk: 'us-usfk' },
    });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
    });
    socket.close();
    expect(connected).toBe(allowed);
  });

  it('sends a policy that allows no inline script, no frame and no other site', async () => {
    const { headers } = await fetch(service.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split(';')).toEqual(
      expect.arrayContaining(["default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]),
    ); // prettier-ignore
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('logs no secret, at whatever level', async () => {
    const planted = 'planted-password-of-somebody';
    await signInFrom('192.0.2.9', 'jp-cas', planted);
    const nobody = Client.withToken(service.url, '');
    const { body: session } = await nobody.post<TokenPair & Record<string, unknown>>('/auth/token', { username: 'controller', password: DEMO_PASSWORD }); // prettier-ignore
    const controller = nobody.as(session.accessToken);
    const { body: renewed } = await nobody.post<TokenPair & Record<string, unknown>>('/auth/refresh', { refreshToken: session.refreshToken }); // prettier-ignore
    const administrator = await Client.signIn(service.url, 'administrator');
    const { body: key } = await administrator.post<MadeKey & Record<string, unknown>>('/keys', { name: 'x', desk: 'jp-cas', scopes: ['feeds:read'], days: 1 }); // prettier-ignore
    await nobody.as(key.key).get('/runs/live');
    const { body: codes } = await controller.post<JoinCodeView[]>(`/runs/${await startPaused(controller)}/join-codes`, { desk: 'jp-cas' }); // prettier-ignore
    await nobody.post('/auth/join', { code: codes[0]?.code, name: 'Sato' });
    await nobody.get('/the-last-request');

    const text = await eventually('the log has the last request', async () => {
      const written = await readFile(log, 'utf8');
      return written.includes('/the-last-request') && written;
    });
    expect(text).toContain('/api/v1/auth/join');
    const secrets = [planted, DEMO_PASSWORD, session.accessToken, session.refreshToken, renewed.refreshToken, administrator.token, key.key, codes[0]!.code!]; // prettier-ignore
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
