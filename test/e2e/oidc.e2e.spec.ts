import { createServer, type AddressInfo } from 'node:net';
import type { Me, TokenPair } from '../../src/core/wire/session.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { signInAtProvider, startOpenIdProvider, type TestProvider } from '../support/openid-provider.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const CALLBACK = '/api/v1/auth/oidc/callback';

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe('signing in through an OpenID provider', () => {
  let provider: TestProvider;
  let service: TestApp;

  beforeAll(async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    provider = await startOpenIdProvider(`${publicUrl}${CALLBACK}`);
    const { issuer, clientId, clientSecret } = provider;
    const rules = [
      { value: 'ops', role: 'controller' },
      { value: 'jp', role: 'officer', desk: 'jp-cas' },
    ] as const;
    const oidc = { issuer, clientId, clientSecret, publicUrl, claim: 'groups', rules, scope: 'openid profile' };
    service = await startTestApp({ work: false, port, oidc });
  });
  afterAll(async () => {
    await service.stop();
    await provider.stop();
  });

  interface Begun {
    location: string;
    cookie: string;
  }
  async function begin(): Promise<Begun> {
    const response = await fetch(`${service.url}/api/v1/auth/oidc/start`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; Path=\/api\/v1\/auth\/oidc\/callback; .*HttpOnly; SameSite=Lax/);
    return { location: response.headers.get('location') ?? '', cookie: cookie.split(';')[0] ?? '' };
  }
  const atProvider = ({ location }: Begun, name: string): Promise<string> =>
    signInAtProvider(location, name, `${service.url}${CALLBACK}`);
  async function comeBack(address: string, cookie?: string): Promise<string> {
    const response = await fetch(address, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    expect(response.status).toBe(302);
    return response.headers.get('location') ?? '';
  }
  async function signIn(name: string): Promise<string> {
    const begun = await begin();
    return comeBack(await atProvider(begun, name), begun.cookie);
  }
  async function sessionOf(leadsTo: string): Promise<TokenPair> {
    const refreshToken = /^\/sign-in#session=(.+)$/.exec(leadsTo)?.[1];
    const { status, body } = await Client.withToken(service.url, '').post<TokenPair & Record<string, unknown>>('/auth/refresh', { refreshToken }); // prettier-ignore
    expect({ leadsTo, status }).toEqual({ leadsTo, status: 200 });
    return body;
  }
  const me = async ({ accessToken }: TokenPair): Promise<Me> =>
    (await Client.withToken(service.url, accessToken).get<Me & Record<string, unknown>>('/auth/me')).body;

  it('asks with code, PKCE, state and nonce', async () => {
    const { searchParams } = new URL((await begin()).location);
    expect(Object.fromEntries(searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid profile', state: expect.any(String) as string, nonce: expect.any(String) as string }); // prettier-ignore
  });

  it('gives a session like that of a password, with the role and the desk that the groups stand for', async () => {
    provider.groups['sato'] = ['others', 'jp'];
    const session = await sessionOf(await signIn('sato'));
    expect(await me(session)).toMatchObject({ displayName: 'Name of sato', role: 'officer', desk: { id: 'jp-cas' } });
    const signOut = await Client.withToken(service.url, session.accessToken).post('/auth/sign-out', {
      everywhere: true,
    });
    expect(signOut.status).toBe(204);
  });

  it('lets nobody in whom no rule names', async () => {
    provider.groups['visitor'] = ['others'];
    expect(await signIn('visitor')).toBe('/sign-in?failed=OIDC_NO_ROLE');
    expect(await queryAsAdmin(service.database, `SELECT 1 FROM users WHERE username LIKE '%visitor%'`)).toEqual([]);
  });

  it('takes over another role at the next sign-in, and ends the sessions of the one before', async () => {
    provider.groups['kim'] = ['jp'];
    const before = await sessionOf(await signIn('kim'));
    provider.groups['kim'] = ['ops', 'jp'];
    const after = await sessionOf(await signIn('kim'));
    expect((await me(after)).role).toBe('controller');
    const refreshed = await Client.withToken(service.url, '').post('/auth/refresh', {
      refreshToken: before.refreshToken,
    });
    expect(refreshed.status).toBe(401);
  });

  it('ends the sessions of somebody whom no rule names any more', async () => {
    provider.groups['choi'] = ['jp'];
    const session = await sessionOf(await signIn('choi'));
    provider.groups['choi'] = ['others'];
    expect(await signIn('choi')).toBe('/sign-in?failed=OIDC_NO_ROLE');
    expect((await Client.withToken(service.url, session.accessToken).get('/auth/me')).status).toBe(401);
  });

  it('opens no account that was closed, whatever the provider says', async () => {
    provider.groups['han'] = ['jp'];
    const session = await sessionOf(await signIn('han'));
    const [account] = await queryAsAdmin<{ username: string }>(service.database, `SELECT username FROM users WHERE username LIKE 'oidc:%:han'`); // prettier-ignore
    const signIns = service.app.get(SignInService);
    await signIns.setActive(account!.username, false);
    await eventually('the session is over', async () => (await Client.withToken(service.url, session.accessToken).get('/auth/me')).status === 401); // prettier-ignore
    for (const groups of [['jp'], ['ops']]) {
      provider.groups['han'] = groups;
      expect(await signIn('han')).toBe('/sign-in?failed=UNAUTHENTICATED');
    }
    await signIns.setActive(account!.username, true);
    await sessionOf(await signIn('han'));
    await expect(signIns.setActive('nobody', false)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  it.each<[string, (good: URL, begun: Begun, other: Begun) => [URL, string | undefined]]>([
    ['without the cookie of the browser that began it', (good) => [good, undefined]],
    ['with the cookie of another attempt', (good, _, other) => [good, other.cookie]],
    ['with a cookie that was forged', (good, { cookie }) => [good, `${cookie.slice(0, -4)}AAAA`]],
    ['with another state', (good, { cookie }) => (good.searchParams.set('state', 'x'), [good, cookie])],
    ['with another code', (good, { cookie }) => (good.searchParams.set('code', 'x'), [good, cookie])],
    ['from another issuer', (good, { cookie }) => (good.searchParams.set('iss', 'https://evil.example'), [good, cookie])],
    ['with an error of the provider', (good, { cookie }) => (good.searchParams.delete('code'), good.searchParams.set('error', 'access_denied'), [good, cookie])],
  ])('is refused %s', async (_, change) => {
    provider.groups['park'] = ['jp'];
    const [begun, other] = [await begin(), await begin()];
    const [address, cookie] = change(new URL(await atProvider(begun, 'park')), begun, other);
    expect(await comeBack(address.href, cookie)).toBe('/sign-in?failed=OIDC_REFUSED');
  }); // prettier-ignore

  it('takes a code once', async () => {
    const begun = await begin();
    provider.groups['lee'] = ['jp'];
    const address = await atProvider(begun, 'lee');
    expect(await comeBack(address, begun.cookie)).toMatch(/#session=/);
    expect(await comeBack(address, begun.cookie)).toBe('/sign-in?failed=OIDC_REFUSED');
  });

  it('leaves local passwords good, and gives its own accounts none', async () => {
    await expect(Client.signIn(service.url, 'controller', DEMO_PASSWORD)).resolves.toBeDefined();
    const [account] = await queryAsAdmin<{ username: string }>(service.database, `SELECT username FROM users WHERE username LIKE 'oidc:%:sato'`); // prettier-ignore
    for (const password of ['x', ' ', DEMO_PASSWORD]) {
      const answer = await Client.withToken(service.url, '').post('/auth/token', {
        username: account?.username,
        password,
      });
      expect(answer).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
    }
  });

  it('says so when the provider does not answer', async () => {
    const away = await startTestApp({
      work: false,
      database: service.database,
      oidc: { issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'x', publicUrl: 'http://127.0.0.1:1', claim: 'groups', rules: [], scope: 'openid' },
    }); // prettier-ignore
    const { status, body } = await Client.withToken(away.url, '').get('/auth/oidc/start');
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'OIDC_UNREACHABLE' } });
    await away.stop();
  });
});
