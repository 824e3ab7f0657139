import { burnTimeForSpeed } from './missile-classes.js';
import { poweredFlight, thrustAcceleration } from './powered-flight.js';
import { densityKgM3 } from './atmosphere.js';
import { groundVelocity } from './earth.js';
import { length, subtract } from './vector.js';

const stage = { burnTimeS: 100, speedShare: 1, exhaustSpeedKmS: 2.5 };

it('the acceleration adds up to the speed of the rocket equation', () => {
  const steps = 10_000;
  const sum = Array.from(
    { length: steps },
    (_, step) => thrustAcceleration(stage, 3, ((step + 0.5) * 100) / steps) / 100,
  );
  expect(sum.reduce((total, each) => total + each, 0)).toBeCloseTo(3, 4);
});

it('a shot straight up loses to gravity about what gravity takes in the burn', () => {
  const end = poweredFlight({ lat: 0, lon: 0 }, [stage], [0, 0, 3]).at(-1);
  const speed = end ? length(subtract(end.velocity, groundVelocity(end.position))) : NaN;
  expect(end?.timeS).toBeCloseTo(100, 9);
  expect(3 - speed).toBeGreaterThan(0.9);
  expect(3 - speed).toBeLessThan(1);
});

it.each([
  [0, 0],
  [1.7, 60],
  [2.5, 77.5],
  [3.3, 95],
  [7.2, 180],
  [9, 180],
])('at %d km/s a missile of unknown class burns %d s', (speed, burn) => {
  expect(burnTimeForSpeed(speed)).toBeCloseTo(burn, 6);
});

it('the air thins by height, without steps, to nothing', () => {
  const heights = Array.from({ length: 121 }, (_, km) => densityKgM3(km));
  heights.slice(1).forEach((density, km) => expect(density / (heights[km] ?? NaN)).toBeLessThan(0.93));
  heights.slice(1).forEach((density, km) => expect(density / (heights[km] ?? NaN)).toBeGreaterThan(0.8));
  expect(densityKgM3(0)).toBe(1.225);
  expect(densityKgM3(121)).toBe(0);
});
