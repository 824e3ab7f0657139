import { densityKgM3, ATMOSPHERE_TOP_KM } from './atmosphere.js';
import { EQUATOR_RADIUS_KM, geodetic, groundVelocity, toFixed, type Position } from './earth.js';
import { gravity, stepped, type State } from './powered-flight.js';
import { add, length, scale, subtract, type Vector } from './vector.js';

/** Above the air, and in it. */
const [SPACE_STEP_S, AIR_STEP_S] = [15, 1];
/** An ellipse that comes down takes less than this; a longer one is an orbit. */
const LONGEST_S = 6 * 3600;
/** The ellipsoid's polar radius is this much less than the equator's: no ground is above EQUATOR_RADIUS_KM. */
const AIR_RADIUS_KM = EQUATOR_RADIUS_KM + ATMOSPHERE_TOP_KM;

/** Geodetic position of an inertial state. */
export const positionOf = (state: State): Position => geodetic(toFixed(state.position, state.timeS));

/**
 * Flies without thrust from a state down to the ground: gravity of a sphere, and in the air the drag of a body with a
 * ballistic coefficient (mass over drag coefficient and area) in kg/m². The last state is on the ground.
 * Undefined when it does not come down.
 */
export function coastToGround(from: State, ballisticCoefficientKgM2: number): readonly State[] | undefined {
  const acceleration = (timeS: number, position: Vector, velocity: Vector): Vector =>
    add(gravity(position), drag(timeS, position, velocity, ballisticCoefficientKgM2));
  const states = [from];
  let state = from;
  while (state.timeS < from.timeS + LONGEST_S) {
    const next = stepped(state, stepFor(state), acceleration);
    if (positionOf(next).altitudeKm <= 0) {
      states.push(groundBetween(state, next.timeS - state.timeS, acceleration));
      return states;
    }
    states.push(next);
    state = next;
  }
  return undefined;
}

/** So short near the air that no step begins above it and ends deep in it. */
function stepFor({ position, velocity }: State): number {
  const aboveAirKm = length(position) - AIR_RADIUS_KM;
  const closing = length(velocity);
  return aboveAirKm <= 0 ? AIR_STEP_S : Math.min(SPACE_STEP_S, Math.max(AIR_STEP_S, aboveAirKm / closing));
}

function drag(timeS: number, position: Vector, velocity: Vector, ballisticCoefficientKgM2: number): Vector {
  if (length(position) > AIR_RADIUS_KM) {
    return [0, 0, 0];
  }
  const { altitudeKm } = geodetic(toFixed(position, timeS));
  // The air turns with the Earth. km/s squared times kg/m³ over kg/m² is 10⁶ m/s², which is 10³ km/s².
  const relative = subtract(velocity, groundVelocity(position));
  return scale(relative, (-500 * densityKgM3(altitudeKm) * length(relative)) / ballisticCoefficientKgM2);
}

const HALVINGS = 24;

function groundBetween(
  state: State,
  stepS: number,
  acceleration: (timeS: number, position: Vector, velocity: Vector) => Vector,
): State {
  let [low, high] = [0, stepS];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    [low, high] = positionOf(stepped(state, middle, acceleration)).altitudeKm > 0 ? [middle, high] : [low, middle];
  }
  return stepped(state, high, acceleration);
}
