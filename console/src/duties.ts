import type { ReceiptView } from '../../src/core/wire/desk-events.js';
import type { ObligationView } from '../../src/core/wire/obligation.js';
import type { Acknowledgement, FeedItem, ItemRef } from '../../src/core/wire/feed.js';
import type { Report } from '../../src/core/wire/report.js';

/** What a console knows of who has done what with the items of its feed. */
export interface Duties {
  acknowledged: readonly DeskReceipt[];
  displayed: readonly ReceiptView[];
  obligations: readonly ObligationView[];
}

/** An acknowledgement; of which audience, where the server told it. */
export type DeskReceipt = Acknowledgement & { audience?: string };

export const noDuties: Duties = { acknowledged: [], displayed: [], obligations: [] };

const versionKey = ({ kind, id, version }: ItemRef): string => `${kind}/${id}/${version}`;
/** Several persons may acknowledge for one desk. */
const personKey = (entry: Acknowledgement): string => `${versionKey(entry)}/${entry.desk}/${entry.person}`;
const deskKey = (entry: ItemRef & { desk: string }): string => `${versionKey(entry)}/${entry.desk}`;

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
 * After a snapshot, which lists all that is open: another one that we took for open is not any more, unless it is about an item
 * that came after the snapshot.
 */
export function withOpenObligations<T extends Duties & { items: readonly FeedItem[] }>(
  state: T,
  snapshot: { seq: number; obligations: readonly ObligationView[] },
): T {
  const covered = new Set(state.items.filter(({ seq }) => seq <= snapshot.seq).map(versionKey));
  const open = new Set(snapshot.obligations.map(deskKey));
  const kept = state.obligations.filter(
    (each) => each.state !== 'open' || open.has(deskKey(each)) || !covered.has(versionKey(each)),
  );
  return withObligations({ ...state, obligations: kept }, snapshot.obligations);
}

export type Standing = 'asked' | 'overdue' | 'lapsed' | 'met' | 'closed';

/**
 * How a duty stands at a moment of the run. An open one whose time is up is overdue before the service has said so; one that was
 * acknowledged is met as soon as we know of it.
 */
export function standingOf(
  obligation: ObligationView,
  acknowledged: readonly Acknowledgement[],
  runNowMs: number,
): Standing {
  if (acknowledged.some((entry) => deskKey(entry) === deskKey(obligation))) {
    return 'met';
  }
  switch (obligation.state) {
    case 'open':
      return runNowMs >= Date.parse(obligation.acknowledgeBy) ? 'overdue' : 'asked';
    case 'lapsed':
    case 'met':
    case 'closed':
      return obligation.state;
  }
}

/** The duties towards one version of an item, in the order in which desks are asked. */
export const obligationsOf = ({ obligations }: Duties, item: ItemRef): ObligationView[] =>
  obligations.filter((each) => versionKey(each) === versionKey(item)).sort((a, b) => a.rank - b.rank);

/** The duties that nobody of their audience has done in time or since, of the newest versions, the longest overdue first. */
export function overdueDuties(duties: Duties, items: readonly FeedItem[], runNowMs: number): ObligationView[] {
  const newest = new Map<string, number>();
  items.forEach(({ kind, id, version }) =>
    newest.set(`${kind}/${id}`, Math.max(version, newest.get(`${kind}/${id}`) ?? 0)),
  );
  const answeredBy = new Set(duties.acknowledged.map((entry) => `${versionKey(entry)} ${entry.audience ?? ''}`));
  return duties.obligations
    .filter(
      (each) =>
        newest.get(`${each.kind}/${each.id}`) === each.version &&
        !answeredBy.has(`${versionKey(each)} ${each.audience}`) &&
        ['overdue', 'lapsed'].includes(standingOf(each, duties.acknowledged, runNowMs)),
    )
    .sort((a, b) => Date.parse(a.acknowledgeBy) - Date.parse(b.acknowledgeBy) || a.rank - b.rank);
}

/** How far a desk has got with a version of an item, the furthest first. */
export type Progress = 'acknowledged' | 'displayed' | 'received' | 'none';

/** How far each desk is, by what the socket told and, for what is older, by the report. */
export function progressOf(
  duties: Duties,
  item: ItemRef,
  desk: { id: string; audience: string },
  report: Pick<Report, 'shown' | 'received'> | undefined,
): Progress {
  const key = deskKey({ ...item, desk: desk.id });
  const shown = report?.shown.find((each) => each.audience === desk.audience && versionKey(each) === versionKey(item));
  if (duties.acknowledged.some((each) => deskKey(each) === key)) {
    return 'acknowledged';
  }
  if (
    duties.displayed.some((each) => deskKey(each) === key) ||
    shown?.displayed.some((each) => each.desk === desk.id)
  ) {
    return 'displayed';
  }
  const received = report?.received.find((each) => each.desk === desk.id);
  return shown && received && received.seq >= shown.seq ? 'received' : 'none';
}
