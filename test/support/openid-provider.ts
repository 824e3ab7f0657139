import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** An OpenID provider of our own, where everybody signs in under their name and belongs to the groups that are said here. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By name; may be changed while it runs. */
  readonly groups: Record<string, string[]>;
  stop(): Promise<void>;
}

export async function startOpenIdProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'triwatch', clientSecret: 'a-secret-that-only-the-tests-know' };
  const groups: Record<string, string[]> = {};
  const provider = new Provider(issuer, {
    clients: [
      { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri], grant_types: ['authorization_code'] },
    ],
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    cookies: { keys: ['a key of the tests'] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name: `Name of ${sub}`, groups: groups[sub] ?? [] }) }),
  }); // prettier-ignore
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return { issuer, ...client, groups, stop: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Walks through the provider's pages as a browser would, as somebody of that name. Returns the address of ours that it leads
 * back to.
 */
export async function signInAtProvider(start: string, name: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20 && !next.startsWith(back); step++) {
    const response = await fetch(next, {
      method: form ? 'POST' : 'GET',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(key, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    // A page without a way on asks for the name first and for consent then.
    form = location ? undefined : new URLSearchParams(page.includes('name="login"') ? { prompt: 'login', login: name, password: 'x' } : { prompt: 'consent' }); // prettier-ignore
    next = location ? new URL(location, next).href : next;
  }
  return next;
}
