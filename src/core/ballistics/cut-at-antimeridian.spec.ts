import { cutArea, cutLine } from './cut-at-antimeridian.js';
import { ringOf } from './impact-area.js';

const circle = (lat: number, lon: number, radiusKm = 300) =>
  ringOf({ center: { lat, lon }, halfLengthKm: radiusKm, halfWidthKm: radiusKm, bearingDeg: 0 });

/** The sum over the edges: positive when the ring goes counter-clockwise. */
const turning = (ring: readonly (readonly [number, number])[]): number =>
  ring.slice(1).reduce((sum, [x, y], index) => {
    const [px, py] = ring[index] ?? [0, 0];
    return sum + (px * y - x * py);
  }, 0);

it('leaves a line alone that does not cross', () => {
  const { coordinates } = cutLine([
    { lat: 10, lon: 20 },
    { lat: 11, lon: 30 },
  ]);
  expect(coordinates).toEqual([
    [
      [20, 10],
      [30, 11],
    ],
  ]);
});

it('cuts a line that crosses, at the same latitude on both sides', () => {
  const { type, coordinates } = cutLine([
    { lat: 0, lon: 170 },
    { lat: 0, lon: -170 },
  ]);
  expect(type).toBe('MultiLineString');
  expect(coordinates).toEqual([
    [
      [170, 0],
      [180, 0],
    ],
    [
      [-180, 0],
      [-170, 0],
    ],
  ]);
});

it.each([
  ['away from the meridian', circle(40, 140), 1],
  ['on the meridian', circle(60, 179.5), 2],
  ['around the north pole', circle(90, 0), 1],
  ['around the south pole', circle(-89, 40), 1],
])('an area %s becomes %#', (_, ring, parts) => {
  const { type, coordinates } = cutArea(ring);
  expect(type).toBe('MultiPolygon');
  expect(coordinates).toHaveLength(parts);
  for (const [outer = []] of coordinates) {
    expect(outer[0]).toEqual(outer.at(-1));
    expect(turning(outer)).toBeGreaterThan(0);
    outer.slice(1).forEach(([lon], index) => {
      expect(Math.abs(lon)).toBeLessThanOrEqual(180);
      // Only along the pole may an edge be long.
      const [before = 0, lat = 0] = outer[index] ?? [];
      expect(Math.abs(lat) === 90 || Math.abs(lon - before) < 180).toBe(true);
    });
  }
});
