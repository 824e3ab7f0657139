import { geoArea, geoContains, geoDistance } from 'd3-geo';
import type { Area } from '../scenario/scenario.schema.js';
import { distanceKm, EARTH_RADIUS_KM, pointToLineKm } from './great-circle.js';

/** Positions of an area are [latitude, longitude] in degrees. */
export type PolygonPoints = Extract<Area, { polygon: unknown }>['polygon'];

/**
 * Tells whether a position, in degrees, lies in an area on the sphere. Edges of a polygon are great circles;
 * it may cross the 180th meridian, and its points may go round either way.
 */
export function areaContains(area: Area, latitude: number, longitude: number): boolean {
  if ('circle' in area) {
    const { circle } = area;
    const distance = geoDistance([circle.longitude, circle.latitude], [longitude, latitude]) * EARTH_RADIUS_KM;
    return distance <= circle.radiusKm;
  }
  return geoContains(geoPolygon(area.polygon), [longitude, latitude]);
}

/** How far a position lies outside an area, in kilometres to its nearest edge; zero inside. */
export function kmOutside(area: Area, latitude: number, longitude: number): number {
  if (areaContains(area, latitude, longitude)) {
    return 0;
  }
  return 'circle' in area
    ? distanceKm([area.circle.latitude, area.circle.longitude], [latitude, longitude]) - area.circle.radiusKm
    : pointToLineKm([latitude, longitude], closed(area.polygon));
}

/** The size of the surface inside a polygon, in square kilometres, whichever way its points go round. */
export function polygonAreaKm2(points: PolygonPoints): number {
  return geoArea(geoPolygon(points)) * EARTH_RADIUS_KM ** 2;
}

interface GeoPolygon {
  type: 'Polygon';
  coordinates: [number, number][][];
}

/**
 * On a sphere a ring has two insides. A notice never means the larger one, so a ring that encloses more than
 * half of the sphere is taken to be written the other way round.
 */
function geoPolygon(points: PolygonPoints): GeoPolygon {
  const ring = closed(points.map(([latitude, longitude]): [number, number] => [longitude, latitude]));
  const polygon: GeoPolygon = { type: 'Polygon', coordinates: [ring] };
  return geoArea(polygon) > 2 * Math.PI ? { type: 'Polygon', coordinates: [[...ring].reverse()] } : polygon;
}

/** A ring ends where it starts; authors may write the first point again or leave that out. */
export function closed(ring: [number, number][]): [number, number][] {
  const first = ring[0];
  const last = ring.at(-1);
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}
