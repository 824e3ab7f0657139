import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './http.js';
import type { Messages } from './messages/catalogue.js';

export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  reload: () => void;
}

/**
 * Loads something when `key` changes, and again every `everyMs` when that is given.
 * A value stays on the screen while it is loaded again, and when that fails. An empty key loads nothing.
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ key: string; value: T | undefined; error: unknown }>({
    key,
    value: undefined,
    error: undefined,
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    if (key === '') {
      return;
    }
    let current = true;
    const once = (): void =>
      void latest.current().then(
        (value) => current && setState({ key, value, error: undefined }),
        (error: unknown) =>
          current && setState((before) => ({ key, value: before.key === key ? before.value : undefined, error })),
      );
    once();
    const timer = everyMs === undefined ? undefined : setInterval(once, everyMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [key, everyMs, turn]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const fresh = state.key === key;
  return { value: fresh ? state.value : undefined, error: fresh ? state.error : undefined, reload };
}

/** One sentence for a person about what went wrong. */
export function errorText(messages: Messages, error: unknown): string {
  if (error instanceof ApiError && error.code === 'UNREACHABLE') {
    return messages.public.unreachable;
  }
  return messages.public.failed(error instanceof Error ? error.message : String(error));
}
