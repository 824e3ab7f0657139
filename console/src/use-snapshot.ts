import { useEffect } from 'react';
import { api } from './api.js';
import type { DeskLink, LinkView } from './desk-link.js';
import { userAccess } from './session.js';
import { useLoaded } from './use-loaded.js';

/** Receipts and duties come by the socket; this finds what it did not bring. */
const FALLBACK_EVERY_MS = 60_000;

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
  const snapshot = useLoaded(
    ready ? `snapshot/${run}/${audience}/${epoch}/${view?.connections}/${clock?.revision ?? 0}` : '',
    () => api.snapshot(userAccess, run, audience ?? ''),
    FALLBACK_EVERY_MS,
  );
  const told = snapshot.value;
  useEffect(() => {
    if (told) {
      link?.learnSnapshot(told);
    }
  }, [told, link]);
}
