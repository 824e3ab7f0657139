import type { CapAlert } from '../cap.js';
import type { CapRule } from '../cap.rule.js';
import type { Position } from '../cap.shapes.js';
import { where } from './places.js';
import { positionsOf } from './shapes.js';

/** The first position of each shape that a rule objects to. */
const firstThat = (alert: CapAlert, broken: (position: Position, all: readonly Position[]) => boolean) =>
  positionsOf(alert).flatMap(({ part, path }) => {
    const position = part.find((each) => broken(each, part));
    return where(position !== undefined, path, position && `${position[0]},${position[1]}`);
  });

/** Some publishers write an area across the 180th meridian with longitudes that go on past 180. */
const goesPastMeridian = ([, longitude]: Position, all: readonly Position[]): boolean =>
  Math.abs(longitude) > 180 && Math.abs(longitude) <= 360 && all.some(([, other]) => Math.abs(other) <= 180);

const isSwapped = ([latitude, longitude]: Position): boolean =>
  Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90;

/** Where shapes lie. */
export const POSITIONS: readonly CapRule[] = [
  {
    id: 'POSITION_RANGE',
    severity: 'error',
    says: 'Correct the position: latitude comes first, from -90 to 90, then longitude, from -180 to 180',
    source: 'CAP 3.3.1 (WGS 84)',
    find: ({ alert }) =>
      firstThat(
        alert,
        (position, all) =>
          Math.abs(position[0]) > 90 || (Math.abs(position[1]) > 180 && !goesPastMeridian(position, all)),
      ),
  },
  {
    id: 'POSITION_SWAPPED',
    severity: 'warning',
    says: 'Swap the numbers of each pair: this looks like longitude,latitude',
    source: 'CAP 3.3.1; practice',
    find: ({ alert }) => firstThat(alert, isSwapped),
  },
  {
    id: 'POSITION_MERIDIAN',
    severity: 'warning',
    says: 'Keep longitudes from -180 to 180, also in an area across the 180th meridian',
    source: 'CAP 3.3.1 (WGS 84)',
    find: ({ alert }) => firstThat(alert, goesPastMeridian),
  },
];
