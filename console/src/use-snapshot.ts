import { useEffect } from 'react';
import { api } from './api.js';
import type { DeskLink, LinkView } from './desk-link.js';
import { userAccess } from './session.js';
import { useLoaded } from './use-loaded.js';

/** Receipts and duties come by the socket; this finds what it did not bring. */
const FALLBACK_EVERY_MS = 60_000;
/** What is told on joining often crosses the snapshot; all who come back at once must not ask again at once. */
const AGAIN_MS = { least: 500, most: 1500 };

/**
 * Brings a link up to date with receipts and duties from before it was connected: after each connection (what was told in
 * between was not told to us), after a change of the clock (a jump ends duties), and once a minute.
 */
export function useSnapshot(
  run: string,
  audience: string | undefined,
  link: DeskLink | undefined,
  view: LinkView | undefined,
): void {
  const { epoch, clock } = view?.feed ?? {};
  const ready = audience !== undefined && epoch !== undefined && (view?.connections ?? 0) > 0;
  const { value: loaded, reload } = useLoaded(
    ready ? `snapshot/${run}/${audience}/${epoch}/${view?.connections}/${clock?.revision ?? 0}` : '',
    async () => {
      const obligationEvents = link?.view().feed.obligationEvents ?? 0;
      return { snapshot: await api.snapshot(userAccess, run, audience ?? ''), obligationEvents };
    },
    FALLBACK_EVERY_MS,
  );
  useEffect(() => {
    if (!loaded || !link || link.learnSnapshot(loaded.snapshot, loaded.obligationEvents)) {
      return;
    }
    const again = setTimeout(reload, AGAIN_MS.least + Math.random() * (AGAIN_MS.most - AGAIN_MS.least));
    return () => clearTimeout(again);
  }, [loaded, link, reload]);
}
