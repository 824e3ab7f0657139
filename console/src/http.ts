import type { Problem } from '../../src/core/wire/problem.js';

/** A refusal by the service, as RFC 9457 problem details. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

const isJson = (response: Response): boolean => (response.headers.get('content-type') ?? '').includes('json');

/**
 * Sends one request to the service and returns its JSON.
 * With an idempotency key it may be sent again without being done twice. Throws an `ApiError`; its status is 0 and its code `UNREACHABLE` when no answer came at all.
 */
export async function send<T>(method: string, path: string, token?: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) {
    headers.authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (key !== undefined) {
    headers['idempotency-key'] = key;
  }
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch (cause) {
    throw new ApiError(0, 'UNREACHABLE', cause instanceof Error ? cause.message : 'no answer');
  }
  const payload: unknown = isJson(response) ? await response.json() : undefined;
  if (!response.ok) {
    const problem = (payload ?? {}) as Partial<Problem>;
    const message = problem.detail ?? problem.title ?? response.statusText;
    throw new ApiError(response.status, problem.code ?? `HTTP_${response.status}`, message);
  }
  return payload as T;
}
