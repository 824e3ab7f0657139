import type { CapAlert, CapArea } from './cap.js';
import { twiceArea } from './cap.ring.js';
import { readCircle, readPolygon, type CapCircle, type Position } from './cap.shapes.js';

/** Positions of GeoJSON: longitude, then latitude (RFC 7946, 3.1.1). */
type LonLat = [longitude: number, latitude: number];

export interface CapFeature {
  readonly type: 'Feature';
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: LonLat[][] };
  readonly properties: Readonly<Record<string, string>>;
}

export interface CapFeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly CapFeature[];
}

/** Mean radius of the Earth (IUGG). */
const EARTH_RADIUS_KM = 6371.0088;
const CIRCLE_CORNERS = 72;

/**
 * The shapes of a message as GeoJSON (RFC 7946): longitude first, rings closed and counter-clockwise, circles as polygons of 72
 * corners on a sphere. Each shape is a feature with the language and the description of its area; what cannot be read is left out.
 */
export function capGeoJson(alert: CapAlert): CapFeatureCollection {
  const features = alert.info.flatMap((info) =>
    info.area.flatMap((area) =>
      ringsOf(area).map((ring): CapFeature => {
        const { language = 'en-US', event, headline, urgency, severity, certainty } = info;
        return {
          type: 'Feature',
          geometry: { type: 'Polygon', coordinates: [ring] },
          properties: {
            ...{ identifier: alert.identifier, status: alert.status, msgType: alert.msgType, language, event },
            ...(headline === undefined ? {} : { headline }),
            ...{ urgency, severity, certainty, areaDesc: area.areaDesc },
          },
        };
      }),
    ),
  );
  return { type: 'FeatureCollection', features };
}

const ringsOf = ({ polygon, circle }: CapArea): LonLat[][] => [
  ...polygon.flatMap((text) => ring(readPolygon(text) ?? [])),
  ...circle.flatMap((text) => {
    const read = readCircle(text);
    return read && read.radiusKm > 0 ? ring(cornersOf(read)) : [];
  }),
];

/** A ring as GeoJSON wants it, or none where there are too few points to enclose anything. */
function ring(points: readonly Position[]): LonLat[][] {
  const [first] = points;
  const last = points.at(-1);
  const closed = first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...points, first] : [...points];
  if (closed.length < 4) {
    return [];
  }
  const turned = twiceArea(closed) < 0 ? closed.reverse() : closed;
  return [turned.map(([latitude, longitude]): LonLat => [longitude, latitude])];
}

/** Corners of a circle, each the radius away along a great circle (the direct problem on a sphere). */
function cornersOf({ centre: [latitude, longitude], radiusKm }: CapCircle): Position[] {
  const angle = Math.min(radiusKm / EARTH_RADIUS_KM, Math.PI);
  const [sinLat, cosLat] = [Math.sin(radians(latitude)), Math.cos(radians(latitude))];
  return Array.from({ length: CIRCLE_CORNERS }, (_, index): Position => {
    const bearing = (2 * Math.PI * index) / CIRCLE_CORNERS;
    const sin = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosLat, Math.cos(angle) - sinLat * sin);
    return [rounded(degrees(Math.asin(Math.max(-1, Math.min(1, sin))))), rounded(within180(longitude + degrees(turn)))];
  });
}

const radians = (deg: number): number => (deg * Math.PI) / 180;
const degrees = (rad: number): number => (rad * 180) / Math.PI;
/** Six decimals are about ten centimetres. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const within180 = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;
