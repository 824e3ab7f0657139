import type { Problem } from '../core/wire/problem.js';
import type { TokenPair } from '../core/wire/session.js';
import { CliError, EXIT } from './cli-error.js';

const REQUEST_TIMEOUT_MS = 15_000;
/** Refresh this long before the token ends, so that no request or socket is caught with an old one. */
const REFRESH_AHEAD_MS = 30_000;

/** A client of the REST interface: signs in, keeps the token fresh and turns every failure into a CliError. */
export class Api {
  readonly url: string;
  private tokens?: TokenPair;
  private refreshAt = Infinity;
  private refreshing?: Promise<void>;
  private refreshTimer?: NodeJS.Timeout;
  private readonly tokenListeners = new Set<(token: string) => void>();

  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  async signIn(username: string, password: string): Promise<void> {
    this.keep(await this.request<TokenPair>('POST', '/auth/token', { body: { username, password }, open: true }));
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.request<T>('POST', path, { body, headers });
  }

  /** An access token that is good for a while; `renew` asks for another one even if this seems good. */
  async token(renew = false): Promise<string> {
    if (this.tokens && (renew || Date.now() >= this.refreshAt)) {
      await this.refresh();
    }
    if (!this.tokens) {
      throw new CliError('Not signed in.', EXIT.failed);
    }
    return this.tokens.accessToken;
  }

  /** Tells each fresh token, for connections that outlive one. Returns the function that ends it. */
  onToken(listener: (token: string) => void): () => void {
    this.tokenListeners.add(listener);
    return () => this.tokenListeners.delete(listener);
  }

  private keep(tokens: TokenPair): void {
    this.tokens = tokens;
    const lifeMs = tokens.expiresIn * 1000;
    const inMs = Math.max(lifeMs / 2, lifeMs - REFRESH_AHEAD_MS);
    this.refreshAt = Date.now() + inMs;
    // Sockets need the fresh token although no request is made; a failure shows at the next request.
    clearTimeout(this.refreshTimer);
    this.refreshTimer = setTimeout(() => void this.refresh().catch(() => undefined), inMs).unref();
    this.tokenListeners.forEach((listener) => listener(tokens.accessToken));
  }

  /** One refresh at a time: a refresh token may be good only once. */
  private refresh(): Promise<void> {
    const refreshToken = this.tokens?.refreshToken;
    this.refreshing ??= this.request<TokenPair>('POST', '/auth/refresh', { body: { refreshToken }, open: true })
      .then((tokens) => this.keep(tokens))
      .finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async request<T>(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string>; open?: boolean } = {},
  ): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
    if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (!options.open) {
      headers.Authorization = `Bearer ${await this.token()}`;
    }
    const response = await reach(`${this.url}/api/v1${path}`, {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw problemOf(response.status, text);
    }
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new CliError(
        `${this.url} did not answer ${method} ${path} in JSON: is it a Triwatch service?`,
        EXIT.failed,
        {
          cause,
        },
      );
    }
  }
}

function problemOf(status: number, text: string): CliError {
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    // Something between the service and here answered; its status has to do.
  }
  const sentence = problem.detail ?? problem.title ?? `The service answered with status ${status}.`;
  return new CliError(sentence, EXIT.failed, { code: problem.code, status, findings: problem.findings });
}

/** Fetches, or throws the CliError that says how to start a service when none can be reached. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch (cause) {
    throw unreachable(new URL(url).origin, cause);
  }
}

export function unreachable(origin: string, cause?: unknown): CliError {
  return new CliError(`No service answers at ${origin}. Start one with: npm start`, EXIT.unreachable, { cause });
}

/** Whether a Triwatch service at this address is ready, present but not ready yet, or not there at all. */
export async function probe(url: string): Promise<'ready' | 'starting' | 'none'> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    await response.body?.cancel();
    return !isJson ? 'none' : response.ok ? 'ready' : response.status === 503 ? 'starting' : 'none';
  } catch {
    return 'none';
  }
}
