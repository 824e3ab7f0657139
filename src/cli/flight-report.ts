import { cutLine, type CutLine } from '../core/ballistics/cut-at-antimeridian.js';
import type { Place, Position } from '../core/ballistics/earth.js';
import type { FlightWarning } from '../core/ballistics/flight-warning.js';
import { trackOf, type Flight } from '../core/ballistics/flight.js';
import { impactAreaAfter, type ImpactArea } from '../core/ballistics/impact-area.js';
import { passageOver, type Passage } from '../core/ballistics/passage.js';
import type { NamedPlace } from '../core/ballistics/places.schema.js';

/** What `flight --json` prints. Times are seconds after the launch. */
export interface FlightReport {
  readonly flightTimeS: number;
  readonly apogeeKm: number;
  readonly rangeKm: number;
  readonly bearingDeg: number;
  readonly launch: Place;
  readonly impact: Place;
  readonly burnout: Flight['burnout'];
  readonly track: readonly (Position & { timeS: number })[];
  readonly groundTrack: CutLine;
  readonly passages: readonly PlacePassage[];
  /** Where it will fall, as known after a track of so many seconds from burn-out on. */
  readonly impactAreas: readonly (ImpactArea & { trackS: number })[];
  readonly model: { readonly name: string; readonly class: string; readonly source: string };
  readonly warnings: readonly FlightWarning[];
}

export type PlacePassage = Passage & { readonly place: string; readonly names: NamedPlace['names'] };

/** Passages farther from a place than this say nothing about it. */
const NEAR_KM = 300;
/** A place that is nearest while the rocket rises is not passed but left. */
const LEAVING_S = 15;
const TRACKS_S = [20, 60, 180];

const MODEL =
  'numerical powered flight, Kepler free flight (Bate, Mueller and White, chapter 6) over a rotating WGS 84 Earth with ' +
  'spherical gravity, re-entry with drag; docs/model.md';

export function flightReport(flight: Flight, places: readonly NamedPlace[], stepS: number): FlightReport {
  const track = trackOf(flight, stepS).map(tidy);
  return {
    flightTimeS: round(flight.flightTimeS, 1),
    apogeeKm: round(flight.apogeeKm, 1),
    rangeKm: round(flight.rangeKm, 1),
    bearingDeg: round(flight.bearingDeg, 2),
    launch: flight.launch,
    impact: { lat: round(flight.impact.lat, 4), lon: round(flight.impact.lon, 4) },
    burnout: {
      timeS: round(flight.burnout.timeS, 1),
      altitudeKm: round(flight.burnout.altitudeKm, 1),
      speedKmS: round(flight.burnout.speedKmS, 3),
    },
    track,
    groundTrack: cutLine(track),
    passages: passagesOf(flight, places),
    impactAreas: TRACKS_S.flatMap((trackS) => {
      const area = impactAreaAfter(flight, flight.burnout.timeS + trackS, trackS);
      return area === undefined ? [] : [{ trackS, ...area }];
    }),
    model: { name: MODEL, class: flight.missileClass.name, source: flight.missileClass.source },
    warnings: flight.warnings,
  };
}

function passagesOf(flight: Flight, places: readonly NamedPlace[]): readonly PlacePassage[] {
  return places
    .map(({ names, ...place }) => ({ place: names['en-US'] ?? '', names, ...passageOver(flight, place) }))
    .filter(({ timeS, distanceKm }) => timeS > LEAVING_S && distanceKm <= NEAR_KM)
    .sort((a, b) => a.timeS - b.timeS)
    .map((passage) => ({
      ...passage,
      timeS: round(passage.timeS, 1),
      altitudeKm: round(passage.altitudeKm, 1),
      distanceKm: round(passage.distanceKm, 1),
    }));
}

const tidy = ({ timeS, lat, lon, altitudeKm }: Position & { timeS: number }): Position & { timeS: number } => ({
  timeS: round(timeS, 1),
  lat: round(lat, 4),
  lon: round(lon, 4),
  altitudeKm: round(altitudeKm, 2),
});

/** Adding zero makes 0 of -0. */
const round = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;
