import type { FeedItem, ItemRef } from '../../src/core/wire/feed.js';
import type { ObligationView } from '../../src/core/wire/obligation.js';
import type { Report } from '../../src/core/wire/report.js';
import { deskKey, versionKey, type DeskReceipt, type Duties } from './duties.js';
import { itemKey, newestVersions } from './feed.js';

/**
 * What a console knows of duties, by what it asks for. It is made once for each change of them: a page looks things up for every
 * card and cell, four times a second.
 */
export interface DutyIndex {
  readonly items: ReadonlyMap<string, FeedItem>;
  /** In the order in which desks are asked. */
  readonly obligations: ReadonlyMap<string, readonly ObligationView[]>;
  readonly receipts: ReadonlyMap<string, readonly DeskReceipt[]>;
  readonly acknowledged: ReadonlySet<string>;
  readonly displayed: ReadonlySet<string>;
  /** Open or lapsed, of the newest versions, and answered by nobody of their audience; the longest due first. */
  readonly outstanding: readonly ObligationView[];
}

export function dutyIndex(duties: Duties, items: readonly FeedItem[]): DutyIndex {
  const newest = newestVersions(items);
  const answeredBy = new Set(duties.acknowledged.map((entry) => `${versionKey(entry)} ${entry.audience ?? ''}`));
  const acknowledged = new Set(duties.acknowledged.map(deskKey));
  return {
    items: new Map(items.map((item) => [versionKey(item), item])),
    obligations: byVersion([...duties.obligations].sort((a, b) => a.rank - b.rank)),
    receipts: byVersion(duties.acknowledged),
    acknowledged,
    displayed: new Set(duties.displayed.map(deskKey)),
    outstanding: duties.obligations
      .filter(
        (each) =>
          (each.state === 'open' || each.state === 'lapsed') &&
          newest.get(itemKey(each)) === each.version &&
          !answeredBy.has(`${versionKey(each)} ${each.audience}`) &&
          !acknowledged.has(deskKey(each)),
      )
      .sort((a, b) => Date.parse(a.acknowledgeBy) - Date.parse(b.acknowledgeBy) || a.rank - b.rank),
  };
}

function byVersion<T extends ItemRef>(entries: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const entry of entries) {
    const key = versionKey(entry);
    const own = found.get(key) ?? [];
    own.push(entry);
    found.set(key, own);
  }
  return found;
}

/** The duties towards one version of an item, in the order in which desks are asked. */
export const obligationsOf = ({ obligations }: DutyIndex, item: ItemRef): readonly ObligationView[] =>
  obligations.get(versionKey(item)) ?? [];

/** Who acknowledged exactly this version; an update opens the duty again. */
export const receiptsOf = ({ receipts }: DutyIndex, item: ItemRef): readonly DeskReceipt[] =>
  receipts.get(versionKey(item)) ?? [];

export type Standing = 'asked' | 'overdue' | 'lapsed' | 'met' | 'closed';

/**
 * How a duty stands at a moment of the run. An open one whose time is up is overdue before the service has said so; one that was
 * acknowledged is met as soon as we know of it.
 */
export function standingOf(
  obligation: ObligationView,
  { acknowledged }: Pick<DutyIndex, 'acknowledged'>,
  runNowMs: number,
): Standing {
  if (acknowledged.has(deskKey(obligation))) {
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

const isLate = (obligation: ObligationView, index: DutyIndex, runNowMs: number): boolean =>
  ['overdue', 'lapsed'].includes(standingOf(obligation, index, runNowMs));

/** The duties that nobody of their audience has done in time or since, the longest overdue first. */
export const overdueDuties = (index: DutyIndex, runNowMs: number): ObligationView[] =>
  index.outstanding.filter((each) => isLate(each, index, runNowMs));

/** A desk's own duties that were passed on to it or that it has let pass. */
export const urgentDuties = (
  index: DutyIndex,
  desk: string,
  runNowMs: number,
): { duty: ObligationView; isLate: boolean }[] =>
  index.outstanding
    .filter((each) => each.desk === desk)
    .map((duty) => ({ duty, isLate: isLate(duty, index, runNowMs) }))
    .filter((each) => each.isLate || each.duty.rank > 1);

/** What a report says of how far desks are, for lookup. */
export interface ReportIndex {
  readonly shown: ReadonlyMap<string, { readonly seq: number; readonly displayed: ReadonlySet<string> }>;
  readonly received: ReadonlyMap<string, number>;
}

export function reportIndex(report: Pick<Report, 'shown' | 'received'> | undefined): ReportIndex {
  return {
    shown: new Map(
      report?.shown.map((each) => [
        `${each.audience}/${versionKey(each)}`,
        { seq: each.seq, displayed: new Set(each.displayed.map(({ desk }) => desk)) },
      ]),
    ),
    received: new Map(report?.received.map(({ desk, seq }) => [desk, seq])),
  };
}

/** How far a desk has got with a version of an item, the furthest first. */
export type Progress = 'acknowledged' | 'displayed' | 'received' | 'none';

/** How far a desk is, by what the socket told and, for what is older, by the report. */
export function progressOf(
  index: Pick<DutyIndex, 'acknowledged' | 'displayed'>,
  report: ReportIndex,
  item: ItemRef,
  desk: { id: string; audience: string },
): Progress {
  const key = deskKey({ ...item, desk: desk.id });
  const shown = report.shown.get(`${desk.audience}/${versionKey(item)}`);
  if (index.acknowledged.has(key)) {
    return 'acknowledged';
  }
  if (index.displayed.has(key) || shown?.displayed.has(desk.id)) {
    return 'displayed';
  }
  const received = report.received.get(desk.id);
  return shown && received !== undefined && received >= shown.seq ? 'received' : 'none';
}
