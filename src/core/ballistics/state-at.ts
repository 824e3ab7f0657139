import type { State } from './powered-flight.js';
import { add, scale, type Vector } from './vector.js';

/** The state at a time among states in the order of time, by cubic Hermite interpolation; clamped at both ends. */
export function stateAt(states: readonly State[], timeS: number): State {
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) {
    throw new RangeError('A flight has states.');
  }
  if (timeS <= first.timeS || timeS >= last.timeS) {
    return timeS <= first.timeS ? first : last;
  }
  const after = indexAfter(states, timeS);
  return between(states[after - 1] ?? first, states[after] ?? last, timeS);
}

function indexAfter(states: readonly State[], timeS: number): number {
  let [low, high] = [0, states.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = (states[middle]?.timeS ?? 0) <= timeS ? [middle, high] : [low, middle];
  }
  return high;
}

function between(from: State, to: State, timeS: number): State {
  const stepS = to.timeS - from.timeS;
  const s = (timeS - from.timeS) / stepS;
  const sum = (...parts: readonly (readonly [number, Vector])[]): Vector =>
    parts.reduce<Vector>((total, [weight, vector]) => add(total, scale(vector, weight)), [0, 0, 0]);
  return {
    timeS,
    position: sum(
      [2 * s ** 3 - 3 * s ** 2 + 1, from.position],
      [(s ** 3 - 2 * s ** 2 + s) * stepS, from.velocity],
      [3 * s ** 2 - 2 * s ** 3, to.position],
      [(s ** 3 - s ** 2) * stepS, to.velocity],
    ),
    velocity: sum(
      [(6 * s ** 2 - 6 * s) / stepS, from.position],
      [3 * s ** 2 - 4 * s + 1, from.velocity],
      [(6 * s - 6 * s ** 2) / stepS, to.position],
      [3 * s ** 2 - 2 * s, to.velocity],
    ),
  };
}
