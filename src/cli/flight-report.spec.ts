import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { flightOf } from '../core/ballistics/flight.js';
import { placesSchema } from '../core/ballistics/places.schema.js';
import { partySights } from '../core/sensors/first-sight.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { flightReport } from './flight-report.js';
import { flightText } from './flight-text.js';

const { places } = placesSchema.parse(parse(readFileSync(join(PROJECT_ROOT, 'config', 'places.yaml'), 'utf8')));
const flight = flightOf({ from: { lat: 40.6, lon: 126.4 }, bearingDeg: 80, rangeKm: 4600, apogeeKm: 1000 });
const report = flightReport(flight, places, 60);

it('tells the passage over cities of northern Japan in the order of time, and no city behind the launch', () => {
  const passed = report.passages.map(({ place }) => place);
  expect(passed).toEqual(expect.arrayContaining(['Hakodate', 'Sapporo', 'Kushiro']));
  expect(passed).not.toContain('Pyongyang');
  const times = report.passages.map(({ timeS }) => timeS);
  expect([...times].sort((a, b) => a - b)).toEqual(times);
});

it('tells an area that shrinks', () => {
  const halves = report.impactAreas.map(({ halfLengthKm }) => halfLengthKm);
  expect(halves).toHaveLength(3);
  expect([...halves].sort((a, b) => b - a)).toEqual(halves);
});

it('survives JSON as it is', () => {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(report.track[0]).toEqual({ timeS: 0, lat: 40.6, lon: 126.4, altitudeKm: 0 });
  expect(report.track.at(-1)?.timeS).toBe(report.flightTimeS);
});

it('reads as lines for a person, with parties that see nothing', () => {
  const lines = flightText(report, { sights: [...partySights(flight, []), { party: 'XX' }], sensors: [] });
  expect(lines[0]).toMatch(/^flight time {2}22:\d\d \(\d+(\.\d)? s\)$/);
  expect(lines.join('\n')).toMatch(/XX +│ none of its own +│ never +│ never +│ never/);
  expect(lines.join('\n')).not.toMatch(/NaN|undefined|null/);
});

it('every place has its own spot and names in three languages', () => {
  expect(new Set(places.map(({ lat, lon }) => `${lat},${lon}`)).size).toBe(places.length);
  for (const { names } of places) {
    expect(Object.keys(names).sort()).toEqual(['en-US', 'ja-JP', 'ko-KR']);
  }
});
