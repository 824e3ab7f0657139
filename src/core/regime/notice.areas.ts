import type { Point } from '../announcement/great-circle.js';
import type { NoticeArea } from './notice.js';
import { entryOf, isMapping, lengthOf, Unreadable, type Mapping } from './notice.values.js';

/** More corners, or more areas, than any notice has. */
const MAX_POINTS = 200;
const MAX_AREAS = 20;

const bad = (message: string): Unreadable => new Unreadable('NOTICE_AREA', message);

/**
 * A point as `[latitude, longitude]` in degrees, `{latitude, longitude}` (or lat, lon), or a text in one of the forms of
 * warnings: `39-30.5N 124-00.0E`, `393030N 1240000E`, `39.5N 124E`, `39.5, 124.0`.
 */
export function pointOf(value: unknown): Point {
  if (Array.isArray(value) && value.length === 2) {
    return checked([Number(value[0]), Number(value[1])]);
  }
  if (isMapping(value)) {
    const [latitude, longitude] = [
      entryOf(value, ['latitude', 'lat']),
      entryOf(value, ['longitude', 'lon', 'lng', 'long']),
    ];
    if (latitude !== undefined && longitude !== undefined) {
      return checked([Number(latitude), Number(longitude)]);
    }
  }
  const read = typeof value === 'string' ? pointOfText(value) : undefined;
  if (!read) {
    throw bad('Write a point as [latitude, longitude] in degrees, or as in "39-30.5N 124-00.0E".');
  }
  return checked(read);
}

function checked(point: Point): Point {
  const [latitude, longitude] = point;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw bad('Give latitude first, from -90 to 90 degrees, and then longitude, from -180 to 180.');
  }
  return point;
}

const MARKED = /(\d[\d .\-°'′"″]*?) *([NS])[ ,/]*(\d[\d .\-°'′"″]*?) *([EW])/i;
const DECIMAL = /^(-?\d+(?:\.\d+)?)[ ,]+(-?\d+(?:\.\d+)?)$/;

/** Reads a position written with N, S, E, W, or as two decimal numbers; undefined for anything else. */
export function pointOfText(text: string): Point | undefined {
  const [, lat, ns, lon, ew] = MARKED.exec(text.trim()) ?? [];
  if (lat && ns && lon && ew) {
    const [latitude, longitude] = [degreesOf(lat, 2), degreesOf(lon, 3)];
    return [/s/i.test(ns) ? -latitude : latitude, /w/i.test(ew) ? -longitude : longitude];
  }
  const [, first, second] = DECIMAL.exec(text.trim()) ?? [];
  return first && second ? [Number(first), Number(second)] : undefined;
}

/**
 * Degrees from parts set apart by marks (`39-30.5`, `39-30-15`, `39.5`), or from digits run together (`393015`, `3930`), in
 * which the degrees take two places for a latitude and three for a longitude. Not a number where minutes or seconds reach 60.
 */
function degreesOf(text: string, places: number): number {
  const parts = text
    .trim()
    .split(/[ \-°'′"″]+/)
    .filter(Boolean);
  const [whole = '', ...rest] = parts;
  const runTogether = parts.length === 1 && whole.split('.')[0]!.length > 3;
  const sexagesimal = runTogether
    ? split(whole, whole.split('.')[0]!.length % 2 === places % 2 ? places : places - 1)
    : [whole, ...rest];
  const [degrees = 0, minutes = 0, seconds = 0] = sexagesimal.map(Number);
  return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3600 : Number.NaN;
}

function split(digits: string, places: number): string[] {
  const [degrees, rest] = [digits.slice(0, places), digits.slice(places)];
  return rest.split('.')[0]!.length > 2 ? [degrees, rest.slice(0, 2), rest.slice(2)] : [degrees, rest];
}

/** The corners of a polygon, in the order given; the first is not written again at the end. */
export function polygonOf(value: unknown): Point[] {
  if (!Array.isArray(value)) {
    throw bad('Write a polygon as a list of points.');
  }
  if (value.length > MAX_POINTS + 1) {
    throw bad(`Give at most ${MAX_POINTS} points.`);
  }
  const points = value.map(pointOf);
  const [first, last] = [points[0], points.at(-1)];
  return first && last && points.length > 3 && first[0] === last[0] && first[1] === last[1]
    ? points.slice(0, -1)
    : points;
}

/**
 * An area: `{polygon: [...]}`, `{circle: {latitude, longitude, radiusKm | radiusNm | radius: "20 NM"}}`, the inside of
 * either, a list of three or more points, or GeoJSON (`Polygon`, whose positions are longitude first).
 */
export function areaOf(value: unknown): NoticeArea {
  if (Array.isArray(value)) {
    return polygonArea(value);
  }
  if (!isMapping(value)) {
    throw bad('Write an area as {polygon: [...]} or {circle: {latitude, longitude, radiusKm}}.');
  }
  const polygon = entryOf(value, ['polygon', 'points', 'vertices', 'corners', 'boundary']);
  const rings = entryOf(value, ['coordinates']);
  if (polygon !== undefined) {
    return polygonArea(polygon);
  }
  if (Array.isArray(rings)) {
    return polygonArea(
      (Array.isArray(rings[0]) ? rings[0] : []).map((at) => (Array.isArray(at) ? [at[1], at[0]] : at)),
    );
  }
  const circle = entryOf(value, ['circle']) ?? value;
  return isMapping(circle) ? circleOf(circle) : areaOf(circle);
}

function polygonArea(value: unknown): NoticeArea {
  const polygon = polygonOf(value);
  if (new Set(polygon.map(String)).size < 3) {
    throw bad('Give at least three different points.');
  }
  return { polygon };
}

function circleOf(circle: Mapping): NoticeArea {
  const [latitude, longitude] = pointOf(entryOf(circle, ['center', 'centre', 'point', 'position']) ?? circle);
  const [km, nm] = [entryOf(circle, ['radiusKm', 'km']), entryOf(circle, ['radiusNm', 'radiusNmi', 'nm'])];
  const unit = entryOf(circle, ['unit', 'units', 'radiusUnit']);
  const told = entryOf(circle, ['radius']);
  const text =
    km !== undefined
      ? `${String(km)} km`
      : nm !== undefined
        ? `${String(nm)} NM`
        : unit !== undefined
          ? `${String(told)} ${String(unit)}`
          : told;
  if (text === undefined) {
    throw bad('Give the radius of the circle with its unit, as in radiusKm: 20 or radius: "20 NM".');
  }
  const { amount, unit: read } = lengthOf(text);
  if (!(amount > 0)) {
    throw bad('Give a radius longer than nothing.');
  }
  return { circle: { latitude, longitude, radius: amount, ...(read ? { unit: read } : {}) } };
}

/** A place: an area, or a point, which becomes a circle of a metre so that distances can be measured from it. */
export function placeOf(value: unknown): NoticeArea {
  try {
    return areaOf(value);
  } catch (error) {
    const inner = isMapping(value) ? (entryOf(value, ['point', 'position', 'site', 'area']) ?? value) : value;
    if (isPoint(inner)) {
      const [latitude, longitude] = pointOf(inner);
      return { circle: { latitude, longitude, radius: 0.001, unit: 'km' } };
    }
    if (inner !== value) {
      return areaOf(inner);
    }
    throw error;
  }
}

function isPoint(value: unknown): boolean {
  try {
    pointOf(value);
    return true;
  } catch {
    return false;
  }
}

/** One area or a list of them. */
export function areasOf(value: unknown): NoticeArea[] {
  const isOnePolygon = Array.isArray(value) && value.length >= 3 && value.every(isPoint);
  const list = Array.isArray(value) && !isOnePolygon ? value : [value];
  if (list.length > MAX_AREAS) {
    throw bad(`Give at most ${MAX_AREAS} areas.`);
  }
  return list.map((each, index) => {
    try {
      return areaOf(each);
    } catch (error) {
      throw error instanceof Unreadable ? new Unreadable(error.code, error.message, String(index)) : error;
    }
  });
}
