import type { PathPart, ScenarioRule } from './scenario.faults.js';
import type { Scenario } from './scenario.schema.js';

/** Why: a claim whose source cannot be looked up is a claim without one. */
const sources: ScenarioRule = function* (scenario) {
  for (const [path, ids] of sourceLists(scenario)) {
    for (const [index, id] of ids.entries()) {
      if (!Object.hasOwn(scenario.sources, id)) {
        yield {
          code: 'SCENARIO_UNKNOWN_SOURCE',
          path: [...path, index],
          message: `Add a source "${id}" under "sources", or name one that is there.`,
        };
      }
    }
  }
};

/** Why: the names and the position of an item's place are shown from `places`. */
const places: ScenarioRule = function* (scenario) {
  for (const [path, place] of placeIds(scenario)) {
    if (!Object.hasOwn(scenario.places, place)) {
      yield {
        code: 'SCENARIO_UNKNOWN_PLACE',
        path,
        message: `Add a place "${place}" under "places", or name one that is there.`,
      };
    }
  }
};

/** Why: the warning time of a city is reckoned from where it lies. */
const cityPoints: ScenarioRule = function* ({ flights, places: known }) {
  for (const [index, { cities }] of flights.entries()) {
    for (const [entry, { place: city }] of cities.entries()) {
      if (known[city] && !known[city].point) {
        yield {
          code: 'SCENARIO_CITY_WITHOUT_POINT',
          path: ['flights', index, 'cities', entry, 'place'],
          message: `Add a "point" to the place "${city}", or leave it out here.`,
        };
      }
    }
  }
};

/** Why: a release to, or an origin with, somebody who takes no part would silently change nothing. */
const sharers: ScenarioRule = function* ({ timeline, parties }) {
  for (const [index, { sharing }] of timeline.entries()) {
    for (const [entry, party] of (sharing?.releasableTo ?? []).entries()) {
      if (!parties.includes(party)) {
        yield {
          code: 'SCENARIO_UNKNOWN_WHO',
          path: ['timeline', index, 'sharing', 'releasableTo', entry],
          message: `Write a party of this scenario here: ${parties.join(', ')}.`,
        };
      }
    }
    const originator = sharing?.originator;
    if (originator !== undefined && !parties.includes(originator) && !isAgencyOf(parties, originator)) {
      yield {
        code: 'SCENARIO_UNKNOWN_WHO',
        path: ['timeline', index, 'sharing', 'originator'],
        message: `Write a party (${parties.join(', ')}) or an agency of one (as in ${parties[0]?.toLowerCase()}-abc) here.`,
      };
    }
  }
};

/** Why: the names of who acted are shown in each desk's language from `actors`. */
const actors: ScenarioRule = function* ({ timeline, actors: known }) {
  for (const [index, { actor }] of timeline.entries()) {
    if (!Object.hasOwn(known, actor)) {
      yield {
        code: 'SCENARIO_UNKNOWN_ACTOR',
        path: ['timeline', index, 'actor'],
        message: `Add an actor "${actor}" under "actors", or name one that is there.`,
      };
    }
  }
};

/** Why: a later version takes over the thread of the one before, so that one must come first and be of the same kind. */
const updates: ScenarioRule = function* ({ timeline }) {
  const kindOf = new Map<string, string>();
  for (const [index, item] of timeline.entries()) {
    const path = ['timeline', index, 'updates'];
    const before = item.updates === undefined ? undefined : kindOf.get(item.updates);
    if (item.updates !== undefined && before === undefined) {
      yield {
        code: 'SCENARIO_UPDATE_OF_UNKNOWN',
        path,
        message: `Name an item that is listed before this one: "${item.updates}" is not.`,
      };
    } else if (before !== undefined && before !== item.kind) {
      yield {
        code: 'SCENARIO_UPDATE_OF_OTHER_KIND',
        path,
        message: `Name an earlier item of kind "${item.kind}": "${item.updates}" is of kind "${before}".`,
      };
    }
    kindOf.set(item.id, item.kind);
  }
};

/** Why: what "who" knew decides which desk is told, so it must be a party, an agency of one, or a body on record. */
const knowers: ScenarioRule = function* ({ timeline, parties, others }) {
  for (const [index, { known }] of timeline.entries()) {
    for (const [entry, { who }] of known.entries()) {
      if (!parties.includes(who) && !isAgencyOf(parties, who) && !Object.hasOwn(others, who)) {
        yield {
          code: 'SCENARIO_UNKNOWN_WHO',
          path: ['timeline', index, 'known', entry, 'who'],
          message: `Write a party (${parties.join(', ')}), an agency of one (as in ${parties[0]?.toLowerCase()}-abc), or add "${who}" under "others".`,
        };
      }
    }
  }
};

/** Why: an inject to an audience that does not exist is shown to nobody, and its deadline would pass unnoticed. */
const audiences: ScenarioRule = function* ({ timeline, parties }) {
  const known = parties.map((party) => party.toLowerCase());
  for (const [index, { inject }] of timeline.entries()) {
    for (const [entry, audience] of (inject?.to ?? []).entries()) {
      if (!known.includes(audience)) {
        yield {
          code: 'SCENARIO_UNKNOWN_AUDIENCE',
          path: ['timeline', index, 'inject', 'to', entry],
          message: `Write one of ${known.join(', ')} here: "${audience}" is no audience of this scenario.`,
        };
      }
    }
  }
};

/** Why: whoever is told that item knows the declaration; one that names no item would be known to nobody. */
const declarationItems: ScenarioRule = function* ({ timeline, declarations }) {
  for (const [index, { basis, item }] of declarations.entries()) {
    if (basis === 'stated' && !timeline.some(({ id }) => id === item)) {
      yield {
        code: 'SCENARIO_DECLARATION_WITHOUT_ITEM',
        path: ['declarations', index],
        message: 'Name with "item" the item of the time line that tells of this declaration.',
      };
    }
  }
};

export const REFERENCE_RULES: readonly ScenarioRule[] = [
  sources,
  places,
  cityPoints,
  sharers,
  actors,
  updates,
  knowers,
  audiences,
  declarationItems,
];

function isAgencyOf(parties: readonly string[], who: string): boolean {
  const prefix = /^([a-z]{2})-[a-z0-9]+(-[a-z0-9]+)*$/.exec(who)?.[1];
  return prefix !== undefined && parties.includes(prefix.toUpperCase());
}

function* placeIds({ timeline, flights }: Scenario): Iterable<[PathPart[], string]> {
  for (const [index, { place, sharing, acts }] of timeline.entries()) {
    if (place !== undefined) {
      yield [['timeline', index, 'place'], place];
    }
    for (const [entry, act] of acts.entries()) {
      if (act.place !== undefined) {
        yield [['timeline', index, 'acts', entry, 'place'], act.place];
      }
    }
    for (const point of ['launchPoint', 'impactPoint'] as const) {
      const id = sharing?.[point];
      if (id !== undefined) {
        yield [['timeline', index, 'sharing', point], id];
      }
    }
  }
  for (const [index, { cities }] of flights.entries()) {
    for (const [entry, { place }] of cities.entries()) {
      yield [['flights', index, 'cities', entry, 'place'], place];
    }
  }
}

function* sourceLists({ places, timeline, flights, declarations }: Scenario): Iterable<[PathPart[], string[]]> {
  for (const [id, { point }] of Object.entries(places)) {
    if (point) {
      yield [['places', id, 'point', 'sources'], point.sources];
    }
  }
  for (const [index, item] of timeline.entries()) {
    yield [['timeline', index, 'sources'], item.sources];
    if (item.sharing?.flightTrack) {
      yield [['timeline', index, 'sharing', 'flightTrack', 'sources'], item.sharing.flightTrack.sources];
    }
    yield* sourceListsOfActs(['timeline', index, 'acts'], item.acts);
    for (const [entry, known] of item.known.entries()) {
      yield [['timeline', index, 'known', entry, 'sources'], known.sources];
    }
    for (const [entry, { values }] of item.conflicts.entries()) {
      for (const [alternative, value] of values.entries()) {
        yield [['timeline', index, 'conflicts', entry, 'values', alternative, 'sources'], value.sources];
      }
    }
  }
  for (const [index, flight] of flights.entries()) {
    yield [['flights', index, 'sources'], flight.sources];
  }
  for (const [index, declaration] of declarations.entries()) {
    yield [['declarations', index, 'sources'], declaration.sources];
  }
}

function* sourceListsOfActs(
  path: PathPart[],
  acts: Scenario['timeline'][number]['acts'],
): Iterable<[PathPart[], string[]]> {
  for (const [entry, { sources = [], claims }] of acts.entries()) {
    yield [[...path, entry, 'sources'], sources];
    for (const [number, claim] of claims.entries()) {
      yield [[...path, entry, 'claims', number, 'sources'], claim.sources];
    }
  }
}
