import { earliestKnowledge, startOf } from '../scenario/scenario.schedule.js';
import type { Knowledge, Scenario, ScenarioItem } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import type { Field, Subject } from './arrangement.schema.js';
import { EVERY_PARTY, fieldSetOf, partySetOf, type FieldSet, type Network } from './network.js';
import type { Shareable } from './propagate.js';

/** The fields that an item of a scenario has. */
export function fieldSetOfItem(item: ScenarioItem): FieldSet {
  const { sharing } = item;
  const has: [Field, boolean][] = [
    ['launch-point', item.launch !== undefined || sharing?.launchPoint !== undefined],
    ['flight-track', sharing?.flightTrack !== undefined],
    ['impact-point', sharing?.impactPoint !== undefined],
    ['time', startOf(item) !== undefined],
    ['place', item.place !== undefined],
    ['actor', true],
    ['narrative', true],
    ['terms', item.announcement !== undefined],
  ];
  return fieldSetOf(has.filter(([, there]) => there).map(([field]) => field));
}

/** What an item is about, as far as the scenario says; an observed launch is a matter of missiles. */
export const subjectOf = (scenario: Scenario, item: ScenarioItem): Subject | undefined =>
  item.sharing?.subject ?? scenario.subject ?? (item.launch ? 'missile' : undefined);

/** An item as the network sees it; undefined of an inject, which is a question to desks and no news. */
export function shareableOf(network: Network, item: ScenarioItem): Shareable | undefined {
  const { kind, sharing } = item;
  if (kind === 'inject') {
    return undefined;
  }
  return {
    kind,
    fields: fieldSetOfItem(item),
    releasableTo: sharing?.releasableTo ? partySetOf(network.parties, sharing.releasableTo) : EVERY_PARTY,
    orcon: sharing?.caveat === 'orcon',
    firstHand: firstHandOf(item).flatMap(({ who, at }) => {
      const agency = network.agencyOf(originatorOf(item, who));
      return agency === undefined ? [] : [{ agency, at: runTimeOf(at) }];
    }),
  };
}

/**
 * Who has an item first-hand: whoever did it, and whoever is on record as the first to know, several if at the same time. To read
 * of it in public is not to have it first-hand, unless nobody else has it.
 */
export function firstHandOf({ known }: ScenarioItem): Knowledge[] {
  const told = known.filter(({ basis }) => basis !== 'published');
  const some = told.length > 0 ? told : known;
  const first = Math.min(...some.map(({ at }) => runTimeOf(at)));
  return some.filter(({ at, basis }) => basis === 'own-act' || runTimeOf(at) === first);
}

/** Whether a party has an item first-hand. */
export const isFirstHand = (item: ScenarioItem, party: string): boolean =>
  firstHandOf(item).some(({ who }) => isOf(party, who));

/** What stands of the record for a party whatever the arrangement. */
export function standingRecord(network: Network, item: ScenarioItem, party: string): Knowledge | undefined {
  const stands = network.arrangement.record === 'stands' ? ['own-act', 'published', 'recorded'] : ['own-act', 'published'];
  const known = item.known.filter((each) => stands.includes(each.basis) || firstHandOf(item).includes(each));
  return earliestKnowledge({ ...item, known }, party);
} // prettier-ignore

const isOf = (party: string, who: string): boolean => who === party || who.startsWith(`${party.toLowerCase()}-`);

const originatorOf = ({ sharing }: ScenarioItem, who: string): string =>
  sharing?.originator !== undefined && isOf(who.slice(0, 2).toUpperCase(), sharing.originator)
    ? sharing.originator
    : who;
