import {
  earthFixed,
  fromLocal,
  GRAVITATION_KM3_S2,
  groundVelocity,
  localFrame,
  toInertial,
  type LocalFrame,
  type Place,
} from './earth.js';
import { add, length, scale, type Vector } from './vector.js';

/** One stage of a rocket as the model needs it. */
export interface Stage {
  readonly burnTimeS: number;
  /** Its part of the speed that the whole rocket would gain in empty space. The parts of all stages make 1. */
  readonly speedShare: number;
  readonly exhaustSpeedKmS: number;
}

/** Position (km) and velocity (km/s) in the inertial frame at a time after the launch. */
export interface State {
  readonly timeS: number;
  readonly position: Vector;
  readonly velocity: Vector;
}

const STEP_S = 2;
/** Rockets of all classes rise straight up before they turn; then they turn evenly until this part of the burn. */
export const TURN_BEGINS = 0.06;
export const TURN_ENDS = 0.6;

export const burnTimeOf = (stages: readonly Stage[]): number =>
  stages.reduce((sum, { burnTimeS }) => sum + burnTimeS, 0);

/**
 * Acceleration by thrust, in km/s², at a time into the burn of a stage with constant thrust and flow. From the rocket
 * equation: a stage that gains Δv with exhaust speed c burns the part f = 1 - e^(-Δv/c) of its mass, so the thrust of
 * c·f/T per unit of mass at its start acts on the mass that is left, 1 - f·t/T.
 */
export function thrustAcceleration(stage: Stage, totalSpeedKmS: number, timeS: number): number {
  const burnt = 1 - Math.exp((-totalSpeedKmS * stage.speedShare) / stage.exhaustSpeedKmS);
  return (stage.exhaustSpeedKmS * burnt) / stage.burnTimeS / (1 - (burnt * timeS) / stage.burnTimeS);
}

/**
 * Flies the powered part: straight up, then an even turn of the thrust from the vertical to the direction of `aim`, an
 * open-loop pitch program. `aim` is east, north and up at the launch place in km/s; its length is the speed that the
 * rocket would gain in empty space. Gravity of a sphere, no air. The states go from the launch to burn-out.
 */
export function poweredFlight(from: Place, stages: readonly Stage[], aim: Vector): readonly State[] {
  const burnS = burnTimeOf(stages);
  const frame = localFrame(from);
  const totalSpeedKmS = length(aim);
  const thrustAt = thrustDirections(frame, aim, burnS);
  const start = earthFixed({ ...from, altitudeKm: 0 });
  let state: State = { timeS: 0, position: start, velocity: groundVelocity(start) };
  const states = [state];
  let stageBeginS = 0;
  for (const stage of stages) {
    const steps = Math.ceil(stage.burnTimeS / STEP_S);
    const begin = stageBeginS;
    const acceleration = (timeS: number, position: Vector): Vector =>
      add(
        gravity(position),
        scale(thrustAt(timeS), thrustAcceleration(stage, totalSpeedKmS, Math.min(timeS - begin, stage.burnTimeS))),
      );
    for (let step = 0; step < steps; step += 1) {
      state = stepped(state, stage.burnTimeS / steps, acceleration);
      states.push(state);
    }
    stageBeginS += stage.burnTimeS;
  }
  return states;
}

export const gravity = (position: Vector): Vector => {
  const radiusKm = length(position);
  return scale(position, -GRAVITATION_KM3_S2 / radiusKm ** 3);
};

/** The direction of thrust by time, in the inertial frame; the program itself turns with the Earth. */
function thrustDirections(frame: LocalFrame, aim: Vector, burnS: number): (timeS: number) => Vector {
  const level = Math.hypot(aim[0], aim[1]);
  const fullTurn = Math.atan2(level, aim[2]);
  const bearing = level < 1e-12 ? ([0, 1] as const) : ([aim[0] / level, aim[1] / level] as const);
  return (timeS) => {
    const part = Math.min(1, Math.max(0, (timeS / burnS - TURN_BEGINS) / (TURN_ENDS - TURN_BEGINS)));
    const [sin, cos] = [Math.sin(fullTurn * part), Math.cos(fullTurn * part)];
    return toInertial(fromLocal(frame, [bearing[0] * sin, bearing[1] * sin, cos]), timeS);
  };
}

/** One step of the classical fourth-order Runge-Kutta rule for position and velocity. */
export function stepped(
  { timeS, position, velocity }: State,
  stepS: number,
  acceleration: (timeS: number, position: Vector, velocity: Vector) => Vector,
): State {
  const half = stepS / 2;
  const a1 = acceleration(timeS, position, velocity);
  const v2 = add(velocity, scale(a1, half));
  const a2 = acceleration(timeS + half, add(position, scale(velocity, half)), v2);
  const v3 = add(velocity, scale(a2, half));
  const a3 = acceleration(timeS + half, add(position, scale(v2, half)), v3);
  const v4 = add(velocity, scale(a3, stepS));
  const a4 = acceleration(timeS + stepS, add(position, scale(v3, stepS)), v4);
  const weighted = (one: Vector, two: Vector, three: Vector, four: Vector): Vector =>
    scale(add(add(one, scale(add(two, three), 2)), four), stepS / 6);
  return {
    timeS: timeS + stepS,
    position: add(position, weighted(velocity, v2, v3, v4)),
    velocity: add(velocity, weighted(a1, a2, a3, a4)),
  };
}
