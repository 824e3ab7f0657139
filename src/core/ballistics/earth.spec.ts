import fc from 'fast-check';
import {
  courseTo,
  earthFixed,
  fromLocal,
  geodetic,
  groundVelocity,
  localFrame,
  placeAt,
  toFixed,
  toInertial,
} from './earth.js';
import { dot, length, subtract } from './vector.js';

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const altitude = fc.double({ min: -1, max: 9000, noNaN: true });

it('geodetic undoes earthFixed', () => {
  fc.assert(
    fc.property(latitude, longitude, altitude, (lat, lon, altitudeKm) => {
      const fixed = earthFixed({ lat, lon, altitudeKm });
      expect(length(subtract(earthFixed(geodetic(fixed)), fixed))).toBeLessThan(1e-4);
      expect(geodetic(fixed).altitudeKm).toBeCloseTo(altitudeKm, 4);
    }),
  );
});

it.each([
  [{ lat: 0, lon: 0, altitudeKm: 0 }, [6378.137, 0, 0]],
  [{ lat: 90, lon: 0, altitudeKm: 0 }, [0, 0, 6356.7523]],
  [{ lat: 0, lon: 90, altitudeKm: 100 }, [0, 6478.137, 0]],
])('%j is at %j', (place, expected) => {
  earthFixed(place).forEach((value, axis) => expect(value).toBeCloseTo(expected[axis] ?? NaN, 3));
});

it('a local frame has right angles and unit length, and up points away', () => {
  fc.assert(
    fc.property(latitude, longitude, (lat, lon) => {
      const { east, north, up } = localFrame({ lat, lon });
      expect(Math.abs(dot(east, north)) + Math.abs(dot(north, up)) + Math.abs(dot(up, east))).toBeLessThan(1e-12);
      expect(dot(up, earthFixed({ lat, lon, altitudeKm: 0 }))).toBeGreaterThan(6300);
      expect(length(fromLocal({ east, north, up }, [1, 2, 2]))).toBeCloseTo(3, 9);
    }),
  );
});

it('the equator moves at 0.465 km/s eastwards, and a day turns the frames round once', () => {
  expect(groundVelocity([6378.137, 0, 0])[1]).toBeCloseTo(0.4651, 4);
  const turned = toInertial([1, 0, 0], 86164.1 / 4);
  expect(turned[1]).toBeCloseTo(1, 5);
  expect(toFixed(turned, 86164.1 / 4)[0]).toBeCloseTo(1, 12);
});

it('places and courses follow the geodesic', () => {
  const there = placeAt({ lat: 39.2, lon: 125.67 }, 80, 4600);
  const back = courseTo({ lat: 39.2, lon: 125.67 }, there);
  expect(back.distanceKm).toBeCloseTo(4600, 6);
  expect(back.bearingDeg).toBeCloseTo(80, 6);
});
