import type { PartySight } from '../core/sensors/first-sight.js';
import type { Sensor } from '../core/sensors/sensor.schema.js';
import { table } from './columns.js';
import type { FlightReport } from './flight-report.js';
import { terminalWidth } from './terminal.js';

interface Sights {
  readonly sights: readonly PartySight[];
  readonly sensors: readonly Sensor[];
}

/** A flight as lines for a person. */
export function flightText(report: FlightReport, seen?: Sights): string[] {
  const { burnout, impact } = report;
  return [
    `flight time  ${clock(report.flightTimeS)} (${report.flightTimeS} s)`,
    `range        ${report.rangeKm} km, bearing ${report.bearingDeg}°`,
    `apogee       ${report.apogeeKm} km`,
    `burn-out     ${clock(burnout.timeS)}, ${burnout.altitudeKm} km high, ${burnout.speedKmS} km/s over the ground`,
    `impact       ${impact.lat}, ${impact.lon}`,
    ...report.impactAreas.map(
      ({ trackS, halfLengthKm, halfWidthKm }) =>
        `  known to   ±${halfLengthKm.toFixed(0)} km by ±${halfWidthKm.toFixed(0)} km (95 %) after ${trackS} s of track`,
    ),
    '',
    ...rows(['time', 'latitude', 'longitude', 'height km'], report.track, (point) => [
      clock(point.timeS),
      point.lat.toFixed(2),
      point.lon.toFixed(2),
      point.altitudeKm.toFixed(1),
    ]),
    '',
    ...(report.passages.length === 0
      ? ['passes none of the named places']
      : rows(['passes', 'at', 'height km', 'from it km'], report.passages, (passage) => [
          passage.place,
          clock(passage.timeS),
          passage.altitudeKm.toFixed(0),
          passage.distanceKm.toFixed(0),
        ])),
    ...(seen === undefined ? [] : ['', ...sightRows(seen)]),
    '',
    `model        ${report.model.class}: ${report.model.name}`,
    ...report.warnings.map(({ code, message }) => `note         ${message} [${code}]`),
  ];
}

function sightRows({ sights, sensors }: Sights): string[] {
  const name = (id: string | undefined): string =>
    sensors.find((sensor) => sensor.id === id)?.names['en-US'] ?? 'none of its own';
  return rows(['party', 'first sees it', 'seen', 'told', 'can name an area'], sights, ({ party, first, areaNamed }) => [
    party,
    name(first?.sensorId),
    first === undefined ? 'never' : clock(first.seenS),
    first === undefined ? 'never' : clock(first.toldS),
    areaNamed === undefined ? 'never' : `${clock(areaNamed.timeS)}, ${name(areaNamed.sensorId)}`,
  ]);
}

const rows = <T>(heading: string[], items: readonly T[], cells: (item: T) => string[]): string[] =>
  table([heading, ...items.map(cells)], terminalWidth(), heading.length - 1);

/** Minutes and seconds after the launch. */
function clock(timeS: number): string {
  const whole = Math.round(timeS);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
