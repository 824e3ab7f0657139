import { useSyncExternalStore } from 'react';
import { runNowOf } from '../../src/core/clock/clock-view.js';
import type { FeedState } from './feed.js';

const STEP_MS = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const current = (): number => Math.floor(Date.now() / STEP_MS) * STEP_MS;

/** This browser's wall time in milliseconds; renders again four times a second. */
const useNow = (): number => useSyncExternalStore(subscribe, current);

/** The run time of a feed now, in milliseconds, or undefined until its clock is known. */
export function useRunNow(feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>): number | undefined {
  const now = useNow();
  return feed.clock ? runNowOf(feed.clock, now + feed.serverOffsetMs) : undefined;
}
