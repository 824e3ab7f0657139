import { areaContains } from '../announcement/area.js';
import { PLACES } from '../place/places.js';
import type { Area } from '../scenario/scenario.schema.js';
import { outlinedCodes, outlineOf, type LonLat, type MultiPolygon } from './outline.js';
import { distanceKm, edgesCross, edgesOf, edgesOfRing, isWithinKm, outlineContains, type Edge } from './sphere.js';

/** Nearer than this to a place or line that two states claim, no area is inferred. */
export const DISPUTED_MARGIN_KM = 20;

export interface TouchedSubdivisions {
  /** ISO 3166-2, in alphabetical order. */
  readonly codes: string[];
  /**
   * What kept areas from being inferred: `kr-kp` within 20 km of both outlines, or a disputed place (a key of PLACES). A
   * person names the areas there. When the whole shape lies in such waters, `codes` is empty.
   */
  readonly withheld: string[];
}

/**
 * The first-level areas of Japan and of the Korean Peninsula whose coarse outline a shape touches. Exact for those outlines
 * on a sphere, and the outlines are generous: near a border and off a coast it names one area too many rather than one too
 * few. An ellipse is given as a polygon.
 */
export function subdivisionsTouching(area: Area): TouchedSubdivisions {
  const samples = samplesOf(area);
  const zones = samples.map(disputedAt);
  const withheld = [...new Set([...zones.filter((zone) => zone !== undefined), ...disputedPlacesNear(area)])].sort();
  const codes = zones.every((zone) => zone !== undefined)
    ? []
    : outlinedCodes().filter((code) => touches(area, outlineOf(code)));
  return { codes: codes.sort(), withheld };
}

/** The first-level areas that a position may lie in; near a border there can be two. */
export const subdivisionsAt = (latitude: number, longitude: number): TouchedSubdivisions =>
  subdivisionsTouching({ circle: { latitude, longitude, radiusKm: Number.MIN_VALUE } });

/**
 * Areas of the same state whose outlines touch or overlap this one's, across a strait too, as an alert for predicted
 * areas and those beside them needs. Empty for a code without an outline.
 */
export function neighboursOf(code: string): string[] {
  const outline = outlineOf(code);
  return outline === undefined
    ? []
    : outlinedCodes()
        .filter((other) => other !== code && other.slice(0, 2) === code.slice(0, 2))
        .filter((other) => outlinesTouch(outline, outlineOf(other)))
        .sort();
}

function touches(area: Area, outline: MultiPolygon | undefined): boolean {
  if (!outline) {
    return false;
  }
  if ('circle' in area) {
    const { latitude, longitude, radiusKm } = area.circle;
    return isWithinKm(outline, [longitude, latitude], radiusKm);
  }
  const ring = samplesOf(area);
  return (
    ring.some((point) => outlineContains(outline, point)) ||
    outline.coordinates.flat(2).some(([longitude, latitude]) => areaContains(area, latitude, longitude)) ||
    anyCross(edgesOfRing(ring), edgesOf(outline))
  );
}

const outlinesTouch = (one: MultiPolygon, other: MultiPolygon | undefined): boolean =>
  other !== undefined &&
  (anyCross(edgesOf(one), edgesOf(other)) ||
    one.coordinates.flat(2).some((point) => outlineContains(other, point)) ||
    other.coordinates.flat(2).some((point) => outlineContains(one, point)));

const anyCross = (some: readonly Edge[], others: readonly Edge[]): boolean =>
  some.some((edge) => others.some((other) => edgesCross(edge, other)));

/** The points of a polygon; of a circle its centre and eight points of its rim. */
function samplesOf(area: Area): LonLat[] {
  if (!('circle' in area)) {
    return area.polygon.map(([latitude, longitude]): LonLat => [longitude, latitude]);
  }
  const { latitude, longitude, radiusKm } = area.circle;
  const north = radiusKm / 111.195;
  const rim = Array.from({ length: 8 }, (_, index): LonLat => {
    const angle = (index * Math.PI) / 4;
    const east = north / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
    return [longitude + east * Math.sin(angle), latitude + north * Math.cos(angle)];
  });
  return [[longitude, latitude], ...rim];
}

/** What is disputed within 20 km of a position. */
function disputedAt(point: LonLat): string | undefined {
  const place = DISPUTED_PLACES.find(({ at }) => distanceKm(at, point) <= DISPUTED_MARGIN_KM);
  return place?.id ?? (isBetween('KR', 'KP', point) ? 'kr-kp' : undefined);
}

/** A disputed place inside a large shape is found although no sample of the shape comes near it. */
const disputedPlacesNear = (area: Area): string[] =>
  DISPUTED_PLACES.filter(({ at: [longitude, latitude] }) => areaContains(area, latitude, longitude)).map(
    ({ id }) => id,
  );

const isBetween = (one: string, other: string, point: LonLat): boolean =>
  [one, other].every((state) =>
    outlinedCodes().some((code) => {
      const outline = code.startsWith(state) ? outlineOf(code) : undefined;
      return outline !== undefined && isWithinKm(outline, point, DISPUTED_MARGIN_KM);
    }),
  );

const DISPUTED_PLACES = Object.entries(PLACES).flatMap(([id, { point, official }]) =>
  point && official ? [{ id, at: [point[1], point[0]] satisfies LonLat as LonLat }] : [],
);
