import { keyOf } from '../random/random.js';
import { compareText } from '../delivery/order.js';
import { FIELDS, type Agency, type Arrangement, type ArrangementsFile, type Channel, type Field } from './arrangement.schema.js'; // prettier-ignore

/** A set of fields, a bit each in the order of `FIELDS`. */
export type FieldSet = number;

export const fieldSetOf = (fields: readonly Field[]): FieldSet =>
  fields.reduce((set, field) => set | (1 << FIELDS.indexOf(field)), 0);
export const fieldsIn = (set: FieldSet): Field[] => FIELDS.filter((_, bit) => (set & (1 << bit)) !== 0);
export const ALL_FIELDS: FieldSet = fieldSetOf(FIELDS);

/** A channel made ready for propagation. */
export interface Leg {
  readonly channel: Channel;
  readonly index: number;
  /** The index of the party that it leaves from. */
  readonly fromParty: number;
  readonly to: number;
  readonly fields: FieldSet;
  /** Whether it leads from one party to another. */
  readonly crosses: boolean;
  /** Bits of the parties that may hold what has gone through here. */
  readonly release: number;
  readonly latencyKey: number;
  readonly approvalKey: number;
  readonly upKey: number;
}

/** The agencies and channels of one arrangement, made ready for propagation. */
export interface Network {
  readonly arrangement: Arrangement;
  readonly agencies: readonly (Agency & { readonly id: string })[];
  readonly parties: readonly string[];
  /** The index of each agency's party. */
  readonly partyOf: readonly number[];
  /** The legs that leave each agency. */
  readonly legsFrom: readonly (readonly Leg[])[];
  readonly legs: readonly Leg[];
  indexOf(agency: string): number | undefined;
  /** The agency that is meant where a record names a party, or an agency that is not in the network. */
  agencyOf(who: string): string | undefined;
}

/** Where no party is left out. */
export const EVERY_PARTY = ~0;

/** Which channels an arrangement has on a day. Without `on` all of them: an arrangement may be tried out of its time. */
export function channelsOf(file: ArrangementsFile, arrangement: Arrangement, on?: string): Channel[] {
  const channels = arrangement.uses.flatMap((group) => file.channels[group] ?? []);
  return on === undefined ? channels : channels.filter((channel) => isOpenOn(channel, on));
}

/** Whether a day lies within first and last day, both written as 2014-12-29. */
export const isOpenOn = ({ since, until }: { since?: string; until?: string }, day: string): boolean =>
  (since === undefined || since <= day) && (until === undefined || day <= until);

/** Makes a network of agencies and channels. The order in which they are given makes no difference. */
export function networkOf(file: ArrangementsFile, arrangement: Arrangement, channels: readonly Channel[]): Network {
  const agencies = Object.entries(file.agencies)
    .map(([id, agency]) => ({ id, ...agency }))
    .sort((a, b) => compareText(a.id, b.id));
  const parties = [...new Set(agencies.map(({ party }) => party))].sort(compareText);
  const indices = new Map(agencies.map(({ id }, index) => [id, index]));
  const partyOf = agencies.map(({ party }) => parties.indexOf(party));
  const legs = [...channels].sort((a, b) => compareText(a.id, b.id)).map((channel, index): Leg => {
    const [from, to] = [indices.get(channel.from) ?? 0, indices.get(channel.to) ?? 0];
    return {
      channel,
      index,
      fromParty: partyOf[from] ?? 0,
      to,
      fields: channel.fields ? fieldSetOf(channel.fields) : ALL_FIELDS,
      crosses: partyOf[from] !== partyOf[to],
      release: channel.releasableTo ? partySetOf(parties, channel.releasableTo) : EVERY_PARTY,
      latencyKey: keyOf(`${channel.id} latency`),
      approvalKey: keyOf(`${channel.id} approval`),
      upKey: keyOf(`${channel.id} up`),
    };
  }); // prettier-ignore
  return {
    arrangement,
    agencies,
    parties,
    partyOf,
    legs,
    legsFrom: agencies.map(({ id }) => legs.filter(({ channel }) => channel.from === id)),
    indexOf: (agency) => indices.get(agency),
    agencyOf: (who) =>
      indices.has(who)
        ? who
        : agencies.find(({ party, lead }) => lead && (party === who || who.startsWith(`${party.toLowerCase()}-`)))?.id,
  };
}

/** The bits of some parties; one that the network lacks has none. */
export const partySetOf = (parties: readonly string[], some: readonly string[]): number =>
  parties.reduce((set, party, bit) => (some.includes(party) ? set | (1 << bit) : set), 0);
