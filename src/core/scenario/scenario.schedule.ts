import type { DueStep } from '../delivery/due.js';
import { runTimeOf, type RunTime } from '../time/time.js';
import { conditionsOf, type BranchCondition } from './branch.js';
import type { Knowledge, Scenario, ScenarioChapter, ScenarioItem } from './scenario.schema.js';

/** The audience that sees everything when it happens: the controllers of a run. */
export const CONTROL = 'control';

/** The audience of a party in a run. */
export const audienceOf = (party: string): string => party.toLowerCase();

/** One version of an item of the scenario: later versions carry the id of the first. */
export interface ScheduledItem {
  readonly id: string;
  readonly version: number;
  readonly item: ScenarioItem;
}

/** When an audience comes to know an item, and how that is known. */
export interface ScheduledRow {
  readonly itemId: string;
  readonly version: number;
  readonly audience: string;
  readonly step: DueStep;
  readonly dueAt: RunTime;
  readonly known: Pick<Knowledge, 'precision' | 'note' | 'sources'> & { basis: string };
  /** Where it is told here once more: since when the audience has known, as of a notice of an earlier chapter. */
  readonly knownSince?: RunTime;
  /** It falls due only if this holds by then. */
  readonly branch?: BranchCondition;
}

/** What a party is told of an item: the item itself, or a part of it that is an item of its own. */
export interface Telling {
  readonly party: string;
  readonly at: RunTime;
  readonly known: ScheduledRow['known'];
  /** Its id and version where it is a part. */
  readonly part?: { readonly id: string; readonly version: number };
}

/** Decides what parties are told of an item, and when. */
export type WhoIsTold = (scheduled: ScheduledItem) => readonly Telling[];

export interface Schedule {
  items: ScheduledItem[];
  rows: ScheduledRow[];
  /** No source gives a time for these: listed, not played. */
  untimed: ScheduledItem[];
}

/** Who is told by the record: an audience when the first of its agencies is on record as knowing; where none is, it is not. */
export const toldByRecord =
  (scenario: Scenario): WhoIsTold =>
  ({ item }) =>
    scenario.parties.flatMap((party) => {
      const known = earliestKnowledge(item, party);
      return known ? [{ party, at: runTimeOf(known.at), known }] : [];
    });

/**
 * What a chapter plays. Audiences of parties are told as `whoIsTold` says, by default by the record. Control is told when it
 * happens, desks of an inject when it is put. Everything lies within the chapter: what an audience learned after its end belongs
 * to a later chapter. What it learned before stays with the earlier one, but for the notices that still stand when the chapter
 * begins: they are told first, since a launch is judged by them.
 */
export function scheduleOf(
  scenario: Scenario,
  chapter: ScenarioChapter,
  whoIsTold: WhoIsTold = toldByRecord(scenario),
): Schedule {
  const from = runTimeOf(chapter.from);
  const to = runTimeOf(chapter.to);
  const conditions = conditionsOf(scenario.timeline);
  const schedule: Schedule = { items: [], rows: [], untimed: [] };
  const all: { scheduled: ScheduledItem; rows: ScheduledRow[] }[] = [];
  for (const scheduled of versionsOf(scenario)) {
    const startAt = startOf(scheduled.item);
    if (startAt === undefined) {
      schedule.untimed.push(scheduled);
    } else {
      const branch = conditions.get(scheduled.item.id);
      const rows = rowsOf(scheduled, startAt, whoIsTold);
      all.push({ scheduled, rows: branch ? rows.map((row) => ({ ...row, branch })) : rows });
    }
  }
  const standing = standingAt(from, all);
  for (const { scheduled, rows } of all) {
    const played = [
      ...rows.filter((row) => standing.has(row)).map((row) => toldAgainAt(from, row)),
      ...rows.filter((row) => row.dueAt >= from && row.dueAt <= to),
    ];
    if (played.length > 0) {
      schedule.items.push(scheduled);
      schedule.rows.push(...played);
    }
  }
  return schedule;
}

/**
 * Of each notice whose window is not over, the version that an audience had last been told of before `from`. Answers belong to
 * the run of a chapter, so that nobody knows in another one whether a notice on a branch was told.
 */
function standingAt(
  from: RunTime,
  all: readonly { scheduled: ScheduledItem; rows: readonly ScheduledRow[] }[],
): ReadonlySet<ScheduledRow> {
  const last = new Map<string, { row: ScheduledRow; endAt: RunTime }>();
  for (const { scheduled, rows } of all) {
    const { announcement } = scheduled.item;
    for (const row of announcement
      ? rows.filter(({ step, dueAt, branch }) => step === 'deliver' && dueAt < from && !branch)
      : []) {
      const key = `${row.audience} ${row.itemId}`;
      if (row.version > (last.get(key)?.row.version ?? 0)) {
        last.set(key, { row, endAt: runTimeOf(announcement!.windowEnd) });
      }
    }
  }
  return new Set([...last.values()].filter(({ endAt }) => endAt > from).map(({ row }) => row));
}

const toldAgainAt = (from: RunTime, row: ScheduledRow): ScheduledRow => ({
  ...row,
  dueAt: from,
  knownSince: row.dueAt,
});

/** When an item begins, by the earliest time that a source gives; undefined when none does. */
export function startOf(item: ScenarioItem): RunTime | undefined {
  switch (item.time.precision) {
    case 'exact':
    case 'approximate':
      return runTimeOf(item.time.at);
    case 'range':
      return runTimeOf(item.time.earliest);
    case 'unknown':
      return undefined;
  }
}

/** The parties of the scenario that are not on record as having been told of an item. */
export function notToldOf(scenario: Scenario, item: ScenarioItem): string[] {
  return scenario.parties.filter(
    (party) => !item.inject?.to.includes(audienceOf(party)) && earliestKnowledge(item, party) === undefined,
  );
}

/** The earliest knowledge of a party or of one of its agencies (`jp-cas` belongs to JP). */
export function earliestKnowledge(item: ScenarioItem, party: string): Knowledge | undefined {
  return item.known
    .filter(({ who }) => who === party || who.startsWith(`${audienceOf(party)}-`))
    .reduce<Knowledge | undefined>(
      (first, next) => (first === undefined || runTimeOf(next.at) < runTimeOf(first.at) ? next : first),
      undefined,
    );
}

/** The items of a scenario in the order of the file, each with the version number that it plays as. */
export function versionsOf(scenario: Scenario): ScheduledItem[] {
  const byItemId = new Map<string, ScheduledItem>();
  const latest = new Map<string, number>();
  return scenario.timeline.map((item) => {
    const root = (item.updates && byItemId.get(item.updates)?.id) || item.id;
    const version = (latest.get(root) ?? 0) + 1;
    latest.set(root, version);
    const scheduled = { id: root, version, item };
    byItemId.set(item.id, scheduled);
    return scheduled;
  });
}

function rowsOf(scheduled: ScheduledItem, startAt: RunTime, whoIsTold: WhoIsTold): ScheduledRow[] {
  const { id, version, item } = scheduled;
  const row = (audience: string, step: DueStep, dueAt: RunTime, known: ScheduledRow['known']): ScheduledRow => ({
    itemId: id,
    version,
    audience,
    step,
    dueAt,
    known,
  });
  const event = { basis: 'event', precision: precisionOf(item), note: undefined, sources: item.sources };
  const rows = [row(CONTROL, 'deliver', startAt, event)];
  if (item.launch) {
    rows.push(row(CONTROL, 'match', runTimeOf(item.launch.at), event));
  }
  if (item.inject) {
    return [...rows, ...item.inject.to.map((audience) => row(audience, 'deliver', startAt, event))];
  }
  const told = whoIsTold(scheduled).map(({ party, at, known, part }) => ({
    ...row(audienceOf(party), 'deliver', at, known),
    ...(part && { itemId: part.id, version: part.version }),
  }));
  return [...rows, ...told];
}

function precisionOf(item: ScenarioItem): Knowledge['precision'] {
  return item.time.precision === 'unknown' ? 'approximate' : item.time.precision;
}
