import type { Position } from '../ballistics/earth.js';
import { trackOf, type Flight } from '../ballistics/flight.js';
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

/** Where a flight is every two seconds: what sensors are asked about. */
export type Track = ReturnType<typeof trackOf>;

export const sensedTrack = (flight: Flight): Track => trackOf(flight, STEP_S);

/** What each party that has sensors sees by itself, in the order of the parties' names. */
export function partySights(flight: Flight, sensors: readonly Sensor[]): readonly PartySight[] {
  const track = sensedTrack(flight);
  const parties = [...new Set(sensors.map(({ party }) => party))].sort();
  return parties.map((party) => {
    const own = sensors.filter((sensor) => sensor.party === party);
    const sights = own.map((sensor) => firstSight(flight, track, sensor)).filter((sight) => sight !== undefined);
    const areas = own
      .filter((sensor) => sensor.kind === 'radar')
      .map((radar) => areaNamedBy(flight, track, radar))
      .filter((named) => named !== undefined);
    return {
      party,
      first: earliest(sights, ({ toldS }) => toldS),
      areaNamed: earliest(areas, ({ timeS }) => timeS),
    };
  });
}

/** The first time at which a sensor sees a flight. */
export function firstSight(flight: Flight, track: Track, sensor: Sensor): Sight | undefined {
  const seen =
    sensor.kind === 'infrared' ? satellitesSee(flight, track, sensor) : track.find((at) => radarSees(sensor, at));
  if (seen === undefined) {
    return undefined;
  }
  const { timeS, ...at } = seen;
  const toldS = sensor.kind === 'infrared' ? Math.max(timeS, sensor.toldAfterS) : timeS;
  return { sensorId: sensor.id, seenS: timeS, toldS, at };
}

/** Once the rocket is above the clouds, if it burns then. */
const satellitesSee = (flight: Flight, track: Track, { cloudTopKm }: InfraredSatellites): Track[number] | undefined =>
  track.find(({ timeS, altitudeKm }) => altitudeKm >= cloudTopKm && timeS <= flight.burnout.timeS);

/** The first unbroken stretch of a flight that a radar sees. */
export function radarStretch(track: Track, radar: Radar): { fromS: number; untilS: number } | undefined {
  const begin = track.findIndex((at) => radarSees(radar, at));
  if (begin < 0) {
    return undefined;
  }
  const lost = track.findIndex((at, index) => index > begin && !radarSees(radar, at));
  return { fromS: track[begin]?.timeS ?? 0, untilS: (track[lost - 1] ?? track.at(-1))?.timeS ?? 0 };
}

/** Half seconds of track are not worth telling apart; each step is a good deal longer than the last. */
const TRACK_LENGTHS_S = [5, 8, 12, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 320, 400];

/** Only what is tracked after burn-out counts: before it nobody knows how much thrust is left. */
function areaNamedBy(flight: Flight, track: Track, radar: Radar): AreaNamed | undefined {
  const stretch = radarStretch(track, radar);
  if (stretch === undefined) {
    return undefined;
  }
  const countsFromS = Math.max(stretch.fromS, flight.burnout.timeS);
  for (const trackS of TRACK_LENGTHS_S) {
    const timeS = countsFromS + trackS;
    if (timeS > stretch.untilS) {
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
