import { useMemo } from 'react';
import { dutyIndex, type DutyIndex } from './duty-index.js';
import type { FeedState } from './feed.js';

/** The index of a feed's duties; ticks of the clock leave it as it is. */
export function useDutyIndex({
  items,
  obligations,
  acknowledged,
  displayed,
}: Pick<FeedState, 'items' | 'obligations' | 'acknowledged' | 'displayed'>): DutyIndex {
  return useMemo(
    () => dutyIndex({ obligations, acknowledged, displayed }, items),
    [items, obligations, acknowledged, displayed],
  );
}
