import type { Area } from '../scenario/scenario.schema.js';
import { areaContains, polygonAreaKm2 } from './area.js';
import type { PolygonPoints } from './area.js';

const yellowSea: PolygonPoints = [
  [36, 123],
  [36, 125],
  [34, 125],
  [34, 123],
];

const acrossThe180th: PolygonPoints = [
  [10, 178],
  [10, -178],
  [-10, -178],
  [-10, 178],
];

const northPole: PolygonPoints = [
  [80, 0],
  [80, 120],
  [80, -120],
];

const circle = (latitude: number, longitude: number, radiusKm: number): Area => ({
  circle: { latitude, longitude, radiusKm },
});

describe('areaContains', () => {
  it.each<[string, PolygonPoints, number, number, boolean]>([
    ['inside', yellowSea, 35, 124, true],
    ['north of it', yellowSea, 36.5, 124, false],
    ['on the other side of the Earth', yellowSea, -35, -56, false],
    ['inside, west of the 180th meridian', acrossThe180th, 0, 179.5, true],
    ['inside, east of the 180th meridian', acrossThe180th, 0, -179.5, true],
    ['inside, on the 180th meridian', acrossThe180th, 0, 180, true],
    ['outside, west of it', acrossThe180th, 0, 177, false],
    ['outside, at the prime meridian', acrossThe180th, 0, 0, false],
    ['the pole within', northPole, 90, 0, true],
    ['the equator', northPole, 0, 0, false],
  ])(
    'judges a point of a polygon, whichever way its points go round: %s',
    (_, polygon, latitude, longitude, inside) => {
      const rounds = [polygon, [...polygon].reverse(), [...polygon, ...polygon.slice(0, 1)]];
      expect(rounds.map((points) => areaContains({ polygon: points }, latitude, longitude))).toEqual([
        inside,
        inside,
        inside,
      ]);
    },
  );

  it.each<[string, Area, number, number, boolean]>([
    ['the centre', circle(38, 125, 1), 38, 125, true],
    // One degree of latitude is 111.195 km on the sphere used here.
    ['just inside', circle(38, 125, 111.2), 39, 125, true],
    ['just outside', circle(38, 125, 111.1), 39, 125, false],
    ['across the 180th meridian', circle(0, 179.5, 120), 0, -179.5, true],
    ['around the pole', circle(89.5, 0, 120), 89.5, 180, true],
  ])('judges a point of a circle: %s', (_, area, latitude, longitude, inside) => {
    expect(areaContains(area, latitude, longitude)).toBe(inside);
  });
});

describe('polygonAreaKm2', () => {
  it('gives the same size either way round', () => {
    const size = polygonAreaKm2(yellowSea);
    expect(size).toBeGreaterThan(40_000);
    expect(size).toBeLessThan(41_500);
    expect(polygonAreaKm2([...yellowSea].reverse())).toBeCloseTo(size, 3);
  });
});
