import type { Place } from './earth.js';

const RADIAN = Math.PI / 180;

/** The angle between two places at the centre of a sphere, in radians (haversine): quick, and right to half a per cent. */
export function groundAngle(from: Place, to: Place): number {
  const half = (one: number, other: number): number => Math.sin(((other - one) * RADIAN) / 2) ** 2;
  const chord =
    half(from.lat, to.lat) + Math.cos(from.lat * RADIAN) * Math.cos(to.lat * RADIAN) * half(from.lon, to.lon);
  return 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
