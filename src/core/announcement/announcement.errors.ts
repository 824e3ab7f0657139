import type { AnnouncementTerms, Area } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import { polygonAreaKm2 } from './area.js';

/** What can be wrong with an announcement whose form is right. The codes are stable. */
export type AnnouncementFaultCode = 'WINDOW_REVERSED' | 'WINDOW_TOO_LONG' | 'POLYGON_DEGENERATE';

export interface AnnouncementFault {
  code: AnnouncementFaultCode;
  /** Where in the terms, as in ['impactAreas', 0, 'polygon']. */
  path: (string | number)[];
  /** One sentence that says what to do. */
  message: string;
}

/** A window of more than a year announces nothing; it is a slip in the year. */
const MAX_WINDOW_DAYS = 366;

/** Less than a hundred metres square is a line or a point drawn as a polygon. */
const MIN_POLYGON_KM2 = 0.01;

const DAY_MS = 86_400_000;

/** Returns everything that is wrong with the terms of an announcement; an empty list means that nothing is. */
export function announcementFaults(terms: AnnouncementTerms): AnnouncementFault[] {
  return [...windowFaults(terms), ...polygonFaults(terms)];
}

function windowFaults({ windowStart, windowEnd }: AnnouncementTerms): AnnouncementFault[] {
  const lengthMs = runTimeOf(windowEnd) - runTimeOf(windowStart);
  if (lengthMs <= 0) {
    return [{ code: 'WINDOW_REVERSED', path: ['windowEnd'], message: 'Let the window end after it starts.' }];
  }
  if (lengthMs > MAX_WINDOW_DAYS * DAY_MS) {
    return [
      { code: 'WINDOW_TOO_LONG', path: ['windowEnd'], message: `Give a window of at most ${MAX_WINDOW_DAYS} days.` },
    ];
  }
  return [];
}

function polygonFaults({ launchArea, impactAreas }: AnnouncementTerms): AnnouncementFault[] {
  const areas: [(string | number)[], Area][] = impactAreas.map((area, index) => [['impactAreas', index], area]);
  if (launchArea) {
    areas.unshift([['launchArea'], launchArea]);
  }
  return areas.flatMap(([path, area]): AnnouncementFault[] =>
    'polygon' in area && isDegenerate(area.polygon)
      ? [
          {
            code: 'POLYGON_DEGENERATE',
            path: [...path, 'polygon'],
            message: 'Give at least three different points that enclose a surface.',
          },
        ]
      : [],
  );
}

function isDegenerate(points: [number, number][]): boolean {
  const different = new Set(points.map(([latitude, longitude]) => `${latitude},${longitude}`));
  return different.size < 3 || polygonAreaKm2(points) < MIN_POLYGON_KM2;
}
