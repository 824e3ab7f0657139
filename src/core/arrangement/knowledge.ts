import { branch, keyOf, streamOf, type Stream } from '../random/random.js';
import type { Knowledge, ScenarioItem } from '../scenario/scenario.schema.js';
import { runTimeOf, type RunTime } from '../time/time.js';
import type { FieldSet, Network } from './network.js';
import { addedBy, propagation, type Arrival } from './propagate.js';
import { shareableOf, standingRecord } from './shareable.js';

/** What a party learns of an item at one time. */
export interface Learned {
  readonly at: RunTime;
  /** The fields that it did not have before. */
  readonly fields: FieldSet;
  /** The channels through which it came; none for what the record says. */
  readonly path: readonly string[];
  /** The entry of the record, where that is how it is known. */
  readonly record?: Knowledge;
}

/** The stream of random numbers of one version of an item in a run of this seed. */
export const streamOfItem = (seed: number, itemId: string, version: number): Stream =>
  branch(streamOf(seed), keyOf(`${itemId} ${version}`));

/** By party; one that never learns of an item is left out. */
export type Knowing = ReadonlyMap<string, readonly Learned[]>;

/**
 * What each party of a scenario learns of an item under an arrangement, in the order of time, as a function of the item's stream.
 * A party knows when the first of its agencies does; residents that were warned do not count.
 */
export function knowledgeUnder(
  network: Network,
  item: ScenarioItem,
  parties: readonly string[],
): (stream: Stream) => Knowing {
  const what = shareableOf(network, item);
  if (!what) {
    return () => new Map();
  }
  const arrivalsFor = propagation(network, what);
  const records = parties.map((party) => ofRecord(network, item, party, what.fields));
  return (stream) => {
    const arrivals = arrivalsFor(stream);
    return new Map(
      parties.flatMap((party, index) => {
        const learned = addedBy([...(records[index] ?? []), ...ofParty(network, arrivals, party)]);
        return learned.length > 0 ? [[party, learned] as const] : [];
      }),
    );
  };
}

function ofRecord(network: Network, item: ScenarioItem, party: string, fields: FieldSet): Learned[] {
  const record = standingRecord(network, item, party);
  return record ? [{ at: runTimeOf(record.at), fields, path: [], record }] : [];
}

/** Arrivals at the agencies of a party, in the order of their ids so that a tie is decided the same way always. */
function ofParty(network: Network, arrivals: ReadonlyMap<string, readonly Arrival[]>, party: string): Learned[] {
  return network.agencies
    .filter((agency) => agency.party === party && !agency.public)
    .flatMap(({ id }) => (arrivals.get(id) ?? []).filter(({ path }) => path.length > 0));
}
