import { arrangementIn } from '../arrangement/arrangement.parse.js';
import type { Arrangement, ArrangementsFile } from '../arrangement/arrangement.schema.js';
import { channelsOf, isOpenOn, networkOf, type Network } from '../arrangement/network.js';
import { fieldSetOfItem, isFirstHand, subjectOf } from '../arrangement/shareable.js';
import { DomainError } from '../domain-error.js';
import { earliestKnowledge, startOf, versionsOf, type ScheduledItem } from '../scenario/scenario.schedule.js';
import type { Scenario, ScenarioChapter } from '../scenario/scenario.schema.js';
import type { Sensor } from '../sensors/sensor.schema.js';
import { isoOf, runTimeOf, type RunTime } from '../time/time.js';
import type {
  ArrangementTerms,
  ComparedFlight,
  ComparedItem,
  ComparedParty,
  Comparison,
  Outcome,
} from '../wire/comparison.js';
import { assumptionsOf, sourcesIn } from './assumptions.js';
import { figuresOf } from './capital-figures.js';
import { warningsOf } from './flight-warnings.js';
import { outcomeOfRecord, tallyOf } from './outcome.js';

export interface CompareRequest {
  readonly scenario: Scenario;
  readonly chapter: ScenarioChapter;
  readonly file: ArrangementsFile;
  readonly sensors: readonly Sensor[];
  /** Ids of arrangements. */
  readonly arrangements: readonly string[];
  /** How many seeds, from 1 on; each draws its own latencies. */
  readonly seeds: number;
  /** Whether arrangements carry only what they cover, on days on which they were in force. */
  readonly strict: boolean;
}

export const MAX_SEEDS = 1_000;
export const MAX_ARRANGEMENTS = 10;
/** Items times arrangements times seeds: more would keep whoever waits for longer than anybody waits. */
const MAX_WORK = 2_000_000;
/** How many seeds are played between two chances to do something else: some milliseconds. */
const SEEDS_A_TURN = 100;

/** Compares arrangements at one go. Throws as `comparing` does. */
export function compare(request: CompareRequest): Comparison {
  const steps = comparing(request);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

/**
 * Compares arrangements in short turns, so that a process that serves others can serve them in between.
 * Throws DomainError ARRANGEMENT_UNKNOWN or COMPARE_TOO_LARGE.
 */
export function* comparing(request: CompareRequest): Generator<void, Comparison> {
  const { scenario, chapter, file, seeds, strict } = request;
  const chosen = [...new Set(request.arrangements)].map((id) => arrangementIn(file, id));
  const scheduled = itemsOf(scenario, chapter);
  if (scheduled.length * chosen.length * seeds > MAX_WORK) {
    throw new DomainError(
      'COMPARE_TOO_LARGE',
      `Ask for fewer seeds or arrangements: ${scheduled.length} items x ${chosen.length} arrangements x ${seeds} seeds are more than ${MAX_WORK}.`,
    );
  }
  const used = new Set<string>();
  const items: ComparedItem[] = [];
  for (const each of scheduled) {
    items.push(yield* comparedItem(request, each, chosen, used));
  }
  const flights: ComparedFlight[] = [];
  for (const flight of scenario.flights.filter(({ launchAt }) => isIn(chapter, runTimeOf(launchAt)))) {
    flights.push(yield* warningsOf({ ...request, arrangements: chosen }, flight, used));
  }
  const channels = chosen.flatMap((arrangement) => channelsOf(file, arrangement)).filter(({ id }) => used.has(id));
  const assumptions = assumptionsOf(file, channels);
  return {
    scenario: scenario.id,
    names: scenario.names,
    chapter: chapter.id,
    arrangements: chosen.map(({ id }) => id),
    seeds,
    strict,
    capitals: figuresOf(scenario.parties, chosen, items),
    items,
    flights,
    terms: chosen.map((arrangement) => termsOf(request, arrangement, scheduled)),
    assumptions,
    sources: sourcesIn(file, [...assumptions.flatMap(({ sources }) => sources), ...chosen.flatMap(({ sources }) => sources)]),
  };
} // prettier-ignore

/** The news of a chapter: what has a time in it and is no inject. */
function itemsOf(scenario: Scenario, chapter: ScenarioChapter): (ScheduledItem & { startAt: RunTime })[] {
  return versionsOf(scenario).flatMap((each) => {
    const startAt = startOf(each.item);
    return startAt !== undefined && isIn(chapter, startAt) && each.item.kind !== 'inject' ? [{ ...each, startAt }] : [];
  });
}

const isIn = ({ from, to }: ScenarioChapter, at: RunTime): boolean => runTimeOf(from) <= at && at <= runTimeOf(to);

function* comparedItem(
  request: CompareRequest,
  scheduled: ScheduledItem & { startAt: RunTime },
  chosen: readonly Arrangement[],
  used: Set<string>,
): Generator<void, ComparedItem> {
  const { parties } = request.scenario;
  const { id, version, item, startAt } = scheduled;
  const outcomes = new Map<string, Map<string, Outcome>>();
  for (const arrangement of chosen) {
    outcomes.set(arrangement.id, yield* outcomesUnder(request, arrangement, scheduled, used));
  }
  const comparedParty = (party: string): ComparedParty => {
    const known = earliestKnowledge(item, party);
    return {
      firstHand: isFirstHand(item, party),
      record: known
        ? { knownAfterS: (runTimeOf(known.at) - startAt) / 1000, basis: known.basis, precision: known.precision }
        : null,
      under: Object.fromEntries(
        chosen.map((arrangement) => [arrangement.id, outcomes.get(arrangement.id)?.get(party) as Outcome]),
      ),
    };
  };
  return {
    id,
    version,
    kind: item.kind,
    headlines: Object.fromEntries(Object.entries(item.texts).map(([tag, { headline }]) => [tag, headline])),
    at: isoOf(startAt),
    precision: item.time.precision,
    parties: Object.fromEntries(parties.map((party) => [party, comparedParty(party)])),
  };
}

/** What each party comes to under an arrangement, over all seeds. */
function* outcomesUnder(
  request: CompareRequest,
  arrangement: Arrangement,
  { id, version, item, startAt }: ScheduledItem & { startAt: RunTime },
  used: Set<string>,
): Generator<void, Map<string, Outcome>> {
  const { scenario, seeds } = request;
  const fields = fieldSetOfItem(item);
  if (arrangement.record === 'history') {
    return new Map(scenario.parties.map((party) => [party, outcomeOfRecord(item, party, startAt, fields)]));
  }
  const tally = tallyOf(networkFor(request, arrangement, item, startAt), { id, version, item, startAt }, scenario.parties); // prettier-ignore
  for (let seed = 1; seed <= seeds; seed += 1) {
    tally.play(seed);
    if (seed % SEEDS_A_TURN === 0) {
      yield;
    }
  }
  yield;
  tally.channels.forEach((channel) => used.add(channel));
  return tally.outcomes(seeds);
}

const dayOf = (at: RunTime): string => isoOf(at).slice(0, 10);

function networkFor(
  { file, strict, scenario }: CompareRequest,
  arrangement: Arrangement,
  item: ScheduledItem['item'],
  at: RunTime,
): Network {
  if (!strict) {
    return networkOf(file, arrangement, channelsOf(file, arrangement));
  }
  const inForce = isOpenOn(arrangement, dayOf(at)) && covers(arrangement, scenario, item);
  return networkOf(file, arrangement, inForce ? channelsOf(file, arrangement, dayOf(at)) : file.channels['national'] ?? []); // prettier-ignore
}

function covers({ subjects }: Arrangement, scenario: Scenario, item: ScheduledItem['item']): boolean {
  const subject = subjectOf(scenario, item);
  return subjects === undefined || (subject !== undefined && subjects.includes(subject));
}

function termsOf(
  { scenario, chapter }: CompareRequest,
  arrangement: Arrangement,
  items: readonly ScheduledItem[],
): ArrangementTerms {
  const { id, names, summary, hypothetical, since, until, facts } = arrangement;
  return {
    id,
    names,
    summary,
    hypothetical,
    since,
    until,
    outsideDates: !isOpenOn(arrangement, dayOf(runTimeOf(chapter.from))),
    outsideSubject: items.filter(({ item }) => !covers(arrangement, scenario, item)).length,
    facts,
  };
}
