import { geoProjection, geoStream, geoClipAntimeridian } from 'd3-geo';
import type { Place } from './earth.js';

type Ring = [lon: number, lat: number][];

/** GeoJSON geometries (RFC 7946), positions in degrees as [longitude, latitude], no edge across the 180th meridian. */
export interface CutLine {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly Ring[];
}
export interface CutArea {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly Ring[])[];
}

/** A line over the globe, cut where it crosses the 180th meridian (RFC 7946, 3.1.9). */
export function cutLine(places: readonly Place[]): CutLine {
  return { type: 'MultiLineString', coordinates: cut({ type: 'LineString', coordinates: places.map(pair) }) };
}

/** The area inside a ring that goes round clockwise seen from above, cut likewise; it may hold a pole. */
export function cutArea(ring: readonly Place[]): CutArea {
  const parts = cut({ type: 'Polygon', coordinates: [ring.map(pair)] });
  // RFC 7946 wants outer rings counter-clockwise, d3-geo clockwise.
  return { type: 'MultiPolygon', coordinates: parts.map((part) => [closed([...part].reverse())]) };
}

const pair = ({ lat, lon }: Place): [number, number] => [lon, lat];

type Shape =
  { type: 'LineString'; coordinates: [number, number][] } | { type: 'Polygon'; coordinates: [number, number][][] };

const DEGREE = 180 / Math.PI;

/** d3-geo does the cutting; the projection that it asks for only turns radians into degrees again. */
function cut(shape: Shape): Ring[] {
  const parts: Ring[] = [];
  const degrees = geoProjection((lon, lat) => [lon, lat])
    .preclip(geoClipAntimeridian)
    .precision(0)
    .translate([0, 0])
    .scale(DEGREE);
  const nothing = (): void => {};
  geoStream(
    shape,
    degrees.stream({
      point: (lon, lat) => parts.at(-1)?.push([rounded(lon), rounded(-lat)]),
      lineStart: () => parts.push([]),
      lineEnd: nothing,
      polygonStart: nothing,
      polygonEnd: nothing,
    }),
  );
  return parts.filter((part) => part.length > 1);
}

/** A millionth of a degree, 0.1 m; and no -0. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6 + 0;

function closed(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}
