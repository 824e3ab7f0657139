import type { Position } from '../ballistics/earth.js';
import { positionAt, type Flight } from '../ballistics/flight.js';
import { impactAreaAfter, type ImpactArea } from '../ballistics/impact-area.js';
import { radarSees } from './radar-view.js';
import type { InfraredSatellites, Radar, Sensor } from './sensor.schema.js';

/** What the own sensors of a party make of a flight. Times are seconds after the launch. */
export interface PartySight {
  readonly party: string;
  /** The first to see it; undefined when none of the party's own sensors does. */
  readonly first?: Sight;
  /** When the own radars have tracked it long enough to name an area; undefined when they never do. */
  readonly areaNamed?: AreaNamed;
}

export interface Sight {
  readonly sensorId: string;
  /** When the sensor sees it, and when its party has the word; the same for radars. */
  readonly seenS: number;
  readonly toldS: number;
  readonly at: Position;
}

export interface AreaNamed {
  readonly sensorId: string;
  readonly timeS: number;
  readonly area: ImpactArea;
}

/** An assumption: an area is worth naming once its longer half axis is at most this, about a prefecture or a province. */
export const NAMED_HALF_LENGTH_KM = 100;
const STEP_S = 2;

/** What each party that has sensors sees by itself, in the order of the parties' names. */
export function partySights(flight: Flight, sensors: readonly Sensor[]): readonly PartySight[] {
  const parties = [...new Set(sensors.map(({ party }) => party))].sort();
  return parties.map((party) =>
    partySight(
      flight,
      party,
      sensors.filter((sensor) => sensor.party === party),
    ),
  );
}

function partySight(flight: Flight, party: string, sensors: readonly Sensor[]): PartySight {
  const sights = sensors.map((sensor) => firstSight(flight, sensor)).filter((sight) => sight !== undefined);
  const areas = sensors
    .filter((sensor) => sensor.kind === 'radar')
    .map((radar) => areaNamedBy(flight, radar))
    .filter((named) => named !== undefined);
  return {
    party,
    first: earliest(sights, ({ toldS }) => toldS),
    areaNamed: earliest(areas, ({ timeS }) => timeS),
  };
}

/** The first time at which a sensor sees a flight. */
export function firstSight(flight: Flight, sensor: Sensor): Sight | undefined {
  const seenS = sensor.kind === 'infrared' ? satellitesSee(flight, sensor) : radarTrack(flight, sensor)?.fromS;
  if (seenS === undefined) {
    return undefined;
  }
  const toldS = sensor.kind === 'infrared' ? Math.max(seenS, sensor.toldAfterS) : seenS;
  return { sensorId: sensor.id, seenS, toldS, at: positionAt(flight, seenS) };
}

/** Once the rocket is above the clouds, if it burns then. */
function satellitesSee(flight: Flight, { cloudTopKm }: InfraredSatellites): number | undefined {
  return firstTime(flight, 0, flight.burnout.timeS, (at) => at.altitudeKm >= cloudTopKm);
}

interface RadarTrack {
  readonly fromS: number;
  readonly untilS: number;
}

/** The first unbroken stretch of a flight that a radar sees. */
export function radarTrack(flight: Flight, radar: Radar): RadarTrack | undefined {
  const fromS = firstTime(flight, 0, flight.flightTimeS, (at) => radarSees(radar, at));
  if (fromS === undefined) {
    return undefined;
  }
  const lostS = firstTime(flight, fromS + STEP_S, flight.flightTimeS, (at) => !radarSees(radar, at));
  return { fromS, untilS: lostS ?? flight.flightTimeS };
}

function firstTime(
  flight: Flight,
  fromS: number,
  untilS: number,
  holds: (at: Position) => boolean,
): number | undefined {
  for (let timeS = fromS; timeS <= untilS; timeS += STEP_S) {
    if (holds(positionAt(flight, timeS))) {
      return timeS;
    }
  }
  return undefined;
}

/** Half seconds of track are not worth telling apart; each step is a good deal longer than the last. */
const TRACK_LENGTHS_S = [5, 8, 12, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 320, 400];

/** Only what is tracked after burn-out counts: before it nobody knows how much thrust is left. */
function areaNamedBy(flight: Flight, radar: Radar): AreaNamed | undefined {
  const track = radarTrack(flight, radar);
  if (track === undefined) {
    return undefined;
  }
  const countsFromS = Math.max(track.fromS, flight.burnout.timeS);
  for (const trackS of TRACK_LENGTHS_S) {
    const timeS = countsFromS + trackS;
    if (timeS > track.untilS) {
      return undefined;
    }
    const area = impactAreaAfter(flight, timeS, trackS);
    if (area !== undefined && area.halfLengthKm <= NAMED_HALF_LENGTH_KM) {
      return { sensorId: radar.id, timeS, area };
    }
  }
  return undefined;
}

const earliest = <T>(items: readonly T[], timeOf: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, item) => (best === undefined || timeOf(item) < timeOf(best) ? item : best),
    undefined,
  );
