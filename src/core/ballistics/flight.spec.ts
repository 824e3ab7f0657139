import fc from 'fast-check';
import { DomainError } from '../domain-error.js';
import { courseTo, placeAt } from './earth.js';
import type { FlightRequest } from './flight-request.js';
import { flightOf, positionAt, trackOf } from './flight.js';
import { MISSILE_CLASS_NAMES } from './missile-classes.js';

const SUNAN = { lat: 39.2, lon: 125.67 };
const LOFTED: FlightRequest = { from: SUNAN, bearingDeg: 70, rangeKm: 999.2, apogeeKm: 6040.9 };

function refusal(request: FlightRequest): string {
  try {
    flightOf(request);
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'accepted';
}

it('ends at the impact place, over the apogee that was asked for', () => {
  const flight = flightOf(LOFTED);
  const end = placeAt(SUNAN, 70, 999.2);
  expect(courseTo(flight.impact, end).distanceKm).toBeLessThan(0.2);
  expect(flight.apogeeKm).toBeCloseTo(6040.9, 0);
  expect(flight.rangeKm).toBeCloseTo(999.2, 0);
  expect(positionAt(flight, flight.flightTimeS).altitudeKm).toBeCloseTo(0, 2);
});

it('is the same by impact place as by bearing and range', () => {
  const by = flightOf({ from: SUNAN, to: placeAt(SUNAN, 70, 999.2), apogeeKm: 6040.9 });
  expect(by.flightTimeS).toBeCloseTo(flightOf(LOFTED).flightTimeS, 2);
});

it('reaches any range in any direction from anywhere, with or against the rotation', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 50, max: 19_000, noNaN: true }),
      fc.constantFrom(undefined, 'lofted' as const),
      (lat, lon, bearingDeg, rangeKm, shape) => {
        const flight = flightOf({ from: { lat, lon }, bearingDeg, rangeKm, shape });
        expect(courseTo(flight.impact, placeAt({ lat, lon }, bearingDeg, rangeKm)).distanceKm).toBeLessThan(0.2);
        expect(flight.flightTimeS).toBeGreaterThan(flight.burnout.timeS);
        expect(flight.apogeeKm).toBeGreaterThan(flight.burnout.altitudeKm);
      },
    ),
    { numRuns: 20 },
  );
});

it.each([
  // The same range takes longer against the rotation of the target away, and the burn-out is faster westwards.
  [90, 270],
])('bearing %d and %d differ by the rotation', (east, west) => {
  const [eastward, westward] = [east, west].map((bearingDeg) =>
    flightOf({ from: { lat: 0, lon: 0 }, bearingDeg, rangeKm: 8000 }),
  );
  expect(westward?.burnout.speedKmS).toBeGreaterThan((eastward?.burnout.speedKmS ?? 0) + 0.3);
});

it.each<[string, FlightRequest, string]>([
  ['latitude beyond the pole', { ...LOFTED, from: { lat: 95, lon: 0 } }, 'FLIGHT_INPUT_INVALID'],
  ['latitude that is no number', { ...LOFTED, from: { lat: NaN, lon: 0 } }, 'FLIGHT_INPUT_INVALID'],
  ['longitude beyond the globe', { ...LOFTED, from: { lat: 0, lon: 181 } }, 'FLIGHT_INPUT_INVALID'],
  ['no range', { ...LOFTED, rangeKm: 0 }, 'FLIGHT_INPUT_INVALID'],
  ['negative range', { ...LOFTED, rangeKm: -10 }, 'FLIGHT_INPUT_INVALID'],
  ['endless range', { ...LOFTED, rangeKm: Infinity }, 'FLIGHT_INPUT_INVALID'],
  ['bearing that is no number', { ...LOFTED, bearingDeg: NaN }, 'FLIGHT_INPUT_INVALID'],
  ['negative apogee', { ...LOFTED, apogeeKm: -1 }, 'FLIGHT_INPUT_INVALID'],
  ['both ends', { ...LOFTED, to: { lat: 0, lon: 0 } }, 'FLIGHT_INPUT_INVALID'],
  ['no end', { from: SUNAN, bearingDeg: 70 }, 'FLIGHT_INPUT_INVALID'],
  ['apogee and shape', { ...LOFTED, shape: 'lofted' }, 'FLIGHT_INPUT_INVALID'],
  ['cut-off after burn-out', { ...LOFTED, cutOffS: 500 }, 'FLIGHT_INPUT_INVALID'],
  ['unknown class', { ...LOFTED, missileClass: 'trebuchet' }, 'FLIGHT_CLASS_UNKNOWN'],
  [
    'a Scud round the world',
    { from: SUNAN, bearingDeg: 0, rangeKm: 12_000, missileClass: 'scud' },
    'FLIGHT_CLASS_MISMATCH',
  ],
  [
    'a heavy missile on a short hop',
    { from: SUNAN, bearingDeg: 0, rangeKm: 60, missileClass: 'hwasong-17' },
    'FLIGHT_APOGEE_TOO_LOW',
  ],
  ['a glide in the air', { from: SUNAN, bearingDeg: 81, rangeKm: 850, apogeeKm: 50 }, 'FLIGHT_APOGEE_TOO_LOW'],
])('refuses %s', (_, request, code) => {
  expect(refusal(request)).toBe(code);
});

it.each<[string, FlightRequest, string | undefined]>([
  ['least energy', { from: SUNAN, bearingDeg: 80, rangeKm: 4500 }, undefined],
  ['far too low for its range', { from: SUNAN, bearingDeg: 60, rangeKm: 1500, apogeeKm: 150 }, 'FLIGHT_DEPRESSED'],
  ['low, and in the air', { from: SUNAN, bearingDeg: 60, rangeKm: 400, apogeeKm: 60 }, 'FLIGHT_MAY_BE_STEERED'],
  ['the far side of the globe', { from: SUNAN, bearingDeg: 60, rangeKm: 19_000 }, 'FLIGHT_APOGEE_RAISED'],
])('says of %s what has to be said', (_, request, code) => {
  const codes = flightOf(request).warnings.map((warning) => warning.code);
  expect(codes).toEqual([...(code === undefined ? [] : [code]), 'FLIGHT_CLASS_ASSUMED']);
});

it('lofted takes longer than least energy, depressed less long', () => {
  const [lofted, plain, depressed] = (['lofted', undefined, 'depressed'] as const).map(
    (shape) => flightOf({ from: SUNAN, bearingDeg: 80, rangeKm: 4500, shape }).flightTimeS,
  );
  expect(lofted).toBeGreaterThan((plain ?? 0) * 1.2);
  expect(depressed).toBeLessThan((plain ?? 0) * 0.9);
});

it('a burn that fails falls short, the sooner the shorter', () => {
  const whole: FlightRequest = { from: SUNAN, bearingDeg: 72, rangeKm: 3700, apogeeKm: 770 };
  const ranges = [20, 60, 100, 120].map((cutOffS) => flightOf({ ...whole, cutOffS }));
  expect(ranges.map(({ burnout }) => burnout.timeS)).toEqual([20, 60, 100, 120]);
  const sorted = [...ranges.map(({ rangeKm }) => rangeKm), 3700];
  expect([...sorted].sort((a, b) => a - b)).toEqual(sorted);
  expect(ranges[0]?.rangeKm).toBeLessThan(20);
});

it('every class flies something, each with its source', () => {
  const ranges: Record<string, number> = {
    'v-2': 300,
    scud: 300,
    nodong: 1200,
    'pukguksong-2': 1200,
    'hwasong-12': 4500,
  };
  for (const missileClass of MISSILE_CLASS_NAMES) {
    const flight = flightOf({ from: SUNAN, bearingDeg: 70, rangeKm: ranges[missileClass] ?? 9000, missileClass });
    expect(flight.missileClass.source).toMatch(/\d{4}/);
    expect(flight.burnout.altitudeKm).toBeGreaterThan(20);
  }
});

it('the track runs from the launch to the impact without a jump', () => {
  const flight = flightOf(LOFTED);
  const track = trackOf(flight, 60);
  expect(track[0]).toMatchObject({ timeS: 0 });
  expect(track[0]?.altitudeKm).toBeCloseTo(0, 6);
  expect(track.at(-1)?.timeS).toBe(flight.flightTimeS);
  track.slice(1).forEach((point, index) => {
    expect(Math.abs(point.altitudeKm - (track[index]?.altitudeKm ?? 0))).toBeLessThan(60 * 8);
  });
});
