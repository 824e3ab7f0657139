import type { Arrangement, ArrangementsFile } from '../arrangement/arrangement.schema.js';
import { streamOfItem } from '../arrangement/knowledge.js';
import { channelsOf, EVERY_PARTY, fieldSetOf, isOpenOn, networkOf } from '../arrangement/network.js';
import { propagation, type Shareable } from '../arrangement/propagate.js';
import { flightOf, type Flight } from '../ballistics/flight.js';
import { passageOver } from '../ballistics/passage.js';
import { DomainError } from '../domain-error.js';
import type { Scenario, ScenarioFlight } from '../scenario/scenario.schema.js';
import { partySights, type PartySight } from '../sensors/first-sight.js';
import type { Sensor } from '../sensors/sensor.schema.js';
import { isoOf, runTime, runTimeOf, type RunTime } from '../time/time.js';
import type { ComparedCity, ComparedFlight, Spread } from '../wire/comparison.js';
import { spreadOf } from './spread.js';

export interface WarningRequest {
  readonly scenario: Scenario;
  readonly file: ArrangementsFile;
  readonly arrangements: readonly Arrangement[];
  readonly sensors: readonly Sensor[];
  readonly seeds: number;
  readonly strict: boolean;
}

/**
 * The warning time that each city has under each arrangement: the sensors of each party see the flight, their word goes through
 * the arrangement to whoever warns the residents, and the text reaches them. Yields after each arrangement.
 */
export function* warningsOf(
  request: WarningRequest,
  flight: ScenarioFlight,
  used: Set<string>,
): Generator<void, ComparedFlight> {
  const head = { id: flight.id, names: flight.names, launchAt: isoOf(runTimeOf(flight.launchAt)) };
  const flown = flightOrFault(flight);
  if (flown instanceof DomainError) {
    return { ...head, outside: flown.message, sights: [], cities: [] };
  }
  yield;
  const sights = partySights(flown, request.sensors);
  yield;
  const texts = new Map<string, Map<string, Spread | null>>();
  for (const arrangement of request.arrangements) {
    if (arrangement.record !== 'history') {
      texts.set(arrangement.id, yield* textTimes(request, arrangement, flight, sights, used));
    }
  }
  return {
    ...head,
    sights: sights.map(({ party, first }) => ({ party, toldAfterS: first?.toldS ?? null })),
    cities: flight.cities.flatMap((city) => cityOf(request, flown, city, texts)),
  };
}

function flightOrFault({ latitude, longitude, bearingDeg, rangeKm, apogeeKm }: ScenarioFlight): Flight | DomainError {
  try {
    return flightOf({ from: { lat: latitude, lon: longitude }, bearingDeg, rangeKm, apogeeKm });
  } catch (error) {
    if (error instanceof DomainError) {
      return error;
    }
    throw error;
  }
}

/** When the shelter text reaches the residents of each party, in seconds after the launch. */
function* textTimes(
  { file, seeds, strict }: WarningRequest,
  arrangement: Arrangement,
  { id, launchAt }: ScenarioFlight,
  sights: readonly PartySight[],
  used: Set<string>,
): Generator<void, Map<string, Spread | null>> {
  const day = isoOf(runTimeOf(launchAt)).slice(0, 10);
  const inForce = !strict || isOpenOn(arrangement, day);
  const channels = inForce ? channelsOf(file, arrangement, strict ? day : undefined) : (file.channels['national'] ?? []);
  const network = networkOf(file, arrangement, channels);
  const propagateBy = propagation(network, wordOf(file, sights, runTimeOf(launchAt)));
  const times = new Map<string, number[]>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const arrivals = propagateBy(streamOfItem(seed, `flight ${id}`, 1));
    for (const agency of network.agencies.filter((each) => each.public)) {
      const [first] = arrivals.get(agency.id) ?? [];
      if (first) {
        times.set(agency.party, [...(times.get(agency.party) ?? []), first.at - runTimeOf(launchAt)]);
        first.path.forEach((channel) => used.add(channel));
      }
    }
    if (seed % 100 === 0) {
      yield;
    }
  }
  return new Map([...times].map(([party, some]) => [party, spreadOf(some)]));
} // prettier-ignore

/** The first word of a launch: where from, and which way. */
function wordOf(file: ArrangementsFile, sights: readonly PartySight[], launchAt: RunTime): Shareable {
  return {
    kind: 'alert',
    fields: fieldSetOf(['launch-point', 'flight-track']),
    releasableTo: EVERY_PARTY,
    orcon: false,
    firstHand: sights.flatMap(({ party, first }) => {
      const agency = Object.entries(file.agencies).find(([, each]) => each.party === party && each.senses)?.[0];
      return first && agency !== undefined ? [{ agency, at: runTime(launchAt + Math.round(first.toldS * 1000)) }] : [];
    }),
  };
}

function cityOf(
  { scenario, arrangements }: WarningRequest,
  flight: Flight,
  { place, party }: ScenarioFlight['cities'][number],
  texts: ReadonlyMap<string, ReadonlyMap<string, Spread | null>>,
): ComparedCity[] {
  const { point, names } = scenario.places[place] ?? {};
  if (!point || !names) {
    return [];
  }
  const { timeS, distanceKm, altitudeKm } = passageOver(flight, { lat: point.latitude, lon: point.longitude });
  const nearestAfterS = Math.round(timeS);
  const left = (text: Spread): Spread => ({
    p10: tenth(nearestAfterS - text.p90),
    p50: tenth(nearestAfterS - text.p50),
    p90: tenth(nearestAfterS - text.p10),
  });
  return [
    {
      place,
      names,
      party,
      nearestAfterS,
      distanceKm: Math.round(distanceKm),
      altitudeKm: Math.round(altitudeKm),
      warningS: Object.fromEntries(
        arrangements.map(({ id }) => {
          const text = texts.get(id)?.get(party) ?? null;
          return [id, text && { textAfterS: text, leftS: left(text) }];
        }),
      ),
    },
  ];
}

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10;
