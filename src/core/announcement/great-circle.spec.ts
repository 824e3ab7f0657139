import fc from 'fast-check';
import { destination, distanceKm, initialBearingDeg, lineToLineKm, middleOf, pointToLineKm } from './great-circle.js';
import type { Point } from './great-circle.js';

const point = fc.tuple(
  fc.double({ min: -80, max: 80, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
) as fc.Arbitrary<Point>;

describe('distances on great circles', () => {
  it.each<[string, number, number]>([
    ['a degree of the equator', distanceKm([0, 0], [0, 1]), 111.19],
    ['across the 180th meridian', distanceKm([0, 179.5], [0, -179.5]), 111.19],
    ['a point beside the middle of an edge', pointToLineKm([1, 5], [[0, 0], [0, 10]]), 111.19],
    ['a point beyond the end of an edge', pointToLineKm([0, 11], [[0, 0], [0, 10]]), 111.19],
    ['a point on the far side of the sphere', pointToLineKm([0, -170], [[0, 0], [0, 5]]), 170 * 111.195],
    ['two edges that cross', lineToLineKm([[-1, 5], [1, 5]], [[0, 0], [0, 10]]), 0],
    ['two edges that do not', lineToLineKm([[1, 5], [2, 5]], [[0, 0], [0, 10]]), 111.19],
    ['an edge that is one point', lineToLineKm([[1, 5], [1, 5]], [[0, 0], [0, 10]]), 111.19],
  ])('%s', (_, km, expected) => expect(km).toBeCloseTo(expected, 0)); // prettier-ignore

  it('goes so far in a direction and measures the same back', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 1, max: 359, noNaN: true }), fc.double({ min: 1, max: 15_000, noNaN: true }), (from, bearing, km) => {
        const to = destination(from, bearing, km);
        expect(distanceKm(from, to)).toBeCloseTo(km, 3);
        expect(initialBearingDeg(from, to)).toBeCloseTo(bearing, 3);
      }),
    ); // prettier-ignore
  });

  it('finds no point of an edge nearer than it says', () => {
    fc.assert(
      fc.property(point, point, point, fc.double({ min: 0, max: 1, noNaN: true }), (p, a, b, part) => {
        const at = destination(a, initialBearingDeg(a, b), distanceKm(a, b) * part);
        expect(distanceKm(p, at)).toBeGreaterThanOrEqual(pointToLineKm(p, [a, b]) - 0.01);
      }),
    );
  });

  it('puts the middle between two points as far from either', () => {
    const middle = middleOf([
      [40, 170],
      [40, -170],
    ])!;
    expect(middle[1]).toBeCloseTo(180, 6);
    expect(middleOf([])).toBeUndefined();
  });
});
