import type { Area } from '../core/scenario/scenario.schema.js';

const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?`;
const POINT = new RegExp(`^(${NUMBER}),(${NUMBER})$`);

function pointOf(text: string): [number, number] | undefined {
  const match = POINT.exec(text);
  const point: [number, number] = [Number(match?.[1]), Number(match?.[2])];
  return match && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : undefined;
}

/**
 * Reads an area in degrees: `lat,lon radiusKm` is a circle, three or more `lat,lon` a polygon.
 * Undefined when the text is neither or a position is not on the globe.
 */
export function areaOf(text: string): Area | undefined {
  const words = text.trim().split(/\s+/);
  const radius = /^(\d+(?:\.\d+)?)(?:km)?$/i.exec(words[1] ?? '');
  if (words.length === 2 && radius) {
    const point = pointOf(words[0] ?? '');
    const radiusKm = Number(radius[1]);
    return point && radiusKm > 0 ? { circle: { latitude: point[0], longitude: point[1], radiusKm } } : undefined;
  }
  const points = words.map(pointOf);
  const polygon = points.filter((point) => point !== undefined);
  return polygon.length >= 3 && polygon.length === points.length ? { polygon } : undefined;
}
