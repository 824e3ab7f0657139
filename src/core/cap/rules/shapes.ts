import type { CapAlert } from '../cap.js';
import type { CapRule } from '../cap.rule.js';
import { crossing, MOST_COMPARISONS, twiceArea } from '../cap.ring.js';
import { readCircle, readPolygon, type CapCircle, type Position } from '../cap.shapes.js';
import { once } from './once.js';
import { areas, at, blank, where, type At } from './places.js';

interface Read<Shape> {
  readonly text: string;
  /** Undefined where the text is none. */
  readonly shape: Shape | undefined;
}

const shapesOf = <Shape>(name: 'polygon' | 'circle', read: (text: string) => Shape | undefined) =>
  once((alert: CapAlert): At<Read<Shape>>[] =>
    areas(alert).flatMap(({ part, path }) =>
      at(part[name], `${path}.${name}`).map((each) => ({
        path: each.path,
        part: { text: each.part, shape: blank(each.part) ? undefined : read(each.part) },
      })),
    ),
  );

const readPolygons = shapesOf('polygon', readPolygon);
const readCircles = shapesOf('circle', readCircle);

const whole = <Shape>(shapes: readonly At<Read<Shape>>[]): At<Shape>[] =>
  shapes.flatMap(({ part: { shape }, path }) => (shape === undefined ? [] : [{ part: shape, path }]));

const polygons = (alert: CapAlert): At<Position[]>[] => whole(readPolygons(alert));
const circles = (alert: CapAlert): At<CapCircle>[] => whole(readCircles(alert));

/** Every shape of a message as the positions that it names. */
export const positionsOf = (alert: CapAlert): At<readonly Position[]>[] => [
  ...polygons(alert),
  ...circles(alert).map(({ part, path }) => ({ part: [part.centre], path })),
];

/** Half of the Earth's girth: a circle that large is everywhere. */
const LARGEST_RADIUS_KM = 20_038;

const same = (a: Position | undefined, b: Position | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];
const isClosed = (points: readonly Position[]): boolean => same(points[0], points.at(-1));

/** Polygons and circles as written, and as shapes. Where they lie is in `positions.ts`. */
export const SHAPES: readonly CapRule[] = [
  {
    id: 'SHAPE_EMPTY',
    severity: 'warning',
    says: 'Remove the empty polygon or circle',
    source: 'practice',
    find: ({ alert }) =>
      [...readPolygons(alert), ...readCircles(alert)].flatMap(({ part, path }) => where(blank(part.text), path)),
  },
  {
    id: 'POLYGON_FORM',
    severity: 'error',
    says: 'Write the polygon as lat,lon pairs in degrees with spaces between the pairs only',
    source: 'CAP 3.2.4 polygon',
    find: ({ alert }) =>
      readPolygons(alert).flatMap(({ part: { text, shape }, path }) => where(!blank(text) && !shape, path, text)),
  },
  {
    id: 'POLYGON_POINTS',
    severity: 'error',
    says: 'Give the polygon at least four pairs, the first of them again as the last',
    source: 'CAP 3.2.4 polygon',
    find: ({ alert }) =>
      polygons(alert).flatMap(({ part, path }) => where(part.length < 4, path, `${part.length} pairs`)),
  },
  {
    id: 'POLYGON_OPEN',
    severity: 'error',
    says: 'Close the polygon: write its first pair again as its last',
    source: 'CAP 3.2.4 polygon',
    find: ({ alert }) =>
      polygons(alert).flatMap(({ part, path }) =>
        where(!isClosed(part), path, `${String(part[0])} ... ${String(part.at(-1))}`),
      ),
  },
  {
    id: 'POLYGON_CROSSES',
    severity: 'warning',
    says: 'Put the points of the polygon in the order of its border, so that no edges cross',
    source: 'practice (google/cap-library)',
    find: ({ alert }) => {
      const budget = { left: MOST_COMPARISONS };
      return polygons(alert).flatMap(({ part, path }) => {
        const found = crossing(part, budget);
        return where(found !== undefined, path, found && `edges from ${String(found[0])} and ${String(found[1])}`);
      });
    },
  },
  {
    id: 'POLYGON_FLAT',
    severity: 'warning',
    says: 'Check the polygon: it encloses nothing; a single place is better said by a circle',
    source: 'CAP 3.2.4 polygon',
    find: ({ alert }) =>
      polygons(alert).flatMap(({ part, path }) =>
        where(part.length >= 4 && isClosed(part) && Math.abs(twiceArea(part)) < 1e-10, path),
      ),
  },
  {
    id: 'CIRCLE_FORM',
    severity: 'error',
    says: 'Write the circle as lat,lon, a space, and the radius in kilometres, as in 35.5,139.7 10',
    source: 'CAP 3.2.4 circle',
    find: ({ alert }) =>
      readCircles(alert).flatMap(({ part: { text, shape }, path }) => where(!blank(text) && !shape, path, text)),
  },
  {
    id: 'CIRCLE_RADIUS',
    severity: 'error',
    says: 'Correct the radius of the circle: it is in kilometres and not below 0',
    source: 'CAP 3.2.4 circle',
    find: ({ alert }) =>
      circles(alert).flatMap(({ part, path }) => where(part.radiusKm < 0, path, `${part.radiusKm} km`)),
  },
  {
    id: 'CIRCLE_LARGE',
    severity: 'warning',
    says: 'Check the radius of the circle: it is in kilometres, and this one goes round the Earth',
    source: 'CAP 3.2.4 circle',
    find: ({ alert }) =>
      circles(alert).flatMap(({ part, path }) => where(part.radiusKm > LARGEST_RADIUS_KM, path, `${part.radiusKm} km`)),
  },
];
