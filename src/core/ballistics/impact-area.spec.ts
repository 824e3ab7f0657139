import { courseTo } from './earth.js';
import { flightOf } from './flight.js';
import { impactAreaAfter, ringOf, velocityErrorAfter } from './impact-area.js';
import { passageOver } from './passage.js';

const flight = flightOf({ from: { lat: 40.6, lon: 126.4 }, bearingDeg: 80, rangeKm: 4600, apogeeKm: 1000 });
const after = (trackS: number) => impactAreaAfter(flight, flight.burnout.timeS + trackS, trackS);

it('ten times the track tells the velocity √1000 times as well', () => {
  expect(velocityErrorAfter(10) / velocityErrorAfter(100)).toBeCloseTo(Math.sqrt(1000), 6);
});

it('the area shrinks with the track down to what wind and drag leave', () => {
  const lengths = [10, 20, 40, 80, 160, 320].map((trackS) => after(trackS)?.halfLengthKm ?? NaN);
  expect([...lengths].sort((a, b) => b - a)).toEqual(lengths);
  expect(lengths[0]).toBeGreaterThan(200);
  expect(lengths.at(-1)).toBeGreaterThan(4.8);
  expect(lengths.at(-1)).toBeLessThan(6);
});

it('its longer axis lies along the flight', () => {
  const along = (courseTo(flight.impact, flight.launch).bearingDeg + 180) % 180;
  expect(Math.abs((after(20)?.bearingDeg ?? NaN) - along)).toBeLessThan(10);
});

it.each([
  ['while the rocket burns', 100, 20],
  ['for a track that began before burn-out', flight.burnout.timeS + 10, 20],
  ['after the impact', flight.flightTimeS + 1, 20],
  ['without a track', flight.burnout.timeS + 10, 0],
])('there is none %s', (_, timeS, trackS) => {
  expect(impactAreaAfter(flight, timeS, trackS)).toBeUndefined();
});

it('a ring keeps to its half axes', () => {
  const area = { center: { lat: 10, lon: 20 }, halfLengthKm: 50, halfWidthKm: 20, bearingDeg: 30 };
  const distances = ringOf(area).map((place) => courseTo(area.center, place).distanceKm);
  expect(Math.max(...distances)).toBeCloseTo(50, 3);
  expect(Math.min(...distances)).toBeCloseTo(20, 3);
});

it('passes over northern Japan six to seven minutes after the launch, as the fire agency told of 4 October 2022', () => {
  const { timeS, altitudeKm } = passageOver(flight, { lat: 40.82, lon: 140.74 });
  expect(timeS / 60).toBeGreaterThan(6);
  expect(timeS / 60).toBeLessThan(7);
  expect(altitudeKm).toBeGreaterThan(700);
});

it('the nearest approach to a place behind the launch is during the rise', () => {
  expect(passageOver(flight, { lat: 40, lon: 116 }).timeS).toBeLessThan(15);
});
