import { readDataFile } from '../data-file.js';
import { DomainError } from '../domain-error.js';
import { arrangementsSchema, type Arrangement, type ArrangementsFile } from './arrangement.schema.js';

/** The arrangement of a replay as the record has it, and of the live watch. */
export const AS_IT_WAS = 'as-it-was';

/** Reads an arrangements file. Throws DomainError ARRANGEMENTS_INVALID that names the first thing that is wrong. */
export const parseArrangements = (text: string): ArrangementsFile =>
  readDataFile(text, arrangementsSchema, faultsOf, invalid);

/** The arrangement of this id. Throws DomainError ARRANGEMENT_UNKNOWN. */
export function arrangementIn(file: ArrangementsFile, id: string): Arrangement {
  const found = file.arrangements.find((each) => each.id === id);
  if (!found) {
    const known = file.arrangements.map((each) => each.id).join(', ');
    throw new DomainError('ARRANGEMENT_UNKNOWN', `There is no arrangement "${id.slice(0, 60)}"; choose of: ${known}.`);
  }
  return found;
}

const invalid = (what: string): DomainError =>
  new DomainError('ARRANGEMENTS_INVALID', `Correct the arrangements file: ${what}.`);

function* faultsOf({ sources, agencies, channels, arrangements }: ArrangementsFile): Iterable<string> {
  const all = Object.values(channels).flat();
  yield* repeats(all.map(({ id }) => `channel ${id}`));
  yield* repeats(arrangements.map(({ id }) => `arrangement ${id}`));
  for (const [id, { party }] of Object.entries(agencies)) {
    if (!id.startsWith(`${party.toLowerCase()}-`)) {
      yield `the agency ${id} must begin with ${party.toLowerCase()}-`;
    }
    const leads = Object.values(agencies).filter((each) => each.party === party && each.lead);
    if (leads.length !== 1) {
      yield `the party ${party} needs exactly one agency with lead: true`;
    }
  }
  for (const channel of all) {
    const missing = [channel.from, channel.to].find((agency) => !Object.hasOwn(agencies, agency));
    if (missing !== undefined) {
      yield `the channel ${channel.id} names the agency ${missing}, which is not there`;
    }
    yield* unsourced(`the channel ${channel.id}`, channel, sources);
    if (typeof channel.approval === 'object') {
      yield* unsourced(`the approval of ${channel.id}`, channel.approval, sources);
    }
  }
  for (const { id, uses, sources: cited } of arrangements) {
    const group = uses.find((each) => !Object.hasOwn(channels, each));
    if (group !== undefined) {
      yield `the arrangement ${id} uses the channels ${group}, which are not there`;
    }
    yield* unsourced(`the arrangement ${id}`, { basis: 'assumed', sources: cited }, sources);
  }
  if (!arrangements.some(({ id, record }) => id === AS_IT_WAS && record === 'history')) {
    yield `an arrangement ${AS_IT_WAS} with record: history must be there`;
  }
}

/** Why: a figure that claims a source is only as good as what can be looked up. */
function* unsourced(
  what: string,
  { basis, sources: cited }: { basis: 'sourced' | 'assumed'; sources: readonly string[] },
  sources: ArrangementsFile['sources'],
): Iterable<string> {
  if (basis === 'sourced' && cited.length === 0) {
    yield `${what} says that it is sourced and names no source`;
  }
  const unknown = cited.find((source) => !Object.hasOwn(sources, source));
  if (unknown !== undefined) {
    yield `${what} names the source ${unknown}, which is not there`;
  }
}

function* repeats(ids: readonly string[]): Iterable<string> {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) {
      yield `the ${id} is there twice`;
    }
  }
}
