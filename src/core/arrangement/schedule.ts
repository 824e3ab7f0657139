import {
  audienceOf,
  scheduleOf,
  versionsOf,
  type Schedule,
  type ScheduledItem,
  type Telling,
} from '../scenario/scenario.schedule.js';
import type { Scenario, ScenarioChapter } from '../scenario/scenario.schema.js';
import { keyOf, nameIn, streamOf } from '../random/random.js';
import { knowledgeUnder, streamOfItem, type Learned } from './knowledge.js';
import type { FieldSet, Network } from './network.js';
import { fieldSetOfItem } from './shareable.js';

/** Some fields of an item, told to one audience as an item of its own. */
export interface Part {
  readonly id: string;
  readonly version: number;
  readonly of: ScheduledItem;
  /** All that the audience has of it by then. */
  readonly fields: FieldSet;
}

export interface ArrangedSchedule extends Schedule {
  readonly parts: readonly Part[];
}

/**
 * The id under which an audience is told of parts of an item. It does not tell which item: the ids of a scenario say what happened
 * ("launch-in-window"), and that may be just what was withheld.
 */
export const partIdOf = (seed: number, itemId: string, audience: string): string =>
  `part.${audience}.${nameIn(streamOf(seed), keyOf(itemId))}`;

/**
 * What a chapter plays under an arrangement: the schedule that the pipeline delivers by. Where the arrangement is the record
 * itself (no network), it is the schedule of the record.
 */
export function scheduleUnder(
  scenario: Scenario,
  chapter: ScenarioChapter,
  network: Network | undefined,
  seed: number,
): ArrangedSchedule {
  if (!network) {
    return { ...scheduleOf(scenario, chapter), parts: [] };
  }
  const told = tellings(scenario, network, seed);
  const schedule = scheduleOf(scenario, chapter, (scheduled) => (told.get(scheduled.item.id) ?? []).map(({ telling }) => telling)); // prettier-ignore
  const played = new Set(schedule.rows.map(({ itemId, version }) => `${itemId} ${version}`));
  const parts = [...told.values()].flat().flatMap(({ part }) => (part ? [part] : []));
  return { ...schedule, parts: parts.filter(({ id, version }) => played.has(`${id} ${version}`)) };
}

interface Told {
  readonly telling: Telling;
  readonly part?: Part;
}

interface Step {
  readonly of: ScheduledItem;
  readonly party: string;
  readonly learned: Learned;
  readonly fields: FieldSet;
}

/** What parties are told, by the id of the scenario's item. */
function tellings(scenario: Scenario, network: Network, seed: number): Map<string, Told[]> {
  const told = new Map<string, Told[]>();
  const parts = new Map<string, { version: number; of: number }>();
  for (const step of inOrder(versionsOf(scenario).flatMap((of) => stepsOf(scenario, network, seed, of)))) {
    const { of, party, learned, fields } = step;
    const id = partIdOf(seed, of.id, audienceOf(party));
    const before = parts.get(id) ?? { version: 0, of: 0 };
    const whole = fields === fieldSetOfItem(of.item);
    if (!whole && of.version < before.of) {
      // Something of a later version was told already.
      continue;
    }
    const part = whole ? undefined : { id, version: before.version + 1, of, fields };
    parts.set(id, { version: part?.version ?? before.version, of: Math.max(before.of, of.version) });
    told.set(of.item.id, [...(told.get(of.item.id) ?? []), { telling: tellingOf(party, learned, part), part }]);
  }
  return told;
}

function stepsOf(scenario: Scenario, network: Network, seed: number, of: ScheduledItem): Step[] {
  const stream = streamOfItem(seed, of.id, of.version);
  const knowing = knowledgeUnder(network, of.item, scenario.parties)(stream);
  return [...knowing].flatMap(([party, learned]) => {
    let fields: FieldSet = 0;
    return learned.map((each) => {
      fields |= each.fields;
      return { of, party, learned: each, fields };
    });
  });
}

const inOrder = (steps: readonly Step[]): Step[] =>
  [...steps].sort((a, b) => a.learned.at - b.learned.at || a.of.version - b.of.version);

/** By which path it came is not told: it would name whom it came from. */
function tellingOf(party: string, { at, record }: Learned, part: Part | undefined): Telling {
  return {
    party,
    at,
    known: record ?? { basis: 'arrangement', precision: 'exact', sources: [] },
    ...(part && { part: { id: part.id, version: part.version } }),
  };
}
