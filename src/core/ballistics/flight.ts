import { ballisticsError } from './ballistics.errors.js';
import { coastToGround, positionOf } from './coast.js';
import { courseTo, groundVelocity, type Place, type Position } from './earth.js';
import { checkedTask, type FlightRequest } from './flight-request.js';
import type { FlightWarning } from './flight-warning.js';
import { genericMissile, missileClassOf, type MissileClass } from './missile-classes.js';
import { burnTimeOf, thrustAcceleration, type State } from './powered-flight.js';
import { apogeeOf, solveFlight, speedWithoutBurn, type FlightTask, type SolvedFlight } from './solve-flight.js';
import { stateAt } from './state-at.js';
import { length, subtract } from './vector.js';

/** A ballistic flight from launch to impact. Times are seconds after the launch. */
export interface Flight {
  readonly launch: Place;
  readonly impact: Place;
  readonly bearingDeg: number;
  readonly rangeKm: number;
  readonly flightTimeS: number;
  readonly apogeeKm: number;
  /** Speed against the Earth's surface below. When the burn was cut off, this is the cut-off. */
  readonly burnout: { readonly timeS: number; readonly altitudeKm: number; readonly speedKmS: number };
  readonly missileClass: MissileClass;
  readonly ballisticCoefficientKgM2: number;
  readonly warnings: readonly FlightWarning[];
  /** Inertial states in the order of time; `positionAt` reads between them. */
  readonly states: readonly State[];
}

/**
 * "1,000 lb/ft²", in the middle of what the literature gives for warheads of missiles. An assumption: no source read
 * gives it for the missiles in question, and a factor of three changes the flight time by some seconds only.
 */
export const BALLISTIC_COEFFICIENT_KG_M2 = 4900;

/**
 * The flight that joins a launch place, an impact place and an apogee; without an apogee that of least energy. With
 * `cutOffS` its burn is cut off early and it falls where that takes it. Throws a DomainError where the figures are no
 * ballistic flight of the model.
 */
export function flightOf(request: FlightRequest): Flight {
  const asked = checkedTask(request);
  const { from, to } = asked;
  const bare = { from, to, apogeeKm: asked.apogeeKm, rangeKm: asked.rangeKm };
  const missileClass =
    request.missileClass === undefined ? genericMissile(speedWithoutBurn(bare)) : missileClassOf(request.missileClass);
  const task: FlightTask = {
    ...bare,
    stages: missileClass.stages,
    ballisticCoefficientKgM2: BALLISTIC_COEFFICIENT_KG_M2,
  };
  const solved = solveFlight(task);
  checkThrust(missileClass, solved);
  const flown = request.cutOffS === undefined ? solved : cutOff(solved, request.cutOffS);
  return summary(task, flown, missileClass, asked.warnings);
}

type FlownFlight = Pick<SolvedFlight, 'powered' | 'free'>;

function summary(
  task: FlightTask,
  { powered, free }: FlownFlight,
  missileClass: MissileClass,
  warnings: readonly FlightWarning[],
): Flight {
  const [burnout, end] = [powered.at(-1) as State, free.at(-1) as State];
  const { lat, lon } = positionOf(end);
  const course = courseTo(task.from, { lat, lon });
  return {
    launch: task.from,
    impact: { lat, lon },
    bearingDeg: course.bearingDeg,
    rangeKm: course.distanceKm,
    flightTimeS: end.timeS,
    apogeeKm: apogeeOf(free),
    burnout: {
      timeS: burnout.timeS,
      altitudeKm: positionOf(burnout).altitudeKm,
      speedKmS: length(subtract(burnout.velocity, groundVelocity(burnout.position))),
    },
    missileClass,
    ballisticCoefficientKgM2: task.ballisticCoefficientKgM2,
    warnings: [...warnings, ...assumed(missileClass)],
    states: [...powered, ...free.slice(1)],
  };
}

const assumed = ({ name, assumption }: MissileClass): readonly FlightWarning[] =>
  assumption === undefined
    ? []
    : [{ code: 'FLIGHT_CLASS_ASSUMED', message: `Class ${name} rests on an assumption: ${assumption}.` }];

/** The flight whose thrust ends `cutOffS` seconds after the launch. */
function cutOff({ powered }: SolvedFlight, cutOffS: number): FlownFlight {
  const last = powered.at(-1) as State;
  if (cutOffS >= last.timeS) {
    throw ballisticsError(
      'FLIGHT_INPUT_INVALID',
      `The burn ends by itself after ${last.timeS.toFixed(0)} s; give an earlier cut-off.`,
    );
  }
  const kept = powered.filter(({ timeS }) => timeS < cutOffS);
  const end = stateAt(powered, cutOffS);
  return { powered: [...kept, end], free: coastToGround(end, BALLISTIC_COEFFICIENT_KG_M2) ?? [end] };
}

const [GRAVITY_KM_S2, LEAST_G, MOST_G] = [0.00981, 1.02, 30];

/** A rocket that would not lift off, or be crushed, is of another class than it is said to be. */
function checkThrust({ name, stages }: MissileClass, { totalSpeedKmS }: SolvedFlight): void {
  const [first] = stages;
  const liftOffG = first ? thrustAcceleration(first, totalSpeedKmS, 0) / GRAVITY_KM_S2 : 0;
  const mostG = Math.max(
    ...stages.map((stage) => thrustAcceleration(stage, totalSpeedKmS, stage.burnTimeS) / GRAVITY_KM_S2),
  );
  if (liftOffG < LEAST_G || mostG > MOST_G) {
    throw ballisticsError(
      'FLIGHT_CLASS_MISMATCH',
      `A missile of class ${name} does not fly such a flight: burning ${burnTimeOf(stages).toFixed(0)} s it would ` +
        `${liftOffG < LEAST_G ? 'not lift off' : `have to bear ${mostG.toFixed(0)} g`}. Leave the class out or give another.`,
    );
  }
}

/** Where the missile is at a time between launch and impact; times outside give the launch or the impact. */
export function positionAt(flight: Flight, timeS: number): Position {
  return positionOf(stateAt(flight.states, timeS));
}

/** A position each `stepS` seconds, and the impact. */
export function trackOf(flight: Flight, stepS: number): readonly (Position & { timeS: number })[] {
  const count = Math.ceil(flight.flightTimeS / stepS);
  return Array.from({ length: count + 1 }, (_, index) => {
    const timeS = Math.min(index * stepS, flight.flightTimeS);
    return { timeS, ...positionAt(flight, timeS) };
  });
}
