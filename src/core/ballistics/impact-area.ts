import { coastToGround, positionOf } from './coast.js';
import { earthFixed, localFrame, placeAt, toFixed, toInertial, fromLocal, type Place } from './earth.js';
import type { Flight } from './flight.js';
import type { State } from './powered-flight.js';
import { stateAt } from './state-at.js';
import { add, dot, subtract, type Vector } from './vector.js';

/** Where a missile will fall with 95 % probability, as a tracker knows it: half axes, and the bearing of the longer. */
export interface ImpactArea {
  readonly center: Place;
  readonly halfLengthKm: number;
  readonly halfWidthKm: number;
  readonly bearingDeg: number;
}

/**
 * An assumption, since true figures are not public: an early-warning radar tells a position once a second with a
 * standard deviation of 0.5 km each way.
 */
const [POSITION_ERROR_KM, INTERVAL_S] = [0.5, 1];
/** An assumption: wind and the unknown drag of the warhead move the impact by a standard deviation of 2 km. */
const FALL_ERROR_KM = 2;
/** In two dimensions 95 % lie within this many standard deviations: √(-2 ln 0.05). */
const DEVIATIONS_95 = Math.sqrt(-2 * Math.log(0.05));

/**
 * The impact area as known after a track of `trackS` seconds without thrust that ends at `timeS`. A straight line fitted
 * to n positions over a time T tells the velocity with the error σ √12 / (T √n) (least squares: Bar-Shalom, Li and
 * Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, chapter 2); how much each part of
 * the velocity moves the impact follows from flying the disturbed states (in closed form: Bate, Mueller and White,
 * chapter 6.3). Undefined while the rocket burns: nobody knows how much thrust is left.
 */
export function impactAreaAfter(flight: Flight, timeS: number, trackS: number): ImpactArea | undefined {
  if (timeS < flight.burnout.timeS + trackS || timeS >= flight.flightTimeS || trackS <= 0) {
    return undefined;
  }
  const state = stateAt(flight.states, timeS);
  const velocityErrorKmS = velocityErrorAfter(trackS);
  const moved = offsets(flight, state, velocityErrorKmS);
  return ellipseOf(flight.impact, moved);
}

export const velocityErrorAfter = (trackS: number): number =>
  (POSITION_ERROR_KM * Math.sqrt(12)) / (trackS * Math.sqrt(trackS / INTERVAL_S));

type Offset = readonly [eastKm: number, northKm: number];

/** How far the impact moves east and north for an error of one standard deviation in each part of the velocity. */
function offsets(flight: Flight, state: State, errorKmS: number): readonly Offset[] {
  const frame = localFrame(flight.impact);
  const here = localFrame(positionOf(state));
  const target = earthFixed({ ...flight.impact, altitudeKm: 0 });
  const parts: readonly Vector[] = [
    [errorKmS, 0, 0],
    [0, errorKmS, 0],
    [0, 0, errorKmS],
  ];
  return parts.map((part) => {
    const velocity = add(state.velocity, toInertial(fromLocal(here, part), state.timeS));
    const end = coastToGround({ ...state, velocity }, flight.ballisticCoefficientKgM2)?.at(-1);
    const miss: Vector = end === undefined ? [0, 0, 0] : subtract(toFixed(end.position, end.timeS), target);
    return [dot(miss, frame.east), dot(miss, frame.north)];
  });
}

/** The ellipse of the summed covariances: its axes are the eigenvectors. */
function ellipseOf(center: Place, moved: readonly Offset[]): ImpactArea {
  const sum = (product: (offset: Offset) => number): number =>
    moved.reduce((total, offset) => total + product(offset), 0);
  const east = sum(([x]) => x * x) + FALL_ERROR_KM ** 2;
  const north = sum(([, y]) => y * y) + FALL_ERROR_KM ** 2;
  const both = sum(([x, y]) => x * y);
  const middle = (east + north) / 2;
  const spread = Math.hypot((east - north) / 2, both);
  const fromEast = 0.5 * Math.atan2(2 * both, east - north);
  return {
    center,
    halfLengthKm: DEVIATIONS_95 * Math.sqrt(middle + spread),
    halfWidthKm: DEVIATIONS_95 * Math.sqrt(Math.max(0, middle - spread)),
    bearingDeg: (90 - (fromEast * 180) / Math.PI + 180) % 180,
  };
}

const CORNERS = 72;

/** The edge of an impact area as a ring of places, clockwise and closed. */
export function ringOf({ center, halfLengthKm, halfWidthKm, bearingDeg }: ImpactArea): readonly Place[] {
  const ring = Array.from({ length: CORNERS }, (_, index) => {
    const turn = (index / CORNERS) * 2 * Math.PI;
    const [along, across] = [halfLengthKm * Math.cos(turn), halfWidthKm * Math.sin(turn)];
    const bearing = bearingDeg + (Math.atan2(across, along) * 180) / Math.PI;
    return placeAt(center, bearing, Math.hypot(along, across));
  });
  return [...ring, ring[0] as Place];
}
