import { courseTo, type Place } from './earth.js';
import { positionAt, type Flight } from './flight.js';
import { groundAngle } from './ground-angle.js';

/** When a missile is nearest to a place, over the ground, and how high it is then. */
export interface Passage {
  readonly timeS: number;
  readonly altitudeKm: number;
  readonly distanceKm: number;
}

const [SAMPLES, HALVINGS] = [120, 24];

/** The nearest approach of the ground track to a place. Its end may be the launch or the impact itself. */
export function passageOver(flight: Flight, place: Place): Passage {
  const stepS = flight.flightTimeS / SAMPLES;
  const distance = (timeS: number): number => courseTo(place, positionAt(flight, timeS)).distanceKm;
  const coarse = Array.from({ length: SAMPLES + 1 }, (_, index) =>
    groundAngle(place, positionAt(flight, index * stepS)),
  );
  const nearest = coarse.indexOf(Math.min(...coarse)) * stepS;
  let [low, high] = [Math.max(0, nearest - stepS), Math.min(flight.flightTimeS, nearest + stepS)];
  for (let round = 0; round < HALVINGS; round += 1) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    [low, high] = distance(left) < distance(right) ? [low, right] : [left, high];
  }
  const timeS = (low + high) / 2;
  return { timeS, altitudeKm: positionAt(flight, timeS).altitudeKm, distanceKm: distance(timeS) };
}
