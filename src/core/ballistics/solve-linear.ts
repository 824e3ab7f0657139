import { cross, dot, type Vector } from './vector.js';

/** Solves three linear equations by Cramer's rule; undefined when the columns do not span space. */
export function solveLinear([a, b, c]: readonly [Vector, Vector, Vector], right: Vector): Vector | undefined {
  const determinant = dot(a, cross(b, c));
  if (!(Math.abs(determinant) > 1e-12)) {
    return undefined;
  }
  return [
    dot(right, cross(b, c)) / determinant,
    dot(a, cross(right, c)) / determinant,
    dot(a, cross(b, right)) / determinant,
  ];
}
