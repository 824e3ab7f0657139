import { GRAVITATION_KM3_S2 } from './earth.js';
import { angleBetween, add, cross, dot, length, scale, unit, type Vector } from './vector.js';

/**
 * Free flight on an ellipse about the centre of the Earth. Formulas and words as in Bate, Mueller and White,
 * "Fundamentals of Astrodynamics" (Dover, 1971), chapters 1, 4 and 6. Angles are radians, distances km, speeds km/s.
 */

/** Q = v² r / μ: twice the kinetic over the potential energy (chapter 6, equation 6.2-1). */
export const energyParameter = (speedKmS: number, radiusKm: number): number =>
  (speedKmS ** 2 * radiusKm) / GRAVITATION_KM3_S2;

/**
 * The free-flight range angle between burn-out and re-entry at the same height (6.2-17):
 * cos(Ψ/2) = (1 - Q cos²φ) / √(1 + Q (Q - 2) cos²φ).
 */
export function freeFlightRangeAngle(q: number, flightPathAngle: number): number {
  const cosSquared = Math.cos(flightPathAngle) ** 2;
  return 2 * Math.acos((1 - q * cosSquared) / Math.sqrt(1 + q * (q - 2) * cosSquared));
}

/** The flight-path angle that reaches a range angle with the least energy (6.2-23 at its maximum): (π - Ψ) / 4. */
export const leastEnergyFlightPathAngle = (rangeAngle: number): number => (Math.PI - rangeAngle) / 4;

/** The least Q that reaches a range angle (6.2-24 solved for Q): 2 sin(Ψ/2) / (1 + sin(Ψ/2)). */
export function leastEnergyParameter(rangeAngle: number): number {
  const sin = Math.sin(rangeAngle / 2);
  return (2 * sin) / (1 + sin);
}

/** How high above a sphere of `radiusKm` the least-energy flight over a range angle below π rises. */
export function leastEnergyApogeeKm(rangeAngle: number, radiusKm: number): number {
  const halfAxisKm = (radiusKm * (1 + Math.sin(rangeAngle / 2))) / 2;
  return halfAxisKm * (1 + Math.tan(leastEnergyFlightPathAngle(rangeAngle))) - radiusKm;
}

/** A free flight that leaves one point upwards and comes down at another. */
export interface Transfer {
  /** Inertial velocity at the first point. */
  readonly velocityKmS: Vector;
  readonly timeS: number;
}

/** Which way round the Earth: `normal` is the axis of a flight along the intended bearing. */
export interface Course {
  readonly normal: Vector;
  /** Whether the range is so long that the Earth's rotation may carry the target beyond half way round. */
  readonly long: boolean;
}

/**
 * The free flight from `from` over an apogee to `to`, both inertial positions in km. Of the family of ellipses with the
 * given apogee radius one spans the angle between the points (chapter 6.2 with unequal radii); time by Kepler's
 * equation (4.2-4). Undefined when the apogee does not lie above both points.
 */
export function transferOver(from: Vector, to: Vector, apogeeRadiusKm: number, course: Course): Transfer | undefined {
  const [radiusKm, endRadiusKm] = [length(from), length(to)];
  if (!(apogeeRadiusKm > Math.max(radiusKm, endRadiusKm))) {
    return undefined;
  }
  const { angle, normal } = sweepOf(from, to, course);
  const shape = shapeSpanning(angle, radiusKm, endRadiusKm, apogeeRadiusKm);
  const eccentricity = 1 - shape;
  const momentum = Math.sqrt(GRAVITATION_KM3_S2 * apogeeRadiusKm * shape);
  const upKmS =
    (GRAVITATION_KM3_S2 / momentum) * eccentricity * Math.sin(angleToApogee(shape, radiusKm, apogeeRadiusKm));
  const up = scale(from, 1 / radiusKm);
  return {
    velocityKmS: add(scale(up, upKmS), scale(cross(normal, up), momentum / radiusKm)),
    timeS: timeFromPerigee(shape, radiusKm, endRadiusKm, apogeeRadiusKm),
  };
}

/** Points nearly above each other, or nearly opposite, do not define a plane: the course does. */
const NO_PLANE = 1e-9;

function sweepOf(from: Vector, to: Vector, course: Course): { angle: number; normal: Vector } {
  const angle = angleBetween(from, to);
  const across = cross(from, to);
  if (length(across) < NO_PLANE * length(from) * length(to)) {
    return { angle, normal: course.normal };
  }
  const normal = unit(across);
  return course.long && dot(normal, course.normal) < 0
    ? { angle: 2 * Math.PI - angle, normal: scale(normal, -1) }
    : { angle, normal };
}

/** The angle at the centre between a point at `radiusKm` and the apogee; `shape` is one minus the eccentricity. */
function angleToApogee(shape: number, radiusKm: number, apogeeRadiusKm: number): number {
  const sinHalf = Math.sqrt((shape * (apogeeRadiusKm / radiusKm - 1)) / (2 * (1 - shape)));
  return 2 * Math.asin(Math.min(1, sinHalf));
}

const HALVINGS = 52;

/** The wider the ellipse (the larger `shape`), the larger the angle it spans: found by halving the interval. */
function shapeSpanning(angle: number, radiusKm: number, endRadiusKm: number, apogeeRadiusKm: number): number {
  const lowestKm = Math.min(radiusKm, endRadiusKm);
  let [low, high] = [0, (2 * lowestKm) / (apogeeRadiusKm + lowestKm)];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    const spanned =
      angleToApogee(middle, radiusKm, apogeeRadiusKm) + angleToApogee(middle, endRadiusKm, apogeeRadiusKm);
    [low, high] = spanned < angle ? [middle, high] : [low, middle];
  }
  return (low + high) / 2;
}

function timeFromPerigee(shape: number, radiusKm: number, endRadiusKm: number, apogeeRadiusKm: number): number {
  const axisKm = apogeeRadiusKm / (2 - shape);
  const meanMotion = Math.sqrt(GRAVITATION_KM3_S2 / axisKm ** 3);
  const mean = (radius: number): number => {
    const half = angleToApogee(shape, radius, apogeeRadiusKm) / 2;
    const anomaly = 2 * Math.atan2(Math.sqrt(shape / (2 - shape)) * Math.cos(half), Math.sin(half));
    return anomaly - (1 - shape) * Math.sin(anomaly);
  };
  return (2 * Math.PI - mean(radiusKm) - mean(endRadiusKm)) / meanMotion;
}
