import fc from 'fast-check';
import { GRAVITATION_KM3_S2 } from './earth.js';
import {
  energyParameter,
  freeFlightRangeAngle,
  leastEnergyApogeeKm,
  leastEnergyFlightPathAngle,
  leastEnergyParameter,
  transferOver,
} from './kepler.js';
import { gravity, stepped, type State } from './powered-flight.js';
import { length, subtract, type Vector } from './vector.js';

const EARTH_KM = 6371;
const RADIAN = Math.PI / 180;

it.each([
  // At Q = 1 half the range angle is 90° less the flight-path angle: equation 6.2-17 gives cos(Ψ/2) = sin φ.
  [1, 30, 120],
  [1, 45, 90],
  // A shot straight up comes down where it began.
  [0.5, 90, 0],
])('Q = %d at %d° flies %d°', (q, flightPath, range) => {
  expect(freeFlightRangeAngle(q, flightPath * RADIAN) / RADIAN).toBeCloseTo(range, 6);
});

it('a satellite on a circle has Q = 1', () => {
  expect(energyParameter(Math.sqrt(GRAVITATION_KM3_S2 / 7000), 7000)).toBeCloseTo(1, 12);
});

it('no other angle reaches a range with less energy', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 1.5, noNaN: true }),
      (range, angle) => {
        const q = leastEnergyParameter(range);
        expect(freeFlightRangeAngle(q, leastEnergyFlightPathAngle(range))).toBeCloseTo(range, 6);
        expect(freeFlightRangeAngle(q, angle)).toBeLessThanOrEqual(range + 1e-9);
      },
    ),
  );
});

it.each([
  // Over a short range a quarter of it, as over a plane; the highest of all is near a quarter of the way round.
  [100, 25],
  [10_000, 1319],
])('the least-energy flight over %d km rises about %d km', (rangeKm, apogeeKm) => {
  expect(leastEnergyApogeeKm(rangeKm / EARTH_KM, EARTH_KM)).toBeCloseTo(apogeeKm, -1);
});

const at = (angle: number, radiusKm: number): Vector => [radiusKm * Math.cos(angle), radiusKm * Math.sin(angle), 0];
const course = { normal: [0, 0, 1] as Vector, long: false };

it('a transfer, flown step by step, ends where it should, after the time it tells, over its apogee', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.02, max: 3, noNaN: true }),
      fc.double({ min: 10, max: 500, noNaN: true }),
      fc.double({ min: 600, max: 8000, noNaN: true }),
      (angle, startKm, apogeeKm) => {
        const [from, to] = [at(0, EARTH_KM + startKm), at(angle, EARTH_KM)];
        const transfer = transferOver(from, to, EARTH_KM + apogeeKm, course);
        let state: State = { timeS: 0, position: from, velocity: transfer?.velocityKmS ?? [0, 0, 0] };
        const steps = 2000;
        let highest = 0;
        for (let step = 0; step < steps; step += 1) {
          state = stepped(state, (transfer?.timeS ?? 0) / steps, (_, position) => gravity(position));
          highest = Math.max(highest, length(state.position));
        }
        expect(length(subtract(state.position, to))).toBeLessThan(0.01);
        expect(highest - EARTH_KM - apogeeKm).toBeCloseTo(0, 1);
      },
    ),
    { numRuns: 25 },
  );
});

it('an apogee that is not above both points has no transfer', () => {
  expect(transferOver(at(0, EARTH_KM + 100), at(1, EARTH_KM), EARTH_KM + 100, course)).toBeUndefined();
});

it('a long course goes round the far side, a short one never does', () => {
  const [from, to] = [at(0, EARTH_KM), at(-3, EARTH_KM)];
  const short = transferOver(from, to, EARTH_KM + 1500, course);
  const long = transferOver(from, to, EARTH_KM + 1500, { ...course, long: true });
  expect(short?.velocityKmS[1]).toBeLessThan(0);
  expect(long?.velocityKmS[1]).toBeGreaterThan(0);
  expect(long?.timeS).toBeGreaterThan(short?.timeS ?? Infinity);
});
