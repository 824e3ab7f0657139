import type { DueStep } from '../delivery/due.js';
import { runTimeOf, type RunTime } from '../time/time.js';
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
}

export interface Schedule {
  items: ScheduledItem[];
  rows: ScheduledRow[];
  /** No source gives a time for these: listed, not played. */
  untimed: ScheduledItem[];
}

/**
 * What a chapter plays. An audience is told of an item when the first of its agencies is on record as knowing; where none is,
 * it is not told. Control is told when it happens. Everything lies within the chapter: what an audience learned after
 * its end belongs to a later chapter.
 */
export function scheduleOf(scenario: Scenario, chapter: ScenarioChapter): Schedule {
  const from = runTimeOf(chapter.from);
  const to = runTimeOf(chapter.to);
  const schedule: Schedule = { items: [], rows: [], untimed: [] };
  for (const scheduled of versionsOf(scenario)) {
    const startAt = startOf(scheduled.item);
    if (startAt === undefined) {
      schedule.untimed.push(scheduled);
      continue;
    }
    const rows = rowsOf(scenario, scheduled, startAt).filter((row) => row.dueAt >= from && row.dueAt <= to);
    if (rows.length > 0) {
      schedule.items.push(scheduled);
      schedule.rows.push(...rows);
    }
  }
  return schedule;
}

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

function versionsOf(scenario: Scenario): ScheduledItem[] {
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

function rowsOf(scenario: Scenario, { id, version, item }: ScheduledItem, startAt: RunTime): ScheduledRow[] {
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
  for (const party of scenario.parties) {
    const known = earliestKnowledge(item, party);
    if (item.inject) {
      if (item.inject.to.includes(audienceOf(party))) {
        rows.push(row(audienceOf(party), 'deliver', startAt, event));
      }
    } else if (known) {
      rows.push(row(audienceOf(party), 'deliver', runTimeOf(known.at), known));
    }
  }
  return rows;
}

function precisionOf(item: ScenarioItem): Knowledge['precision'] {
  return item.time.precision === 'unknown' ? 'approximate' : item.time.precision;
}
