import type { Position } from './cap.shapes.js';

/** Pairs of edges that are compared at most in one message: past that nothing is said, so that a document cannot cost minutes. */
export const MOST_COMPARISONS = 3_000_000;

interface Edge {
  readonly from: Position;
  readonly to: Position;
  readonly south: number;
  readonly north: number;
  readonly index: number;
}

/** The ring with longitudes that go on past 180, so that one across the 180th meridian is not torn apart. */
export function unwrapped(points: readonly Position[]): Position[] {
  let turn = 0;
  let previous = points[0]?.[1] ?? 0;
  return points.map(([latitude, longitude]): Position => {
    turn += longitude - previous > 180 ? -360 : longitude - previous < -180 ? 360 : 0;
    previous = longitude;
    return [latitude, longitude + turn];
  });
}

/** Twice the area in square degrees, positive where the ring goes counter-clockwise seen from above. */
export function twiceArea(points: readonly Position[]): number {
  return unwrapped(points).reduce((sum, [latitude, longitude], index, ring) => {
    const [nextLatitude, nextLongitude] = ring[(index + 1) % ring.length] ?? [latitude, longitude];
    return sum + longitude * nextLatitude - nextLongitude * latitude;
  }, 0);
}

/**
 * Where two edges of a ring cross, as the first points of both; undefined where none do. Edges that only touch do not cross. Edges are
 * straight in degrees, as the publishers of CAP draw them. `budget.left` counts comparisons down; at 0 the search ends.
 */
export function crossing(points: readonly Position[], budget: { left: number }): [Position, Position] | undefined {
  const edges = edgesOf(unwrapped(points)).sort((a, b) => a.south - b.south);
  for (const [position, edge] of edges.entries()) {
    for (let next = position + 1; next < edges.length; next += 1) {
      const other = edges[next];
      if (!other || other.south > edge.north || budget.left <= 0) {
        break;
      }
      budget.left -= 1;
      if (cross(edge, other)) {
        return edge.index < other.index ? [edge.from, other.from] : [other.from, edge.from];
      }
    }
  }
  return undefined;
}

const edgesOf = (ring: readonly Position[]): Edge[] =>
  ring.slice(1).map((to, index) => {
    const from = ring[index] ?? to;
    return { from, to, south: Math.min(from[0], to[0]), north: Math.max(from[0], to[0]), index };
  });

/** On which side of an edge a point lies: positive, negative, or 0 on its line. */
const side = ({ from, to }: Edge, [latitude, longitude]: Position): number =>
  (to[1] - from[1]) * (latitude - from[0]) - (to[0] - from[0]) * (longitude - from[1]);

const cross = (a: Edge, b: Edge): boolean => side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0;
