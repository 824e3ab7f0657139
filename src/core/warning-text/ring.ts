import type { Point } from '../announcement/great-circle.js';

/**
 * The same ring clockwise from its north-west corner, as the manual on maritime safety information (MSC.1/Circ.1310, part 2)
 * asks. That corner is the point nearest to the north-west corner of the box around the ring, a reading of this project:
 * the manual does not say which corner of a slanted figure is meant.
 */
export function clockwiseFromNorthWest(ring: readonly Point[]): Point[] {
  const turned = isClockwise(ring) ? [...ring] : [...ring].reverse();
  const first = northWestIndex(turned);
  return [...turned.slice(first), ...turned.slice(0, first)];
}

/** Whether the points go round clockwise as seen on a chart with north up; the ring may cross the 180th meridian. */
export const isClockwise = (ring: readonly Point[]): boolean => twiceTheArea(ring) > 0;

/** Whether the points enclose nothing, so that there is no way round. */
export const isFlat = (ring: readonly Point[]): boolean => Math.abs(twiceTheArea(ring)) < 1e-9;

/** On a chart, in square degrees; positive where the points go round clockwise. */
function twiceTheArea(ring: readonly Point[]): number {
  const flat = unrolled(ring);
  return flat.reduce((sum, [latitude, longitude], index) => {
    const [nextLatitude, nextLongitude] = flat[(index + 1) % flat.length]!;
    return sum + (nextLongitude - longitude) * (nextLatitude + latitude);
  }, 0);
}

/** Which point is the north-west corner; of two that are as near, the one that comes first clockwise from the north. */
export function northWestIndex(ring: readonly Point[]): number {
  const flat = unrolled(ring);
  const north = Math.max(...flat.map(([latitude]) => latitude));
  const west = Math.min(...flat.map(([, longitude]) => longitude));
  const shrink = Math.cos((flat.reduce((sum, [latitude]) => sum + latitude, 0) / flat.length) * (Math.PI / 180));
  const far = flat.map(([latitude, longitude]) => Math.hypot(north - latitude, (longitude - west) * shrink));
  return far.reduce((best, each, index) => (isNearer(each, far[best]!, flat[index]!, flat[best]!) ? index : best), 0);
}

/** Distances that differ by less than what any form can write count as equal; then the more northern point is first. */
function isNearer(one: number, other: number, point: Point, best: Point): boolean {
  return Math.abs(one - other) > 1e-9
    ? one < other
    : point[0] > best[0] || (point[0] === best[0] && point[1] < best[1]);
}

/** Whether the ring goes round a pole, so that it has no north-west corner. */
export const isRoundPole = (ring: readonly Point[]): boolean =>
  Math.abs(ring.reduce((sum, [, longitude], index) => sum + step(longitude, ring[(index + 1) % ring.length]![1]), 0)) >
  1;

/** The points with longitudes that run on over the 180th meridian, each less than half a turn from the one before. */
function unrolled(ring: readonly Point[]): Point[] {
  let longitude = ring[0]?.[1] ?? 0;
  return ring.map(([latitude, each]): Point => {
    longitude += step(longitude, each);
    return [latitude, longitude];
  });
}

/** The shorter way from one longitude to another, in degrees, -180 to 180. */
const step = (from: number, to: number): number => ((((to - from + 180) % 360) + 360) % 360) - 180;
