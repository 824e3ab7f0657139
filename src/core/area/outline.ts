import { OUTLINES } from './openstreetmap/outlines.js';

/** [longitude, latitude] in degrees, the order of GeoJSON (RFC 7946, section 3.1.1). */
export type LonLat = [number, number];

/** A GeoJSON geometry; outer rings go anticlockwise (RFC 7946, section 3.1.6). */
export interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: LonLat[][][];
}

const read = new Map<string, MultiPolygon>();

/**
 * The coarse outline of a first-level area, or undefined where this service has none (the United States). It is for
 * finding areas and for sketches: it reaches into the sea and overlaps its neighbours near a border.
 */
export function outlineOf(code: string): MultiPolygon | undefined {
  const text = Object.hasOwn(OUTLINES, code) ? OUTLINES[code] : undefined;
  if (text && !read.has(code)) {
    read.set(code, {
      type: 'MultiPolygon',
      coordinates: text.map((rings) => rings.map((ring, index) => wound(ring.split(',').map(pointOf), index === 0))),
    });
  }
  return read.get(code);
}

/** Every code that has an outline. */
export const outlinedCodes = (): string[] => Object.keys(OUTLINES);

function pointOf(text: string): LonLat {
  const [longitude, latitude] = text.split(' ').map(Number);
  return [longitude ?? Number.NaN, latitude ?? Number.NaN];
}

/** The ring going anticlockwise for an outer one, clockwise for a hole. No outline here crosses the 180th meridian. */
function wound(ring: LonLat[], outer: boolean): LonLat[] {
  const doubleArea = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return doubleArea > 0 === outer ? ring : [...ring].reverse();
}
