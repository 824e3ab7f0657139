import type { ReceiptView } from '../../src/core/wire/desk-events.js';
import { MOST_OUTSTANDING, type ObligationView } from '../../src/core/wire/obligation.js';
import type { Acknowledgement, FeedItem, ItemRef } from '../../src/core/wire/feed.js';

/** What a console knows of who has done what with the items of its feed. */
export interface Duties {
  acknowledged: readonly DeskReceipt[];
  displayed: readonly ReceiptView[];
  obligations: readonly ObligationView[];
}

/** An acknowledgement; of which audience, where the server told it. */
export type DeskReceipt = Acknowledgement & { audience?: string };

export const noDuties: Duties = { acknowledged: [], displayed: [], obligations: [] };

export const versionKey = ({ kind, id, version }: ItemRef): string => `${kind}/${id}/${version}`;
/** Several persons may acknowledge for one desk. */
const personKey = (entry: Acknowledgement): string => `${versionKey(entry)}/${entry.desk}/${entry.person}`;
export const deskKey = (entry: ItemRef & { desk: string }): string => `${versionKey(entry)}/${entry.desk}`;

/** The first list, and what of the second says something that the first does not. */
export function withMissing<T>(first: readonly T[], second: readonly T[], key: (entry: T) => string): readonly T[] {
  const told = new Set(first.map(key));
  const missing = second.filter((entry) => !told.has(key(entry)));
  return missing.length === 0 ? first : [...first, ...missing];
}

export const withAcknowledged = (
  first: readonly DeskReceipt[],
  second: readonly DeskReceipt[],
): readonly DeskReceipt[] => withMissing(first, second, personKey);

/** After receipts that the server told; told twice they change nothing. */
export function withReceipts<T extends Duties>(state: T, receipts: readonly ReceiptView[]): T {
  const displayed = receipts.filter(({ level }) => level === 'displayed');
  const acknowledged = receipts.flatMap(({ level, kind, id, version, audience, desk, person, note, at }) =>
    level === 'acknowledged' && person !== undefined
      ? [{ kind, id, version, audience, desk, person, at, ...(note === undefined ? {} : { note }) }]
      : [],
  );
  return {
    ...state,
    displayed: withMissing(state.displayed, displayed, deskKey),
    // The server's words are whole; our own note of what we sent stands in for them until they come.
    acknowledged: withAcknowledged(acknowledged, state.acknowledged),
  };
}

/** After obligations that changed: the newest word on each counts. */
export function withObligations<T extends Duties>(state: T, changed: readonly ObligationView[]): T {
  const newest = new Map(changed.map((each) => [deskKey(each), each]));
  return {
    ...state,
    obligations: [...state.obligations.filter((each) => !newest.has(deskKey(each))), ...newest.values()],
  };
}

/**
 * After a snapshot, which lists all that is outstanding: another one that we took for open is not any more, unless it is about an
 * item that came after the snapshot.
 */
export function withOutstanding<T extends Duties & { items: readonly FeedItem[] }>(
  state: T,
  snapshot: { seq: number; obligations: readonly ObligationView[] },
): T {
  const covered = new Set(state.items.filter(({ seq }) => seq <= snapshot.seq).map(versionKey));
  const outstanding = new Set(snapshot.obligations.map(deskKey));
  if (snapshot.obligations.length >= MOST_OUTSTANDING) {
    return withObligations(state, snapshot.obligations);
  }
  const kept = state.obligations.filter(
    (each) => each.state !== 'open' || outstanding.has(deskKey(each)) || !covered.has(versionKey(each)),
  );
  return withObligations({ ...state, obligations: kept }, snapshot.obligations);
}
