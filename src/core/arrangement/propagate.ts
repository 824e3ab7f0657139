import { uniform, type Stream } from '../random/random.js';
import { runTime, type RunTime } from '../time/time.js';
import type { Channel, SpanS } from './arrangement.schema.js';
import type { FieldSet, Leg, Network } from './network.js';
import { openAt } from './opening.js';

/** What is to be told: of what kind, which fields it has, who may hold it, and who has it first-hand. */
export interface Shareable {
  readonly kind: NonNullable<Channel['kinds']>[number];
  readonly fields: FieldSet;
  /** Bits of the parties that may hold it; the party that has it first-hand always does. */
  readonly releasableTo: number;
  /** Originator control: a standing approval does not cover it. */
  readonly orcon: boolean;
  readonly firstHand: readonly { readonly agency: string; readonly at: RunTime }[];
}

/** Fields that an agency did not have before, and how they came. */
export interface Arrival {
  readonly at: RunTime;
  readonly fields: FieldSet;
  /** The channels in their order; none for what is first-hand. */
  readonly path: readonly string[];
}

interface Label {
  readonly at: number;
  readonly agency: number;
  readonly release: number;
  readonly origin: number;
  readonly hops: number;
  readonly leg?: Leg;
  readonly before?: Label;
}

/**
 * When each agency comes to know what, by which path, and with what left out: the one function that both the pipeline's due rows
 * and every comparison come from. Earliest arrival over channels that open and close (Dijkstra). A field arrives along a path if
 * every channel of it passes the field; several paths may each add fields. Who may hold it narrows along a path and never widens.
 * The stream gives the random numbers: the same for a channel whatever else is in the network.
 * Returns the arrivals of each agency that learns of it, in the order of time.
 */
export function propagate(network: Network, what: Shareable, stream: Stream): Map<string, Arrival[]> {
  return propagation(network, what)(stream);
}

/** As `propagate`, for one item and many streams: what does not depend on the stream is worked out once. */
export function propagation(network: Network, what: Shareable): (stream: Stream) => Map<string, Arrival[]> {
  const sets = passedAlike(network, what);
  const first = firstLabels(network, what);
  return (stream) => {
    const delays = delaysOf(network, stream);
    const found = new Map<string, Arrival[]>();
    for (const fields of sets) {
      for (const label of earliest(network, what, fields, first, delays)) {
        const id = network.agencies[label.agency]?.id ?? '';
        const arrivals = found.get(id) ?? [];
        arrivals.push({ at: runTime(label.at), fields, path: pathOf(label) });
        found.set(id, arrivals);
      }
    }
    return sets.length === 1 ? found : new Map([...found].map(([id, arrivals]) => [id, addedBy(arrivals)]));
  };
}

/** Of arrivals in any order, what each adds to those before it; what arrives at the same time is one arrival. */
export function addedBy<T extends { at: RunTime; fields: FieldSet }>(arrivals: readonly T[]): T[] {
  let known: FieldSet = 0;
  const added: T[] = [];
  for (const arrival of [...arrivals].sort((a, b) => a.at - b.at)) {
    const fields = arrival.fields & ~known;
    const last = added.at(-1);
    if (fields !== 0) {
      if (last?.at === arrival.at) {
        added[added.length - 1] = { ...last, fields: last.fields | fields };
      } else {
        added.push({ ...arrival, fields });
      }
    }
    known |= fields;
  }
  return added;
}

/** The fields of an item, put together where every channel passes all of them or none: each such set takes one search. */
function passedAlike({ legs }: Network, { fields }: Shareable): FieldSet[] {
  return legs.reduce<FieldSet[]>(
    (parts, leg) => parts.flatMap((part) => [part & leg.fields, part & ~leg.fields].filter((each) => each !== 0)),
    fields === 0 ? [] : [fields],
  );
}

/** The earliest label of each agency that some of these fields reach. */
function earliest(
  network: Network,
  what: Shareable,
  fields: FieldSet,
  first: readonly Label[],
  delays: Delays,
): Label[] {
  const waiting: Label[] = [...first];
  const settled: Label[][] = network.agencies.map(() => []);
  for (let label = takeFirst(waiting); label; label = takeFirst(waiting)) {
    const here = settled[label.agency] ?? [];
    if (here.some((other) => other.origin === label?.origin && (label.release & ~other.release) === 0)) {
      continue;
    }
    here.push(label);
    for (const leg of network.legsFrom[label.agency] ?? []) {
      const next = (leg.fields & fields) === 0 ? undefined : through(network, what, label, leg, delays);
      if (next) {
        waiting.push(next);
      }
    }
  }
  return settled.flatMap(([label]) => (label ? [label] : []));
}

function firstLabels(network: Network, { firstHand, releasableTo }: Shareable): Label[] {
  return firstHand.flatMap(({ agency: id, at }) => {
    const agency = network.indexOf(id);
    if (agency === undefined) {
      return [];
    }
    const origin = network.partyOf[agency] ?? 0;
    return [{ at, agency, origin, release: releasableTo | (1 << origin), hops: 0 }];
  });
}

/** What becomes of a label behind a channel; undefined where the channel does not pass it. */
function through(network: Network, what: Shareable, label: Label, leg: Leg, delays: Delays): Label | undefined {
  const { channel } = leg;
  const party = network.partyOf[leg.to] ?? 0;
  const release = label.release & leg.release;
  if ((release & (1 << party)) === 0 || channel.kinds?.includes(what.kind) === false || !delays.isUp(leg)) {
    return undefined;
  }
  // Passing on across a border what another party gave takes the approval of whoever gave it.
  const relays = leg.crosses && leg.fromParty !== label.origin;
  const { approval } = channel;
  if (relays && (approval === undefined || (approval === 'standing' && what.orcon))) {
    return undefined;
  }
  const waitMs = relays && typeof approval === 'object' ? delays.approvalMs(leg, approval.waitS) : 0;
  const sentAt = openAt(channel.hours, label.at + waitMs);
  return {
    at: sentAt + delays.latencyMs(leg),
    agency: leg.to,
    origin: label.origin,
    release,
    hops: label.hops + 1,
    leg,
    before: label,
  };
}

/** Takes out the label that comes first; of those at the same time the shorter path, then the channel that sorts first. */
function takeFirst(waiting: Label[]): Label | undefined {
  let first = 0;
  for (let index = 1; index < waiting.length; index += 1) {
    if (isBefore(waiting[index] as Label, waiting[first] as Label)) {
      first = index;
    }
  }
  const label = waiting[first];
  const last = waiting.pop();
  if (last !== undefined && first < waiting.length) {
    waiting[first] = last;
  }
  return label;
}

function isBefore(a: Label, b: Label): boolean {
  return (
    (a.at - b.at || a.hops - b.hops || a.agency - b.agency || (a.leg?.index ?? -1) - (b.leg?.index ?? -1) ||
      (a.before?.leg?.index ?? -1) - (b.before?.leg?.index ?? -1) || a.origin - b.origin || b.release - a.release) < 0
  ); // prettier-ignore
}

function pathOf(label: Label): string[] {
  return label.leg && label.before ? [...pathOf(label.before), label.leg.channel.id] : [];
}

interface Delays {
  isUp(leg: Leg): boolean;
  latencyMs(leg: Leg): number;
  approvalMs(leg: Leg, waitS: SpanS): number;
}

function delaysOf({ legs }: Network, stream: Stream): Delays {
  const latencies = new Float64Array(legs.length).fill(-1);
  return {
    isUp: ({ channel, upKey }) => channel.availability === 1 || uniform(stream, upKey) < channel.availability,
    latencyMs: (leg) => {
      let ms = latencies[leg.index] ?? -1;
      if (ms < 0) {
        ms = drawnMs(leg.channel.latencyS, uniform(stream, leg.latencyKey));
        latencies[leg.index] = ms;
      }
      return ms;
    },
    approvalMs: (leg, waitS) => drawnMs(waitS, uniform(stream, leg.approvalKey)),
  };
}

/** The whole milliseconds below which a triangular distribution of seconds lies with probability `u`. */
export function drawnMs([least, often, most]: SpanS, u: number): number {
  const width = most - least;
  if (width === 0) {
    return Math.round(least * 1000);
  }
  const turn = (often - least) / width;
  const seconds =
    u < turn ? least + Math.sqrt(u * width * (often - least)) : most - Math.sqrt((1 - u) * width * (most - often));
  return Math.round(seconds * 1000);
}
