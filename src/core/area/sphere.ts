import { geoDistance } from 'd3-geo';
import { EARTH_RADIUS_KM } from '../announcement/great-circle.js';
import type { LonLat, MultiPolygon } from './outline.js';

type Vector = [number, number, number];

/** Kilometres along the great circle between two positions. */
export const distanceKm = (one: LonLat, other: LonLat): number => geoDistance(one, other) * EARTH_RADIUS_KM;

/** Whether a position lies in an outline. Its rings are short and regional, so that the plane of the map decides. */
export function outlineContains({ coordinates }: MultiPolygon, point: LonLat): boolean {
  return coordinates.some(
    ([outer, ...holes]) => outer !== undefined && inRing(outer, point) && !holes.some((hole) => inRing(hole, point)),
  );
}

/** Whether a position lies in an outline or within so many kilometres of it. */
export const isWithinKm = (outline: MultiPolygon, point: LonLat, km: number): boolean =>
  km >= latitudesOff(outline, point) * KM_A_DEGREE && distanceToOutlineKm(outline, point) <= km;

/** Kilometres from a position to an outline; nothing inside it. */
function distanceToOutlineKm(outline: MultiPolygon, point: LonLat): number {
  return outlineContains(outline, point)
    ? 0
    : Math.min(...edgesOf(outline).map((edge) => distanceToEdgeKm(point, edge)));
}

/** A degree of latitude on the sphere; a little less, so that nothing near the limit is passed over. */
const KM_A_DEGREE = 111;

/** How many degrees of latitude a position lies north or south of all of an outline: most are ruled out by this alone. */
function latitudesOff(outline: MultiPolygon, [, latitude]: LonLat): number {
  const [south, north] = latitudesOf(outline);
  return Math.max(0, south - latitude, latitude - north);
}

const latitudes = new WeakMap<MultiPolygon, [number, number]>();

function latitudesOf(outline: MultiPolygon): [number, number] {
  const known = latitudes.get(outline);
  if (known) {
    return known;
  }
  const all = outline.coordinates.flat(2).map(([, latitude]) => latitude);
  const found: [number, number] = [Math.min(...all), Math.max(...all)];
  latitudes.set(outline, found);
  return found;
}

/** A great-circle edge with what finding crossings needs, so that it is worked out once. */
export interface Edge {
  readonly from: LonLat;
  readonly to: LonLat;
  readonly start: Vector;
  readonly end: Vector;
  /** Of the plane of its great circle. */
  readonly normal: Vector;
}

const edges = new WeakMap<MultiPolygon, Edge[]>();

/** The edges of every ring of an outline. */
export function edgesOf(outline: MultiPolygon): Edge[] {
  const found = edges.get(outline) ?? outline.coordinates.flat().flatMap((ring) => edgesOfRing(ring));
  edges.set(outline, found);
  return found;
}

/** The edges of a ring, closed whether or not its last point repeats the first; none of no length. */
export const edgesOfRing = (ring: readonly LonLat[]): Edge[] =>
  ring
    .map((point, index): [LonLat, LonLat] => [point, ring[(index + 1) % ring.length] ?? point])
    .filter(([[fromX, fromY], [toX, toY]]) => fromX !== toX || fromY !== toY)
    .map(([from, to]) => {
      const [start, end] = [vectorOf(from), vectorOf(to)];
      return { from, to, start, end, normal: cross(start, end) };
    });

/** Whether two great-circle edges, each shorter than a quarter of the globe, meet. */
export const edgesCross = (one: Edge, other: Edge): boolean =>
  dot(one.start, other.start) > 0 &&
  dot(one.normal, other.start) * dot(one.normal, other.end) <= 0 &&
  dot(other.normal, one.start) * dot(other.normal, one.end) <= 0;

/** Even-odd rule: a ray to the east crosses the ring an odd number of times. */
function inRing(ring: readonly LonLat[], [x, y]: LonLat): boolean {
  return ring.reduce((inside, [ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
  }, false);
}

/** To the nearest point of the edge: its foot on the great circle when that lies between the ends, else the nearer end. */
function distanceToEdgeKm(point: LonLat, { from, to, start, end, normal }: Edge): number {
  const p = vectorOf(point);
  const isBetween = dot(cross(normal, start), p) >= 0 && dot(cross(end, normal), p) >= 0;
  const sine = dot(normal, p) / Math.hypot(...normal);
  return isBetween
    ? Math.abs(Math.asin(Math.max(-1, Math.min(1, sine)))) * EARTH_RADIUS_KM
    : Math.min(distanceKm(point, from), distanceKm(point, to));
}

function vectorOf([longitude, latitude]: LonLat): Vector {
  const [lambda, phi] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
