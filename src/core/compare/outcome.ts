import { knowledgeUnder, streamOfItem, type Learned } from '../arrangement/knowledge.js';
import { fieldsIn, type FieldSet, type Network } from '../arrangement/network.js';
import { fieldSetOfItem } from '../arrangement/shareable.js';
import { earliestKnowledge, type ScheduledItem } from '../scenario/scenario.schedule.js';
import type { ScenarioItem } from '../scenario/scenario.schema.js';
import { runTimeOf, type RunTime } from '../time/time.js';
import type { Outcome, Spread } from '../wire/comparison.js';
import { mostOften, spreadOf } from './spread.js';

/** What a party comes to by the record. */
export function outcomeOfRecord(item: ScenarioItem, party: string, startAt: RunTime, fields: FieldSet): Outcome {
  const known = earliestKnowledge(item, party);
  if (!known) {
    return NOTHING(fields);
  }
  const afterS = (runTimeOf(known.at) - startAt) / 1000;
  const spread = { p10: afterS, p50: afterS, p90: afterS };
  return {
    share: 1,
    knownAfterS: spread,
    wholeAfterS: spread,
    savedS: { p10: 0, p50: 0, p90: 0 },
    firstFields: fieldsIn(fields),
    withheld: [],
    path: [],
  };
}

/** Counts what each party learns of one item over the seeds. */
export interface Tally {
  play(seed: number): void;
  outcomes(seeds: number): Map<string, Outcome>;
  /** Every channel by which somebody learned something. */
  readonly channels: ReadonlySet<string>;
}

/** Starts to count for one item under one arrangement. */
export function tallyOf(
  network: Network,
  { id, version, item, startAt }: ScheduledItem & { startAt: RunTime },
  parties: readonly string[],
): Tally {
  const fields = fieldSetOfItem(item);
  const knowing = knowledgeUnder(network, item, parties);
  const counts = new Map(
    parties.map((party) => [party, partyTally(fields, recordAfterMs(item, party, startAt), startAt)]),
  );
  const channels = new Set<string>();
  return {
    channels,
    play: (seed) => {
      const known = knowing(streamOfItem(seed, id, version));
      for (const [party, count] of counts) {
        const learned = known.get(party) ?? [];
        count.add(learned);
        learned.forEach(({ path }) => path.forEach((channel) => channels.add(channel)));
      }
    },
    outcomes: (seeds) => new Map([...counts].map(([party, count]) => [party, count.outcome(seeds)])),
  };
}

function partyTally(
  all: FieldSet,
  recordMs: number | undefined,
  startAt: RunTime,
): { add(learned: readonly Learned[]): void; outcome(seeds: number): Outcome } {
  const first: number[] = [];
  const whole: number[] = [];
  const firstFields = new Map<string, number>();
  const missing = new Map<string, number>();
  const paths = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string | number): unknown =>
    counts.set(String(key), (counts.get(String(key)) ?? 0) + 1);
  return {
    add: (learned) => {
      const [begin] = learned;
      const known = learned.reduce<FieldSet>((set, { fields }) => set | fields, 0);
      count(missing, all & ~known);
      if (begin) {
        first.push(begin.at - startAt);
        count(firstFields, begin.fields);
        count(paths, begin.path.join(' '));
      }
      const end = learned.at(-1);
      if (end && known === all) {
        whole.push(end.at - startAt);
      }
    },
    outcome: (seeds) => ({
      share: first.length / seeds,
      knownAfterS: spreadOf(first),
      wholeAfterS: spreadOf(whole),
      savedS: savedOf(spreadOf(first), recordMs),
      firstFields: fieldsIn(Number(mostOften(firstFields) ?? 0)),
      withheld: fieldsIn(Number(mostOften(missing) ?? all)),
      path: (mostOften(paths) ?? '').split(' ').filter(Boolean),
    }),
  };
}

function recordAfterMs(item: ScenarioItem, party: string, startAt: RunTime): number | undefined {
  const known = earliestKnowledge(item, party);
  return known && runTimeOf(known.at) - startAt;
}

/** What is saved beside the record: the earlier it is known, the more. */
function savedOf(known: Spread | null, recordMs: number | undefined): Spread | null {
  if (!known || recordMs === undefined) {
    return null;
  }
  const saved = (afterS: number): number => Math.round(recordMs - afterS * 1000) / 1000;
  return { p10: saved(known.p90), p50: saved(known.p50), p90: saved(known.p10) };
}

const NOTHING = (fields: FieldSet): Outcome => ({
  share: 0,
  knownAfterS: null,
  wholeAfterS: null,
  savedS: null,
  firstFields: [],
  withheld: fieldsIn(fields),
  path: [],
});
