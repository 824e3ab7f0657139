import type { Point } from '../announcement/great-circle.js';
import { pointOfText } from '../regime/notice.areas.js';
import type { Notice, NoticeArea } from '../regime/notice.js';
import { clockwiseFromNorthWest, isFlat, isRoundPole } from './ring.js';
import { WarningTextError } from './warning-text.js';

/** An area with its positions as the form writes them. */
export type WrittenArea = { corners: string[] } | { centre: string; radius: number; unit: 'km' | 'NM' };

/**
 * The areas of impact in the words of a form: rings clockwise from their north-west corner, each radius with its unit.
 * Refuses a notice without an area, a radius without a unit, and a ring that rounding leaves without an inside.
 */
export function writtenAreas({ impactAreas }: Notice, position: (point: Point) => string): WrittenArea[] {
  if (impactAreas.length === 0) {
    throw new WarningTextError('WARNING_LACKS', 'Give impactAreas with positions: a warning bounds its area.');
  }
  return impactAreas.map((area) => writtenArea(area, position));
}

function writtenArea(area: NoticeArea, position: (point: Point) => string): WrittenArea {
  if ('polygon' in area) {
    return { corners: writtenRing(area.polygon, position) };
  }
  const { latitude, longitude, radius, unit } = area.circle;
  if (!unit) {
    throw new WarningTextError('WARNING_AREA', 'Give the unit of the radius, as in radiusKm or radius: "20 NM".');
  }
  return { centre: position([latitude, longitude]), radius, unit };
}

/** The ring is put in order after it is rounded, so that a text that was read is written again as it was. */
function writtenRing(polygon: readonly Point[], position: (point: Point) => string): string[] {
  const rounded = polygon.map((point) => pointOfText(position(point))!);
  const written = rounded.map(position);
  const ring = rounded.filter((_, index) => written[index] !== written[(index + 1) % written.length]);
  if (new Set(ring.map(position)).size < ring.length || ring.length < 3 || isRoundPole(ring) || isFlat(ring)) {
    throw new WarningTextError(
      'WARNING_AREA',
      'Draw an area that the form can write: three corners or more, none twice, with an inside, not round a pole.',
    );
  }
  return clockwiseFromNorthWest(ring).map(position);
}
