import type { Texts } from '../core/scenario/scenario.schema.js';
import type { Report } from '../core/wire/report.js';
import type { RunView } from '../core/wire/run.js';
import type { ScenarioDetail } from '../core/wire/scenario.js';
import { headlineIn, nameIn } from './item-text.js';
import { summariseLatencies } from './percentiles.js';
import type { LatencySummary } from './percentiles.js';
import type { ReplayRecord } from './replay-record.js';

/** What a replay came to: printed as text, or as JSON with `--json`. */
export interface ReplaySummary {
  notice: string;
  run: string;
  scenario: string;
  scenarioKind: ScenarioDetail['kind'];
  chapter?: string;
  mode: RunView['mode'];
  outcome: 'complete' | 'failed';
  speed: number;
  desks: DeskSummary[];
  /** An audience without `delayMs` is not known to have been told. */
  knew: {
    id: string;
    headline: string;
    eventAt: string;
    audiences: { audience: string; party?: string; delayMs?: number; knownAt?: string }[];
    others: { name: string; delayMs?: number }[];
  }[];
  untimed: { id: string; headline: string }[];
  conflicts: number;
  latencyMs: LatencySummary;
  digest?: string;
  faults: string[];
}

export interface DeskSummary {
  desk: string;
  audience: string;
  party?: string;
  language: string;
  timeZone: string;
  lastSeq: number;
  items: { seq: number; kind: string; id: string; version: number; knownAt: string; latencyMs?: number }[];
}

/** The line that no reader of a replay may miss. */
export const noticeOf = (run: Pick<RunView, 'mode' | 'job'>, kind: ScenarioDetail['kind']): string =>
  `${run.job === 'exercise' ? 'EXERCISE' : 'REPLAY'} · mode ${run.mode} · ${kind} · not happening now`;

const LANGUAGE = 'en-US';

/** Puts together what the desks received, what the service reports, and what was wrong. */
export function summarise(
  run: RunView,
  scenario: ScenarioDetail,
  report: Report | undefined,
  record: ReplayRecord,
): ReplaySummary {
  const headline = (texts: Texts): string => headlineIn(texts, LANGUAGE);
  const partyOf = new Map(run.audiences.map((audience) => [audience.audience, audience.party]));
  return {
    notice: noticeOf(run, scenario.kind),
    run: run.id,
    scenario: scenario.id,
    scenarioKind: scenario.kind,
    chapter: run.chapter,
    mode: run.mode,
    outcome: record.faults.length === 0 ? 'complete' : 'failed',
    speed: run.clock.speed,
    desks: desksOf(record),
    knew: (report?.knew ?? []).map((row) => ({
      id: row.id,
      headline: headline(row.texts),
      eventAt: row.eventAt,
      audiences: row.audiences
        .filter(({ audience }) => audience !== 'control')
        .map((told) => ({ ...told, party: partyOf.get(told.audience) })),
      others: row.others.map((other) => ({
        name: nameIn(other.names, LANGUAGE) || other.id,
        delayMs: other.delayMs,
      })),
    })),
    untimed: (report?.untimed ?? scenario.untimed).map(({ id, texts }) => ({ id, headline: headline(texts) })),
    conflicts: conflictsOf(record),
    latencyMs: latenciesOf(record),
    digest: run.digest ?? report?.digest,
    faults: [...record.faults],
  };
}

function desksOf(record: ReplayRecord): DeskSummary[] {
  return record.seats.map(({ audience, party, desk }) => ({
    desk: desk.id,
    audience,
    party,
    language: desk.language,
    timeZone: desk.timeZone,
    lastSeq: record.lastSeq(desk.id),
    items: record.of(desk.id).map((arrival) => ({
      seq: arrival.item.seq,
      kind: arrival.item.kind,
      id: arrival.item.id,
      version: arrival.item.version,
      knownAt: arrival.item.body.known.at,
      latencyMs: record.latencyMs(arrival),
    })),
  }));
}

/** Points on which sources disagree, each counted once however many desks and versions show it. */
function conflictsOf(record: ReplayRecord): number {
  const points = new Set<string>();
  for (const { item } of [...record.arrivals.values()].flat()) {
    item.body.conflicts?.forEach((conflict) => points.add(`${item.id} ${JSON.stringify(conflict.about)}`));
  }
  return points.size;
}

function latenciesOf(record: ReplayRecord): LatencySummary {
  const measured = record.seats
    .filter((seat) => seat.audience !== 'control')
    .flatMap((seat) => record.of(seat.desk.id).map((arrival) => record.latencyMs(arrival)));
  return summariseLatencies(measured.filter((ms) => ms !== undefined).map((ms) => Math.round(ms * 10) / 10));
}
