import { ballisticsError } from './ballistics.errors.js';
import { courseTo, MEAN_RADIUS_KM, placeAt, type Place } from './earth.js';
import type { FlightWarning } from './flight-warning.js';
import { leastEnergyApogeeKm } from './kepler.js';

/** What is known of a flight: where from, and either where to or bearing and range. */
export interface FlightRequest {
  readonly from: Place;
  readonly to?: Place;
  readonly bearingDeg?: number;
  readonly rangeKm?: number;
  /** Without it the flight takes the least energy, unless `shape` says otherwise. */
  readonly apogeeKm?: number;
  readonly shape?: 'lofted' | 'depressed';
  /** One of `MISSILE_CLASS_NAMES`; without it the burn time follows from the speed needed. */
  readonly missileClass?: string;
  /** Seconds after the launch at which the thrust fails. */
  readonly cutOffS?: number;
}

export interface CheckedTask {
  readonly from: Place;
  readonly to: Place;
  readonly rangeKm: number;
  readonly apogeeKm: number;
  readonly warnings: readonly FlightWarning[];
}

/** Below, a rocket is artillery; above, the place opposite on the globe is passed. */
const [SHORTEST_KM, LONGEST_KM] = [20, 20_000];
const HIGHEST_APOGEE_KM = 15_000;
/** Near the far side of the globe the flight of least energy would skim the air before burn-out. */
const [FAR_KM, FAR_APOGEE_KM] = [15_000, 600];
/** Half and twice are conventions of this model for flights that are only called depressed or lofted. */
const [DEPRESSED, LOFTED] = [0.5, 2];
const AIR_KM = 100;
const LIKELY_STEERED = 0.7;

export function checkedTask(request: FlightRequest): CheckedTask {
  const from = checkedPlace('launch place', request.from);
  const { to, rangeKm } = endOf(from, request);
  const leastKm = leastEnergyApogeeKm(rangeKm / MEAN_RADIUS_KM, MEAN_RADIUS_KM);
  checkNumber('cut-off', request.cutOffS, 1, 600, 's');
  if (request.apogeeKm !== undefined) {
    checkNumber('apogee', request.apogeeKm, 1, HIGHEST_APOGEE_KM, 'km');
    if (request.shape !== undefined) {
      throw invalid('Give an apogee, or say that the flight is lofted or depressed, not both.');
    }
    return { from, to, rangeKm, apogeeKm: request.apogeeKm, warnings: apogeeWarnings(request.apogeeKm, leastKm) };
  }
  const factor = request.shape === undefined ? 1 : request.shape === 'lofted' ? LOFTED : DEPRESSED;
  const apogeeKm = leastKm * factor;
  return rangeKm > FAR_KM && apogeeKm < FAR_APOGEE_KM
    ? { from, to, rangeKm, apogeeKm: FAR_APOGEE_KM, warnings: [raised] }
    : { from, to, rangeKm, apogeeKm, warnings: apogeeWarnings(apogeeKm, leastKm) };
}

const raised: FlightWarning = {
  code: 'FLIGHT_APOGEE_RAISED',
  message:
    `So near the far side of the globe the flight of least energy stays too low for a burn; ` +
    `an apogee of ${FAR_APOGEE_KM} km is assumed.`,
};

function endOf(from: Place, request: FlightRequest): { to: Place; rangeKm: number } {
  if (request.to !== undefined) {
    if (request.bearingDeg !== undefined || request.rangeKm !== undefined) {
      throw invalid('Give an impact place, or a bearing and a range, not both.');
    }
    const to = checkedPlace('impact place', request.to);
    const { distanceKm } = courseTo(from, to);
    checkNumber('range', distanceKm, SHORTEST_KM, LONGEST_KM, 'km');
    return { to, rangeKm: distanceKm };
  }
  if (request.bearingDeg === undefined || request.rangeKm === undefined) {
    throw invalid('Give an impact place, or a bearing and a range.');
  }
  checkNumber('bearing', request.bearingDeg, -360, 360, 'degrees');
  checkNumber('range', request.rangeKm, SHORTEST_KM, LONGEST_KM, 'km');
  return { to: placeAt(from, request.bearingDeg, request.rangeKm), rangeKm: request.rangeKm };
}

/** Flights that stay low for their range are steered in the air or glide; the model would give them half their time. */
function apogeeWarnings(apogeeKm: number, leastKm: number): readonly FlightWarning[] {
  const part = apogeeKm / leastKm;
  if (part < DEPRESSED && apogeeKm < AIR_KM) {
    throw ballisticsError(
      'FLIGHT_APOGEE_TOO_LOW',
      `An apogee of ${apogeeKm} km is less than half the ${leastKm.toFixed(0)} km of least energy and within the air: outside ` +
        'the model, which knows no flight that glides or is steered. Give a higher apogee or leave it out.',
    );
  }
  if (part < DEPRESSED - 1e-9) {
    return [
      {
        code: 'FLIGHT_DEPRESSED',
        message: `The apogee is less than half the ${leastKm.toFixed(0)} km of least energy: at the edge of the model.`,
      },
    ];
  }
  return part < LIKELY_STEERED && apogeeKm < AIR_KM
    ? [
        {
          code: 'FLIGHT_MAY_BE_STEERED',
          message: 'So low a flight may be steered or glide; then it takes longer than the model says.',
        },
      ]
    : [];
}

function checkedPlace(what: string, place: Place): Place {
  checkNumber(`latitude of the ${what}`, place.lat, -90, 90, 'degrees');
  checkNumber(`longitude of the ${what}`, place.lon, -180, 180, 'degrees');
  return place;
}

function checkNumber(what: string, value: number | undefined, least: number, most: number, unit: string): void {
  if (value !== undefined && !(value >= least && value <= most)) {
    throw invalid(`The ${what} must be a number from ${least} to ${most} ${unit}.`);
  }
}

const invalid = (message: string): Error => ballisticsError('FLIGHT_INPUT_INVALID', message);
