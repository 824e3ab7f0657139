import { coastToGround, positionOf } from './coast.js';
import { ballisticsError } from './ballistics.errors.js';
import { earthFixed, groundVelocity, localFrame, toFixed, toInertial, type LocalFrame, type Place } from './earth.js';
import { transferOver, type Course, type Transfer } from './kepler.js';
import { burnTimeOf, poweredFlight, type Stage, type State } from './powered-flight.js';
import { solveLinear } from './solve-linear.js';
import { add, cross, dot, length, scale, subtract, unit, type Vector } from './vector.js';

/** What a flight has to do. */
export interface Route {
  readonly from: Place;
  readonly to: Place;
  readonly apogeeKm: number;
  readonly rangeKm: number;
}

/** A route, and with what. */
export interface FlightTask extends Route {
  readonly stages: readonly Stage[];
  readonly ballisticCoefficientKgM2: number;
}

/** A flight that does it: states from launch to burn-out, and from there to the ground. */
export interface SolvedFlight {
  readonly powered: readonly State[];
  readonly free: readonly State[];
  /** The speed that the rocket would gain in empty space. */
  readonly totalSpeedKmS: number;
}

/** From a quarter of the way round the Earth on, the rotation may carry the target beyond half way. */
const LONG_RANGE_KM = 10_000;
const [ROUNDS, STEPS] = [14, 40];
const [CLOSE_KM, CLOSE_KM_S] = [0.1, 1e-7];

interface Aim {
  /** Where the free flight would end without air, in the frame that turns with the Earth. */
  readonly point: Vector;
  readonly apogeeRadiusKm: number;
}

/**
 * Finds the flight in three loops. Outermost: what drag takes from the range is added to the aim point. Then: the burn is
 * aimed so that its end has just the velocity that the free flight needs (Newton's method in three unknowns).
 * Innermost: the aim point turns with the Earth while the flight lasts (Bate, Mueller and White, chapter 6.4).
 */
export function solveFlight(task: FlightTask): SolvedFlight {
  let aim = vacuumAim(task);
  const target = aim.point;
  let shot: Shot | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    shot = aimed(task, aim, shot);
    const free = coastToGround(shot.powered.at(-1) as State, task.ballisticCoefficientKgM2);
    const end = free?.at(-1);
    if (free === undefined || end === undefined) {
      break;
    }
    const miss = subtract(target, toFixed(end.position, end.timeS));
    const low = task.apogeeKm - apogeeOf(free);
    if (length(miss) < CLOSE_KM && Math.abs(low) < CLOSE_KM) {
      return { powered: shot.powered, free, totalSpeedKmS: length(shot.velocity) };
    }
    aim = { point: add(aim.point, miss), apogeeRadiusKm: aim.apogeeRadiusKm + low };
  }
  throw notFound();
}

/** The greatest height along states without thrust, by a parabola through the highest three. */
export function apogeeOf(states: readonly State[]): number {
  const heights = states.map((state) => positionOf(state).altitudeKm);
  const top = heights.indexOf(Math.max(...heights));
  const [before, at, after] = [states[top - 1], states[top], states[top + 1]];
  if (!before || !at || !after) {
    return heights[top] ?? 0;
  }
  const [x1, x3] = [before.timeS - at.timeS, after.timeS - at.timeS];
  const [y1, y3] = [(heights[top - 1] ?? 0) - (heights[top] ?? 0), (heights[top + 1] ?? 0) - (heights[top] ?? 0)];
  const curve = (y3 / x3 - y1 / x1) / (x3 - x1);
  const slope = y1 / x1 - curve * x1;
  return (heights[top] ?? 0) - (slope * slope) / (4 * curve);
}

interface Shot {
  readonly velocity: Vector;
  readonly powered: readonly State[];
  readonly slopes: Slopes;
}

/** How what lacks at burn-out changes with each part of the velocity that is aimed at. */
type Slopes = readonly [Vector, Vector, Vector];

interface Burn {
  readonly powered: readonly State[];
  /** The velocity needed at burn-out, less the one that is there. */
  readonly lacking: Vector;
}

/** Newton's method; the slopes are kept, also from round to round, for as long as they bring it nearer. */
function aimed(task: FlightTask, aim: Aim, last: Shot | undefined): Shot {
  const course = courseOf(task);
  const burn = (velocity: Vector): Burn => burnTowards(task, aim, course, velocity);
  let velocity = last?.velocity ?? firstGuess(task, aim);
  let now = burn(velocity);
  let slopes = last?.slopes ?? slopesAt(velocity, now, burn);
  for (let step = 0; step < STEPS && length(now.lacking) > CLOSE_KM_S; step += 1) {
    const change = solveLinear(slopes, scale(now.lacking, -1));
    if (change === undefined) {
      throw notFound();
    }
    velocity = add(velocity, scale(change, Math.min(1, MOST_CHANGE_KM_S / length(change))));
    const next = burn(velocity);
    if (length(next.lacking) > GOOD_STEP * length(now.lacking)) {
      slopes = slopesAt(velocity, next, burn);
    }
    now = next;
  }
  if (!(length(now.lacking) < ENOUGH_KM_S)) {
    throw notFound();
  }
  return { velocity, powered: now.powered, slopes };
}

function burnTowards(task: FlightTask, aim: Aim, course: Course, velocity: Vector): Burn {
  const powered = poweredFlight(task.from, task.stages, velocity);
  const end = powered.at(-1) as State;
  const needed = neededAt(end, aim, course);
  if (needed === undefined) {
    throw tooLow(task.apogeeKm);
  }
  return { powered, lacking: subtract(needed.velocityKmS, end.velocity) };
}

function slopesAt(velocity: Vector, now: Burn, burn: (velocity: Vector) => Burn): Slopes {
  const slope = (axis: Vector): Vector =>
    scale(subtract(burn(add(velocity, scale(axis, NUDGE_KM_S))).lacking, now.lacking), 1 / NUDGE_KM_S);
  return [slope([1, 0, 0]), slope([0, 1, 0]), slope([0, 0, 1])];
}

const [NUDGE_KM_S, MOST_CHANGE_KM_S, GOOD_STEP, ENOUGH_KM_S] = [1e-4, 1, 0.3, 1e-4];
/** What the free flight needs from a state, with the aim point where it will be when the flight ends. */
function neededAt(state: State, aim: Aim, course: Course): Transfer | undefined {
  let timeS = 600;
  let transfer: Transfer | undefined;
  for (let round = 0; round < 60; round += 1) {
    const end = toInertial(aim.point, state.timeS + timeS);
    transfer = transferOver(state.position, end, aim.apogeeRadiusKm, course);
    if (transfer === undefined || Math.abs(transfer.timeS - timeS) < 1e-6) {
      return transfer;
    }
    timeS = transfer.timeS;
  }
  return transfer;
}

function courseOf({ from, to, rangeKm }: Route): Course {
  const axis = cross(earthFixed({ ...from, altitudeKm: 0 }), earthFixed({ ...to, altitudeKm: 0 }));
  return { normal: unit(axis), long: rangeKm > LONG_RANGE_KM };
}

/** What gravity takes in the burn is mostly upwards; half of it is a good beginning. */
const firstGuess = (task: FlightTask, aim: Aim): Vector =>
  add(shotVelocity(task, aim), [0, 0, 0.5 * 0.0098 * burnTimeOf(task.stages)]);

/** East, north and up against the ground: the velocity that a shot without burn time and air would need. */
function shotVelocity(task: Route, aim: Aim): Vector {
  const start = earthFixed({ ...task.from, altitudeKm: 0 });
  const rest: State = { timeS: 0, position: start, velocity: groundVelocity(start) };
  const needed = neededAt(rest, aim, courseOf(task));
  if (needed === undefined) {
    throw tooLow(task.apogeeKm);
  }
  return inFrame(localFrame(task.from), subtract(needed.velocityKmS, rest.velocity));
}

/** The speed against the ground, in km/s, that a shot without burn time and air would need. */
export const speedWithoutBurn = (task: Route): number => length(shotVelocity(task, vacuumAim(task)));

function vacuumAim({ to, apogeeKm }: Route): Aim {
  const point = earthFixed({ ...to, altitudeKm: 0 });
  return { point, apogeeRadiusKm: length(point) + apogeeKm };
}

const inFrame = ({ east, north, up }: LocalFrame, vector: Vector): Vector => [
  dot(vector, east),
  dot(vector, north),
  dot(vector, up),
];

const notFound = (): Error =>
  ballisticsError(
    'FLIGHT_NOT_FOUND',
    'No ballistic flight of the model joins these figures. Check range, apogee and class; leave out the ones you are not sure of.',
  );

const tooLow = (apogeeKm: number): Error =>
  ballisticsError(
    'FLIGHT_APOGEE_TOO_LOW',
    `An apogee of ${apogeeKm} km is below the height at which such a rocket would burn out: outside the model, ` +
      'which knows no flight that glides or is steered in the air. Give a higher apogee or leave it out.',
  );
