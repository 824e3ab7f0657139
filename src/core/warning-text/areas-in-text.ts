import type { Point } from '../announcement/great-circle.js';
import { pointOfText } from '../regime/notice.areas.js';
import type { NoticeArea } from '../regime/notice.js';
import { isClockwise, isRoundPole, northWestIndex } from './ring.js';
import type { TextFinding } from './warning-text.js';

/** Three times the corners of the largest area that a notice file may have. */
const MAX_POSITIONS = 600;

const PARTS = String.raw`(?:-\d{2}(?:\.\d+)?){0,2}|(?:\d{2}){0,2}(?:\.\d+)?|(?: \d{2}(?:\.\d+)?){0,2}`;
const POSITION = new RegExp(String.raw`(?<!\d)\d{2}(?:${PARTS}) ?[NS][ ,/]*\d{3}(?:${PARTS}) ?[EW]`, 'g');
const RADIUS =
  /\b(?:RADIUS|WITHIN|WI|CIRCLE)\b[^.\d]{0,20}(\d+(?:\.\d+)?) ?(NM|NAUTICAL MILES?|KM|KILOMET(?:RE|ER)S?|MILES?|MET(?:RE|ER)S?|M)?\b/;
const MARKER = /(?:^|[\s.:])(?:[A-Z]|\d{1,2})[.)]\s/g;

/** Reads the areas that a text bounds: rings of three positions or more, and circles. Positions may be in any form of warnings. */
export function areasInText(text: string, findings: TextFinding[]): NoticeArea[] {
  const segments = text.split(MARKER).map((segment) => ({ segment, points: positionsIn(segment, findings) }));
  const filled = segments.filter(({ points }) => points.length > 0);
  if (filled.length > 1 && filled.every(({ segment, points }) => points.length === 1 && !RADIUS.test(flat(segment)))) {
    return areasOfLetteredPoints(segments, findings);
  }
  return filled.flatMap(({ segment, points }) => areasOf(segment, points, findings));
}

/** Some offices letter the corners of one area, or the centres of circles with one radius, and not the areas. */
function areasOfLetteredPoints(
  segments: { segment: string; points: Point[] }[],
  findings: TextFinding[],
): NoticeArea[] {
  const points = segments.flatMap((each) => each.points);
  const shared = segments.find((each) => each.points.length === 0 && RADIUS.test(flat(each.segment)));
  return shared ? points.flatMap((point) => areasOf(shared.segment, [point], findings)) : areasOfRing(points, findings);
}

function positionsIn(text: string, findings: TextFinding[]): Point[] {
  const found = [...flat(text).matchAll(POSITION)].slice(0, MAX_POSITIONS);
  return found.flatMap(([written]) => {
    const point = pointOfText(written);
    if (point && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180) {
      return [point];
    }
    findings.push({ code: 'POSITION_UNREADABLE', message: `There is no position ${written}; it was left out.` });
    return [];
  });
}

function areasOf(segment: string, points: Point[], findings: TextFinding[]): NoticeArea[] {
  const [, radius, unit] = RADIUS.exec(flat(segment)) ?? [];
  if (points.length === 1 && radius !== undefined && Number(radius) > 0) {
    return [circleOf(points[0]!, Number(radius), unit, findings)];
  }
  if (/\b(TRACK ?LINE|EITHER SIDE OF|LINE DEFINED BY)\b/.test(segment) && points.length > 0) {
    findings.push({ code: 'LINE_ONLY', message: 'A line is no area; its positions were left out.' });
    return [];
  }
  return points.length === 0 ? [] : areasOfRing(points, findings);
}

function circleOf(centre: Point, radius: number, unit: string | undefined, findings: TextFinding[]): NoticeArea {
  const at = { latitude: centre[0], longitude: centre[1] };
  if (unit && /^(NM|NAUT)/.test(unit)) {
    return { circle: { ...at, radius, unit: 'NM' } };
  }
  if (unit && /^(K|M$|MET)/.test(unit)) {
    return { circle: { ...at, radius: unit.startsWith('K') ? radius : radius / 1000, unit: 'km' } };
  }
  findings.push({
    code: 'RADIUS_UNIT',
    message: `The radius ${radius} has no unit that is certain${unit ? ` (${unit})` : ''}; it was kept without one.`,
  });
  return { circle: { ...at, radius } };
}

/** Cuts positions into rings where a ring comes back to its first point. */
function areasOfRing(points: readonly Point[], findings: TextFinding[]): NoticeArea[] {
  const rings: Point[][] = [[]];
  for (const point of points) {
    const ring = rings.at(-1)!;
    if (ring.length > 2 && isSame(ring[0]!, point)) {
      rings.push([]);
    } else if (ring.length > 0 || !rings.some(([first]) => first && isSame(first, point))) {
      ring.push(point);
    }
  }
  return rings.flatMap((ring) => ringArea(ring, findings));
}

function ringArea(ring: Point[], findings: TextFinding[]): NoticeArea[] {
  if (ring.length === 0) {
    return [];
  }
  if (new Set(ring.map(String)).size < 3) {
    findings.push({ code: 'POINT_ONLY', message: `${ring.length} position(s) bound no area; they were left out.` });
    return [];
  }
  return [{ polygon: ring }];
}

/** What is to be said of the order of corners where a form asks for clockwise from the north-west. */
export const orderFindings = (areas: readonly NoticeArea[]): TextFinding[] =>
  areas.flatMap((area) => ('polygon' in area && !isRoundPole(area.polygon) ? ringFindings(area.polygon) : []));

function ringFindings(ring: readonly Point[]): TextFinding[] {
  if (!isClockwise(ring)) {
    return [{ code: 'RING_DIRECTION', message: 'The corners go round anticlockwise; they were kept as written.' }];
  }
  return northWestIndex(ring) === 0
    ? []
    : [{ code: 'RING_START', message: 'The corners do not begin in the north-west; they were kept as written.' }];
}

const isSame = (one: Point, other: Point): boolean => one[0] === other[0] && one[1] === other[1];

const flat = (text: string): string => text.replace(/\s+/g, ' ');
