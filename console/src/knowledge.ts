import type { Texts } from '../../src/core/scenario/scenario.schema.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { ScenarioDetail } from '../../src/core/wire/scenario.js';

export interface KnownCell {
  knownAtMs: number;
  delayMs: number;
  basis: string;
}

/** One event and what each party knew of it. */
export interface KnowledgeRow {
  key: string;
  id: string;
  texts: Texts;
  eventAtMs: number;
  severity: string;
  cells: Readonly<Record<string, KnownCell | undefined>>;
}

export interface PartyFeed {
  party: string;
  items: readonly FeedItem[];
}

const RANK = ['Unknown', 'Minor', 'Moderate', 'Severe', 'Extreme'];

/** A number to compare severities with; 0 for one that is not rated. */
export const severityRank = (severity: string | undefined): number => Math.max(0, RANK.indexOf(severity ?? 'Unknown'));

/**
 * Lays the feeds of several parties beside each other, an event a row, in the order in which things happened.
 * The first version that a party was shown counts: what came later only corrected it.
 */
export function knowledgeRows(feeds: readonly PartyFeed[]): KnowledgeRow[] {
  const rows = new Map<string, KnowledgeRow>();
  for (const { party, items } of feeds) {
    for (const item of items) {
      const { event, known, texts, severity } = item.body;
      if (!event || item.body.inject || item.body.match || item.body.response) {
        continue;
      }
      const key = `${item.kind}/${item.id}`;
      const row = rows.get(key) ?? {
        key,
        id: item.id,
        texts,
        eventAtMs: Date.parse(event.at),
        severity: severity ?? 'Unknown',
        cells: {},
      };
      const knownAtMs = Date.parse(known.at);
      const cell = row.cells[party] ?? { knownAtMs, delayMs: knownAtMs - row.eventAtMs, basis: known.basis };
      rows.set(key, { ...row, cells: { ...row.cells, [party]: cell } });
    }
  }
  return [...rows.values()].sort((a, b) => a.eventAtMs - b.eventAtMs || a.key.localeCompare(b.key));
}

/** The event that a summary leads with: the gravest one, and the first of those. */
export function leadRow(rows: readonly KnowledgeRow[]): KnowledgeRow | undefined {
  let lead: KnowledgeRow | undefined;
  for (const row of rows) {
    if (!lead || severityRank(row.severity) > severityRank(lead.severity)) {
      lead = row;
    }
  }
  return lead;
}

/** A capital is not told of what it did itself. */
const isOwnAct = (cell: KnownCell | undefined): boolean => cell?.basis === 'own-act';

/** How many of the events a party was told of, with its own acts counted apart. */
export function toldCounts(
  rows: readonly KnowledgeRow[],
  party: string,
): { told: number; total: number; ownActs: number } {
  const ownActs = rows.filter((row) => isOwnAct(row.cells[party])).length;
  const known = rows.filter((row) => row.cells[party]).length;
  return { told: known - ownActs, total: rows.length - ownActs, ownActs };
}

/** The middle delay of what a party was told, in milliseconds, without its own acts; undefined when it was told nothing. */
export function medianDelayMs(rows: readonly KnowledgeRow[], party: string): number | undefined {
  const delays = rows
    .flatMap((row) => (isOwnAct(row.cells[party]) ? [] : (row.cells[party]?.delayMs ?? [])))
    .sort((a, b) => a - b);
  const middle = Math.floor(delays.length / 2);
  if (delays.length === 0) {
    return undefined;
  }
  return delays.length % 2 === 1 ? delays[middle] : ((delays[middle - 1] ?? 0) + (delays[middle] ?? 0)) / 2;
}

/**
 * Why a party has no cell in a row: no source says that it was told, or this run did not show it
 * (the chapter ended before, or a jump skipped it). The two must not be mixed up.
 */
export function whyMissing(
  row: Pick<KnowledgeRow, 'id'>,
  party: string,
  scenario: ScenarioDetail | undefined,
): 'not-told' | 'not-shown' {
  const entry = scenario?.notKnown.find((candidate) => candidate.id === row.id);
  return entry?.parties.some((who) => who === party) ? 'not-told' : 'not-shown';
}
