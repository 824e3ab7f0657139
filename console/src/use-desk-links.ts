import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DeskLink, type LinkView } from './desk-link.js';
import { emptyFeed } from './feed.js';
import type { Access } from './session.js';

const waiting: LinkView = {
  feed: emptyFeed,
  connection: { state: 'catching-up', behind: 0 },
  refused: undefined,
  connections: 0,
  sentTooMuch: false,
};

export interface DeskLinks {
  links: readonly DeskLink[];
  views: readonly LinkView[];
}

/** Opens one link for each desk and closes them when the page goes; the views are in the order of the desks. */
export function useDeskLinks(
  access: Access | undefined,
  run: string,
  desks: readonly string[],
  receipts: boolean,
): DeskLinks {
  const [links, setLinks] = useState<readonly DeskLink[]>([]);
  const deskList = desks.join(' ');

  useEffect(() => {
    if (!access || run === '' || deskList === '') {
      return;
    }
    const opened = deskList.split(' ').map((desk) => new DeskLink({ access, run, desk, receipts }));
    opened.forEach((link) => link.open());
    setLinks(opened);
    return () => {
      opened.forEach((link) => link.close());
      setLinks([]);
    };
  }, [access, run, deskList, receipts]);

  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = links.map((link) => link.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [links],
  );
  const cache = useRef<readonly LinkView[]>([]);
  const snapshot = useCallback(() => {
    const next = links.map((link) => link.view());
    const same = next.length === cache.current.length && next.every((view, index) => view === cache.current[index]);
    if (!same) {
      cache.current = next;
    }
    return cache.current;
  }, [links]);
  const views = useSyncExternalStore(subscribe, snapshot);
  return { links, views: desks.map((_, index) => views[index] ?? waiting) };
}
