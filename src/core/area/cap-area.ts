import { isSameLanguage } from '../scenario/pick-language.js';
import type { AlertArea } from './alert-area.js';
import { subdivisionName } from './subdivision.js';

/** An `area` of CAP 1.2 (section 3.2.4): positions are `latitude,longitude`, a polygon ends where it starts. */
export interface CapArea {
  areaDesc: string;
  polygon?: string;
  circle?: string;
  geocode?: { valueName: 'ISO3166-2'; value: string };
}

/**
 * The CAP area of an alert's area for a block in a language. A prefecture or province goes out as a geocode and its name;
 * its coarse outline does not, since whoever passes that on owes the attribution of OpenStreetMap.
 */
export function capArea(area: AlertArea, language: string): CapArea {
  if ('iso' in area) {
    return { areaDesc: subdivisionName(area.iso, language), geocode: { valueName: 'ISO3166-2', value: area.iso } };
  }
  if ('circle' in area) {
    const { latitude, longitude, radiusKm } = area.circle;
    return {
      areaDesc: around(`${latitude}, ${longitude}`, radiusKm, language),
      circle: `${latitude},${longitude} ${radiusKm}`,
    };
  }
  const points = area.polygon.map(([latitude, longitude]) => `${latitude},${longitude}`);
  const closed = points.at(-1) === points[0] ? points : [...points, points[0]];
  return { areaDesc: inside(points.length, language), polygon: closed.join(' ') };
}

function around(position: string, km: number, language: string): string {
  if (isSameLanguage(language, 'ja')) {
    return `${position}から半径${km}キロ以内`;
  }
  return isSameLanguage(language, 'ko') ? `${position} 반경 ${km}km 이내` : `Within ${km} km of ${position}`;
}

function inside(points: number, language: string): string {
  if (isSameLanguage(language, 'ja')) {
    return `${points}地点で囲まれた区域`;
  }
  return isSameLanguage(language, 'ko') ? `${points}개 지점으로 둘러싸인 구역` : `Area bounded by ${points} points`;
}
