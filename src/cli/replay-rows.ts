import type { FeedItem } from '../core/wire/feed.js';
import { knownText, titleText } from './item-text.js';
import type { Seat } from './replay-record.js';

/** An item that reached a desk and is not on the screen yet. */
export interface Pending {
  desk: string;
  item: FeedItem;
}

/** How to emphasise parts of a cell; plain text where there is no colour. */
export interface Style {
  quiet(text: string): string;
  urgent(text: string): string;
}

/**
 * Puts what came together into rows, one cell a seat: the same item version known at the same run time shares a
 * row, rows go by run time, and every cell is in the language and zone of its desk.
 */
export function rowsOf(pending: readonly Pending[], seats: readonly Seat[], style: Style): string[][] {
  const rows = new Map<string, Pending[]>();
  for (const one of pending) {
    const { body, kind, id, version } = one.item;
    const key = `${body.known.at} ${kind} ${id} ${version}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  const knownAt = (row: Pending[]): number => Date.parse(row[0]?.item.body.known.at ?? '');
  return [...rows.values()]
    .sort((one, other) => knownAt(one) - knownAt(other))
    .map((row) => seats.map((seat) => cellOf(row.find((one) => one.desk === seat.desk.id)?.item, seat, style)));
}

function cellOf(item: FeedItem | undefined, { desk }: Seat, style: Style): string {
  if (!item) {
    return '';
  }
  const title = titleText(item, desk);
  const isUrgent = item.kind === 'alert' || item.body.severity === 'Extreme';
  return `${style.quiet(knownText(item, desk))}\n${isUrgent ? style.urgent(title) : title}`;
}
