import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { flightOf, positionAt } from '../ballistics/flight.js';
import { firstSight, partySights, radarStretch, sensedTrack } from './first-sight.js';
import { radarSees, radarView } from './radar-view.js';
import { sensorsSchema, type Radar, type Sensor } from './sensor.schema.js';

const flight = flightOf({ from: { lat: 40.6, lon: 126.4 }, bearingDeg: 80, rangeKm: 4600, apogeeKm: 1000 });
const track = sensedTrack(flight);
const radar: Radar = {
  id: 'radar',
  party: 'JP',
  kind: 'radar',
  names: {},
  sources: ['made up'],
  lat: 38,
  lon: 138,
  rangeKm: 1000,
  minElevationDeg: 0,
};
const satellites: Sensor = {
  id: 'satellites',
  party: 'US',
  kind: 'infrared',
  names: {},
  sources: ['made up'],
  cloudTopKm: 10,
  toldAfterS: 60,
};

it.each([
  // The horizon of 4/3 of the Earth: √(2 · 4/3 · R · h) is 130 km for 1 km of height.
  [1, 130.3],
  [10, 412],
])('what is %d km high stands on the horizon %d km away', (altitudeKm, distanceKm) => {
  const degrees = (distanceKm / 6371.0088) * (180 / Math.PI);
  const { elevationDeg } = radarView({ lat: 0, lon: 0 }, { lat: degrees, lon: 0, altitudeKm });
  expect(elevationDeg).toBeCloseTo(0, 1);
});

it('what is overhead is at 90° and as far as it is high', () => {
  expect(radarView({ lat: 10, lon: 10 }, { lat: 10, lon: 10, altitudeKm: 300 })).toEqual({
    slantRangeKm: 300,
    elevationDeg: 90,
  });
});

it('satellites see a rocket above the clouds, and their word takes a minute', () => {
  const sight = firstSight(flight, track, satellites);
  expect(sight?.at.altitudeKm).toBeGreaterThanOrEqual(10);
  expect(sight?.seenS).toBeLessThan(60);
  expect(sight?.toldS).toBe(60);
});

it('satellites do not see a rocket that burns out below the clouds', () => {
  const failed = flightOf({ from: { lat: 40, lon: 127 }, bearingDeg: 80, rangeKm: 4600, cutOffS: 15 });
  expect(firstSight(failed, sensedTrack(failed), satellites)).toBeUndefined();
});

it('a radar first sees it at the edge of its view, and tracks it without a gap', () => {
  const stretch = radarStretch(track, radar);
  expect(radarSees(radar, positionAt(flight, (stretch?.fromS ?? 0) - 2))).toBe(false);
  expect(radarSees(radar, positionAt(flight, stretch?.fromS ?? 0))).toBe(true);
  expect(stretch?.untilS).toBeGreaterThan(stretch?.fromS ?? Infinity);
});

it('a radar on the other side of the Earth sees nothing, and its party names no area', () => {
  const far = { ...radar, lat: -38, lon: -42 };
  expect(partySights(flight, [far])).toEqual([{ party: 'JP', first: undefined, areaNamed: undefined }]);
});

it('no area is named before burn-out, nor by a satellite', () => {
  const [jp, us] = partySights(flight, [radar, satellites]);
  expect(jp?.areaNamed?.timeS).toBeGreaterThan(flight.burnout.timeS);
  expect(jp?.areaNamed?.area.halfLengthKm).toBeLessThanOrEqual(100);
  expect(us?.areaNamed).toBeUndefined();
});

describe('as shipped', () => {
  const { sensors } = sensorsSchema.parse(
    parse(readFileSync(new URL('../../../config/sensors.yaml', import.meta.url), 'utf8')),
  );

  it('each sensor has its own id, a public source with an address, and names in three languages', () => {
    expect(new Set(sensors.map(({ id }) => id)).size).toBe(sensors.length);
    for (const sensor of sensors) {
      expect(Object.keys(sensor.names).sort()).toEqual(['en-US', 'ja-JP', 'ko-KR']);
      expect(sensor.sources.join(' ')).toMatch(/https?:\/\//);
    }
  });

  it('Korea sees the ascent before Japan does, as told of 14 January 2024', () => {
    const told = Object.fromEntries(
      partySights(flight, sensors).map(({ party, first }) => [party, first?.toldS ?? Infinity]),
    );
    expect(told['KR']).toBeLessThan(told['JP'] ?? 0);
  });
});
