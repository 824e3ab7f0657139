import { useMemo, useSyncExternalStore } from 'react';

/** Where the browser is: a path and its query. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

const listeners = new Set<() => void>();

const notify = (): void => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', notify);
  return () => listeners.delete(listener);
}

const current = (): string => window.location.pathname + window.location.search;

/** Goes to another page of the console without loading it anew. */
export function navigate(to: string, replace = false): void {
  if (replace) {
    window.history.replaceState(null, '', to);
  } else {
    window.history.pushState(null, '', to);
  }
  window.scrollTo(0, 0);
  notify();
}

/** The place that is shown now; renders again when it changes. */
export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, current);
  return useMemo(() => {
    const url = new URL(address, window.location.origin);
    return { path: url.pathname.replace(/\/+$/, '') || '/', query: url.searchParams };
  }, [address]);
}
