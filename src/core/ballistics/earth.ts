import geographiclib from 'geographiclib-geodesic';
import { add, cross, scale, turnAboutAxis, type Vector } from './vector.js';

/** WGS 84 (NGA.STND.0036): gravitational parameter in km³/s², rotation in rad/s, semi-major axis in km, flattening. */
export const GRAVITATION_KM3_S2 = 398600.4418;
export const ROTATION_RAD_S = 7.292115e-5;
export const EQUATOR_RADIUS_KM = 6378.137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/** Mean radius of the Earth (IUGG), for what is reckoned on a sphere. */
export const MEAN_RADIUS_KM = 6371.0088;

const RADIAN = Math.PI / 180;

/** A place on the ellipsoid in degrees. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** A geodetic position: degrees, and kilometres above the WGS 84 ellipsoid. */
export interface Position extends Place {
  readonly altitudeKm: number;
}

/** East, north and up at a place, as directions in the frame that turns with the Earth. */
export interface LocalFrame {
  readonly east: Vector;
  readonly north: Vector;
  readonly up: Vector;
}

/** The position in km in the frame that turns with the Earth: first axis to 0°N 0°E, third axis to the north pole. */
export function earthFixed({ lat, lon, altitudeKm }: Position): Vector {
  const sin = Math.sin(lat * RADIAN);
  const cos = Math.cos(lat * RADIAN);
  const normal = EQUATOR_RADIUS_KM / Math.sqrt(1 - ECCENTRICITY_SQUARED * sin * sin);
  const flat = (normal + altitudeKm) * cos;
  return [
    flat * Math.cos(lon * RADIAN),
    flat * Math.sin(lon * RADIAN),
    (normal * (1 - ECCENTRICITY_SQUARED) + altitudeKm) * sin,
  ];
}

/** The inverse of `earthFixed`, by Bowring's iteration; exact to centimetres from the surface to 10,000 km. */
export function geodetic(fixed: Vector): Position {
  const [x, y, z] = fixed;
  const flat = Math.hypot(x, y);
  let tangent = (z / flat) * (1 / (1 - FLATTENING));
  for (let round = 0; round < 4; round += 1) {
    const reduced = Math.atan(tangent * (1 - FLATTENING));
    tangent =
      (z + (ECCENTRICITY_SQUARED / (1 - FLATTENING)) * EQUATOR_RADIUS_KM * Math.sin(reduced) ** 3) /
      (flat - ECCENTRICITY_SQUARED * EQUATOR_RADIUS_KM * Math.cos(reduced) ** 3);
  }
  const latitude = flat < 1e-9 ? (Math.sign(z) * Math.PI) / 2 : Math.atan(tangent);
  const sin = Math.sin(latitude);
  const cos = Math.cos(latitude);
  const altitudeKm = flat * cos + z * sin - EQUATOR_RADIUS_KM * Math.sqrt(1 - ECCENTRICITY_SQUARED * sin * sin);
  return { lat: latitude / RADIAN, lon: Math.atan2(y, x) / RADIAN, altitudeKm };
}

export function localFrame({ lat, lon }: Place): LocalFrame {
  const [sinLat, cosLat] = [Math.sin(lat * RADIAN), Math.cos(lat * RADIAN)];
  const [sinLon, cosLon] = [Math.sin(lon * RADIAN), Math.cos(lon * RADIAN)];
  return {
    east: [-sinLon, cosLon, 0],
    north: [-sinLat * cosLon, -sinLat * sinLon, cosLat],
    up: [cosLat * cosLon, cosLat * sinLon, sinLat],
  };
}

/** A vector given by its parts to the east, to the north and up, in the frame that turns with the Earth. */
export const fromLocal = ({ east, north, up }: LocalFrame, parts: Vector): Vector =>
  add(add(scale(east, parts[0]), scale(north, parts[1])), scale(up, parts[2]));

/** The inertial frame is the Earth-fixed one as it stood at the launch. */
export const toInertial = (fixed: Vector, timeS: number): Vector => turnAboutAxis(fixed, ROTATION_RAD_S * timeS);
export const toFixed = (inertial: Vector, timeS: number): Vector => turnAboutAxis(inertial, -ROTATION_RAD_S * timeS);

/** How fast a point that turns with the Earth moves in the inertial frame, in km/s. */
export const groundVelocity = (inertial: Vector): Vector => cross([0, 0, ROTATION_RAD_S], inertial);

/** The place at a distance and bearing (degrees, clockwise from north) along the geodesic, after Karney (2013). */
export function placeAt(from: Place, bearingDeg: number, distanceKm: number): Place {
  const found = geographiclib.Geodesic.WGS84.Direct(from.lat, from.lon, bearingDeg, distanceKm * 1000);
  return { lat: found.lat2 ?? NaN, lon: found.lon2 ?? NaN };
}

/** Distance along the geodesic, and its bearing at the start (degrees in 0..360). */
export function courseTo(from: Place, to: Place): { distanceKm: number; bearingDeg: number } {
  const found = geographiclib.Geodesic.WGS84.Inverse(from.lat, from.lon, to.lat, to.lon);
  return { distanceKm: (found.s12 ?? NaN) / 1000, bearingDeg: ((found.azi1 ?? NaN) + 360) % 360 };
}
