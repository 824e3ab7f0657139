import { DEMO_PASSWORD } from './test-app.js';

export interface Answer<Body> {
  status: number;
  body: Body;
}

/** A signed-in HTTP client of the API; bodies and answers are JSON. */
export class Client {
  private constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  /** A client that presents this token; an empty one presents none. */
  static withToken(url: string, token: string): Client {
    return new Client(url, token);
  }

  /** Signs in as a demo account. */
  static async signIn(url: string, username: string, password = DEMO_PASSWORD): Promise<Client> {
    const response = await fetch(`${url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (!response.ok) {
      throw new Error(`${username} could not sign in: ${await response.text()}`);
    }
    return new Client(url, ((await response.json()) as { accessToken: string }).accessToken);
  }

  /** The same service with another token. */
  as(token: string): Client {
    return new Client(this.url, token);
  }

  get<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>> {
    return this.send('GET', path);
  }

  post<Body = Record<string, unknown>>(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('POST', path, body, headers);
  }

  /** Sends a body as it is, well-formed or not. */
  raw(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });
  }

  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await this.raw(method, path, body === undefined ? undefined : JSON.stringify(body), headers);
    if (!response.headers.get('content-type')?.includes('json')) {
      // An Atom feed is no JSON, and a stream has no end: the status is what counts.
      await response.body?.cancel();
      return { status: response.status, body: undefined as Body };
    }
    return { status: response.status, body: (await response.json()) as Body };
  }
}
