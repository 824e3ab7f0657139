import type { RunView } from '../../src/core/wire/run.js';
import type { AccessToken, DemoReplay, Joined, Me, TokenPair } from '../../src/core/wire/session.js';
import { ApiError, send } from './http.js';

/** A way to prove who is asking. The signed-in person has one, and a demo replay has one for its own run only. */
export interface Access {
  /** A token that is good for at least another half minute. */
  token(): Promise<string>;
  /** A new token even though the old one looked good; throws when there is none to be had. */
  renew(): Promise<string>;
  /** Tells sockets to present the new token. */
  onRenewed(listener: (token: string) => void): () => void;
}

interface Stored {
  accessToken: string;
  expiresAtMs: number;
  refreshToken?: string;
  me?: Me;
}

const SESSION_KEY = 'triwatch.session';
const demoKey = (run: string): string => `triwatch.demo.${run}`;
/** That this tab left for the organisation's sign-in, for ten minutes. */
const LEFT_KEY = 'triwatch.left';
const LEFT_FOR_MS = 600_000;
const MARGIN_MS = 30_000;

const listeners = new Set<() => void>();
const renewedListeners = new Set<(token: string) => void>();
let refreshing: Promise<string> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let session = read(SESSION_KEY);

function read(key: string): Stored | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Stored);
  } catch {
    // A tab whose storage is blocked still works; it asks for the sign-in again after a reload.
    return undefined;
  }
}

function write(key: string, value: Stored | undefined): void {
  try {
    if (value) {
      sessionStorage.setItem(key, JSON.stringify(value));
    } else {
      sessionStorage.removeItem(key);
    }
  } catch {
    // See `read`.
  }
}

const storedOf = (tokens: AccessToken & Partial<TokenPair>, me?: Me): Stored => ({
  accessToken: tokens.accessToken,
  expiresAtMs: Date.now() + tokens.expiresIn * 1000,
  refreshToken: tokens.refreshToken,
  me,
});

function keep(next: Stored | undefined): void {
  session = next;
  write(SESSION_KEY, next);
  plan();
  for (const listener of listeners) {
    listener();
  }
}

/** Refreshes well before expiry, so that a socket on a long shift is never closed for an old token. */
function plan(): void {
  clearTimeout(timer);
  if (session?.refreshToken !== undefined) {
    const wait = Math.max(1000, (session.expiresAtMs - Date.now()) * 0.8);
    timer = setTimeout(() => void refresh().catch(() => undefined), Math.min(wait, 2 ** 31 - 1));
  }
}

async function refresh(): Promise<string> {
  refreshing ??= exchange().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

async function exchange(): Promise<string> {
  if (session?.refreshToken === undefined) {
    throw new ApiError(401, 'UNAUTHENTICATED', 'The session has ended.');
  }
  try {
    const before = session;
    const tokens = await send<TokenPair>('POST', '/auth/refresh', undefined, { refreshToken: before.refreshToken });
    keep(storedOf(tokens, before.me));
    for (const listener of renewedListeners) {
      listener(tokens.accessToken);
    }
    return tokens.accessToken;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
      keep(undefined);
    }
    throw error;
  }
}

export const userAccess: Access = {
  token: async () => {
    if (!session) {
      throw new ApiError(401, 'UNAUTHENTICATED', 'Nobody is signed in.');
    }
    return session.expiresAtMs - Date.now() > MARGIN_MS ? session.accessToken : refresh();
  },
  renew: refresh,
  onRenewed: (listener) => {
    renewedListeners.add(listener);
    return () => renewedListeners.delete(listener);
  },
};

/** The signed-in person, or undefined; stable between changes, as React's external stores need it. */
export const currentUser = (): Me | undefined => session?.me;

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Signs in and returns who it is. Throws an `ApiError` when the service refuses. */
export async function signIn(username: string, password: string): Promise<Me> {
  const tokens = await send<TokenPair>('POST', '/auth/token', undefined, { username, password });
  const me = await send<Me>('GET', '/auth/me', tokens.accessToken);
  keep(storedOf(tokens, me));
  return me;
}

/** Joins an exercise as a player and returns its run. Throws an `ApiError` when the service refuses. */
export async function joinRun(code: string, name: string): Promise<string> {
  const joined = await send<Joined>('POST', '/auth/join', undefined, { code, name });
  keep(storedOf(joined, await send<Me>('GET', '/auth/me', joined.accessToken)));
  return joined.run;
}

/** Leaves for the organisation's sign-in; only a tab that left may come back with a session. */
export function leaveForProvider(): void {
  write(LEFT_KEY, { accessToken: '', expiresAtMs: Date.now() + LEFT_FOR_MS });
  location.assign('/api/v1/auth/oidc/start');
}

/** Takes over the session that the organisation's sign-in led back with; undefined where this tab did not ask for one. */
export async function returnFromProvider(refreshToken: string): Promise<Me | undefined> {
  const left = read(LEFT_KEY);
  write(LEFT_KEY, undefined);
  if (!left || left.expiresAtMs < Date.now()) {
    return undefined;
  }
  const tokens = await send<TokenPair>('POST', '/auth/refresh', undefined, { refreshToken });
  const me = await send<Me>('GET', '/auth/me', tokens.accessToken);
  keep(storedOf(tokens, me));
  return me;
}

/** Forgets the session here at once, and ends it at the service as far as that can be reached. */
export function signOut(): void {
  const token = session?.refreshToken === undefined ? undefined : session.accessToken;
  keep(undefined);
  if (token !== undefined) {
    void send('POST', '/auth/sign-out', token, {}).catch(() => undefined);
  }
}

/** Ends every session of the account, and then forgets the one here. Throws an `ApiError` when nothing was ended. */
export async function signOutEverywhere(): Promise<void> {
  await send('POST', '/auth/sign-out', await userAccess.token(), { everywhere: true });
  keep(undefined);
}

/** Starts the demo replay, for which nobody signs in; its token is kept for that run alone. */
export async function startDemo(speed: number): Promise<RunView> {
  const demo = await send<DemoReplay>('POST', '/demo/replay', undefined, { speed });
  write(demoKey(demo.run.id), storedOf(demo));
  return demo.run;
}

/** The access of a demo replay that this tab started, or undefined. It cannot be renewed. */
export function demoAccess(run: string): Access | undefined {
  const stored = read(demoKey(run));
  if (!stored || stored.expiresAtMs < Date.now()) {
    return undefined;
  }
  return {
    token: () => Promise.resolve(stored.accessToken),
    renew: () => Promise.reject(new ApiError(401, 'UNAUTHENTICATED', 'The demo replay has expired.')),
    onRenewed: () => () => undefined,
  };
}

plan();
