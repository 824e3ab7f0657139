import { areaContains, polygonAreaKm2 } from '../announcement/area.js';
import { distanceKm } from '../announcement/great-circle.js';
import type { Area } from '../scenario/scenario.schema.js';
import { listed } from './content-rules.js';
import { radiusKmOf, type Companion, type Notice, type NoticeArea } from './notice.js';
import type { RegimeRule } from './regime.js';

type Judge = RegimeRule['judge'];

/** A NOTAM and a navigational warning must go with the notice, each for the whole window and every area. */
export const pairedWithNotamAndNavarea: Judge = (notice) => {
  const faults = [...faultsOf('NOTAM', notice.notam, notice), ...faultsOf('NAVAREA', notice.navarea, notice)];
  const figures = { notam: notice.notam !== undefined, navarea: notice.navarea !== undefined, faults };
  return faults.length === 0
    ? {
        verdict: 'met',
        figures,
        detail: 'A NOTAM and a NAVAREA warning cover the window and every area of the notice.',
      }
    : { verdict: 'broken', figures, detail: `The notice lacks its pair: ${listed(faults)}.` };
};

function faultsOf(name: string, pair: Companion | undefined, notice: Notice): string[] {
  if (!pair) {
    return [`no ${name} is named with it`];
  }
  const { windowStart, windowEnd, impactAreas } = notice;
  const isWindowCovered =
    windowStart === undefined ||
    windowEnd === undefined ||
    (pair.windowStart !== undefined &&
      pair.windowEnd !== undefined &&
      pair.windowStart <= windowStart &&
      pair.windowEnd >= windowEnd);
  const open = impactAreas.flatMap((area, index) =>
    pair.areas.some((other) => covers(other, area)) ? [] : [index + 1],
  );
  return [
    ...(isWindowCovered ? [] : [`the ${name} does not cover the whole window`]),
    ...(open.length > 0 ? [`the ${name} does not cover impact area ${listed(open.map(String))}`] : []),
  ];
}

/** Whether an area holds another: every corner of it, or the whole of a circle. Corners on the edge count as held. */
function covers(outer: NoticeArea, inner: NoticeArea): boolean {
  if (JSON.stringify(outer) === JSON.stringify(inner)) {
    return true;
  }
  if ('polygon' in inner) {
    return inner.polygon.every((point) => isIn(outer, point));
  }
  const centre: [number, number] = [inner.circle.latitude, inner.circle.longitude];
  if ('circle' in outer) {
    const apart = distanceKm([outer.circle.latitude, outer.circle.longitude], centre);
    return apart + radiusKmOf(inner.circle) <= radiusKmOf(outer.circle) + EDGE_KM;
  }
  return isIn(outer, centre) && polygonAreaKm2(outer.polygon) >= Math.PI * radiusKmOf(inner.circle) ** 2;
}

/** Warnings round positions to a tenth or a hundredth of a minute: up to 185 m. */
const EDGE_KM = 0.2;

function isIn(area: NoticeArea, [latitude, longitude]: [number, number]): boolean {
  const corners = 'polygon' in area ? area.polygon : [];
  return (
    areaContains(plainArea(area), latitude, longitude) ||
    corners.some((corner) => distanceKm(corner, [latitude, longitude]) <= EDGE_KM)
  );
}

function plainArea(area: NoticeArea): Area {
  if ('polygon' in area) {
    return area;
  }
  const { latitude, longitude } = area.circle;
  return { circle: { latitude, longitude, radiusKm: radiusKmOf(area.circle) } };
}

/** Every radius says its unit; where the regime writes one unit only, it is that one. */
export function radiusUnit(unit?: 'km' | 'NM'): Judge {
  return ({ launchArea, impactAreas }) => {
    const areas = [...(launchArea ? [launchArea] : []), ...impactAreas];
    const units = areas.flatMap((area) => ('circle' in area ? [area.circle.unit ?? 'none'] : []));
    const wrong = units.filter((each) => each === 'none' || (unit !== undefined && each !== unit));
    const figures = { units, ...(unit ? { unitAskedFor: unit } : {}) };
    if (units.length === 0) {
      return { verdict: 'met', figures, detail: 'The notice gives no radius, so no unit can be mistaken.' };
    }
    if (wrong.length === 0) {
      return { verdict: 'met', figures, detail: `Every radius says its unit: ${listed([...new Set(units)])}.` };
    }
    return {
      verdict: 'broken',
      figures,
      detail: wrong.includes('none')
        ? 'A radius is given without its unit; kilometres and nautical miles differ by a factor of 1.852.'
        : `A radius is given in ${listed([...new Set(wrong)])}, and ${unit} are asked for.`,
    };
  };
}
