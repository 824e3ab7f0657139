import type { CapRule } from '../cap.rule.js';
import { areas, blank, infos, where } from './places.js';

const hasShape = ({ polygon, circle }: { polygon: string[]; circle: string[] }): boolean =>
  [...polygon, ...circle].some((shape) => !blank(shape));

const numberOf = (text: string | undefined): number => (blank(text) ? Number.NaN : Number(text));

/** Where the message holds, apart from its shapes. */
export const AREA: readonly CapRule[] = [
  {
    id: 'AREA_MISSING',
    severity: 'advice',
    says: 'Say in area where the message holds; without it nobody knows whether it is for them',
    source: 'CAP 3.2.2 area; practice',
    find: ({ alert }) => infos(alert).flatMap(({ part, path }) => where(part.area.length === 0, `${path}.area`)),
  },
  {
    id: 'AREA_SHAPELESS',
    severity: 'warning',
    says: 'Add a polygon, a circle or a geocode; a machine cannot find an area by its description',
    source: 'CAP 3.2.4 area; practice (google/cap-library)',
    find: ({ alert }) =>
      areas(alert).flatMap(({ part, path }) =>
        where(!hasShape(part) && part.geocode.length === 0, path, part.areaDesc),
      ),
  },
  {
    id: 'AREA_GEOCODE_ONLY',
    severity: 'advice',
    says: 'Add a polygon or a circle beside the geocode, for receivers that do not know the code',
    source: 'CAP 3.2.4 geocode',
    find: ({ alert }) =>
      areas(alert).flatMap(({ part, path }) => where(!hasShape(part) && part.geocode.length > 0, path, part.areaDesc)),
  },
  {
    id: 'CEILING_ALONE',
    severity: 'error',
    says: 'Add altitude; a ceiling is the upper end of a range that begins there',
    source: 'CAP 3.2.4 ceiling',
    find: ({ alert }) =>
      areas(alert).flatMap(({ part, path }) => where(!blank(part.ceiling) && blank(part.altitude), `${path}.ceiling`)),
  },
  {
    id: 'CEILING_BELOW',
    severity: 'error',
    says: 'Correct the ceiling; it lies below the altitude that the range begins at',
    source: 'CAP 3.2.4 altitude, ceiling',
    find: ({ alert }) =>
      areas(alert).flatMap(({ part, path }) =>
        where(numberOf(part.ceiling) < numberOf(part.altitude), `${path}.ceiling`, part.ceiling),
      ),
  },
  {
    id: 'CEILING_EQUAL',
    severity: 'warning',
    says: 'Leave out the ceiling or raise it; it is the altitude that the range begins at',
    source: 'CAP 3.2.4 altitude, ceiling',
    find: ({ alert }) =>
      areas(alert).flatMap(({ part, path }) =>
        where(numberOf(part.ceiling) === numberOf(part.altitude), `${path}.ceiling`, part.ceiling),
      ),
  },
];
