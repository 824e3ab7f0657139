import { MEAN_RADIUS_KM, type Position } from '../ballistics/earth.js';
import { groundAngle } from '../ballistics/ground-angle.js';
import type { Radar } from './sensor.schema.js';

/** Radar waves bend along the Earth: on a sphere four thirds as large they run straight (Skolnik, "Radar Handbook"). */
const BENT_RADIUS_KM = (4 / 3) * MEAN_RADIUS_KM;

export interface RadarView {
  readonly slantRangeKm: number;
  readonly elevationDeg: number;
}

/** How far from a radar at sea level something is, and how high it stands above the radar's horizon. */
export function radarView(radar: Pick<Radar, 'lat' | 'lon'>, at: Position): RadarView {
  const trueAngle = groundAngle(radar, at);
  const radiusKm = MEAN_RADIUS_KM + at.altitudeKm;
  const slantRangeKm = Math.hypot(radiusKm * Math.sin(trueAngle), radiusKm * Math.cos(trueAngle) - MEAN_RADIUS_KM);
  const angle = (trueAngle * MEAN_RADIUS_KM) / BENT_RADIUS_KM;
  const bentRadiusKm = BENT_RADIUS_KM + at.altitudeKm;
  const elevation = Math.atan2(bentRadiusKm * Math.cos(angle) - BENT_RADIUS_KM, bentRadiusKm * Math.sin(angle));
  return { slantRangeKm, elevationDeg: (elevation * 180) / Math.PI };
}

export function radarSees(radar: Radar, at: Position): boolean {
  const { slantRangeKm, elevationDeg } = radarView(radar, at);
  return slantRangeKm <= radar.rangeKm && elevationDeg >= radar.minElevationDeg;
}
