import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { flightOf } from './flight.js';

interface ReportedFlight {
  id: string;
  from: [number, number];
  bearingDeg: number;
  rangeKm: number;
  apogeeKm?: number;
  flightTimesMin: number[];
  class?: string;
  notCounted?: string;
  said: string;
  source: string;
}

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const { flights } = parse(read('test/ballistics/flights.yaml')) as { flights: ReportedFlight[] };

/** Reports are rounded to the minute, so half a minute is no error. Where they differ the nearest one counts. */
const ROUNDING_MIN = 0.5;

const minutesOf = (
  { from: [lat, lon], bearingDeg, rangeKm, apogeeKm }: ReportedFlight,
  missileClass?: string,
): number => flightOf({ from: { lat, lon }, bearingDeg, rangeKm, apogeeKm, missileClass }).flightTimeS / 60;

const errorPercent = ({ flightTimesMin }: ReportedFlight, minutes: number): number =>
  Math.min(...flightTimesMin.map((told) => (Math.max(0, Math.abs(minutes - told) - ROUNDING_MIN) / told) * 100));

const results = flights.map((flight) => {
  const generic = minutesOf(flight);
  const own = flight.class === undefined ? undefined : minutesOf(flight, flight.class);
  return {
    flight,
    generic,
    genericError: errorPercent(flight, generic),
    own,
    ownError: own === undefined ? undefined : errorPercent(flight, own),
  };
});

/** The table as docs/model.md prints it. */
const tableLines = results.map(({ flight, generic, genericError, own, ownError }) => {
  const percent = (error: number): string => `${error.toFixed(1)} %${flight.notCounted ? ' *' : ''}`;
  const cells = [
    flight.id,
    String(flight.rangeKm),
    String(flight.apogeeKm ?? '-'),
    flight.flightTimesMin.join(' / '),
    generic.toFixed(1),
    percent(genericError),
    own?.toFixed(1) ?? '-',
    ownError === undefined ? '-' : percent(ownError),
  ];
  return cells.join(' | ');
});

const counted = results.filter(({ flight }) => flight.notCounted === undefined);
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

it.each([
  ['without a class', counted.map(({ genericError }) => genericError)],
  ['by class', counted.map(({ genericError, ownError }) => ownError ?? genericError)],
])('flight times %s: median error at most 2 %%, worst at most 6 %%', (_, errors) => {
  expect(errors.length).toBeGreaterThanOrEqual(13);
  expect(median(errors)).toBeLessThanOrEqual(2);
  expect(Math.max(...errors)).toBeLessThanOrEqual(6);
});

it('docs/model.md prints the table of today', () => {
  const unspaced = (text: string): string => text.replace(/ {2,}/g, ' ');
  const printed = read('docs/model.md')
    .split('\n')
    .filter((line) => /^\| \d{4}-\d{2}-\d{2} /.test(line))
    .map((line) =>
      unspaced(line)
        .replace(/^\| | \|$/g, '')
        .trim(),
    );
  expect(printed).toEqual(tableLines);
});

it('each flight names what was said and where', () => {
  for (const { said, source } of flights) {
    expect(said.length).toBeGreaterThan(10);
    expect(source).toMatch(/^https?:\/\//);
  }
});
