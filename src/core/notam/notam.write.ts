import { distanceKm, middleOf, type Point } from '../announcement/great-circle.js';
import { KM_PER_NM, radiusKmOf, type Notice, type NoticeArea } from '../regime/notice.js';
import { isoOf, type RunTime } from '../time/time.js';
import { pointOfText } from '../regime/notice.areas.js';
import { ACT_WORDING } from '../warning-text/acts-in-text.js';
import { positionInQLine, positionInSeconds } from '../warning-text/position-text.js';
import { hhmm, wholeMinutes } from '../warning-text/warning-times.js';
import { WarningTextError, type TextFinding, type WrittenWarning } from '../warning-text/warning-text.js';
import { writtenAreas, type WrittenArea } from '../warning-text/written-areas.js';

export const NOTAM_NUMBER = /^[A-Z]\d{4}\/\d{2}$/;

/** The most that the three digits of the Q line hold. */
const MAX_Q_RADIUS_NM = 999;

/**
 * Writes a notice as a new NOTAM: items Q, A to G, positions in whole seconds, each radius with its unit, rings clockwise.
 * The notice gives no heights, so all are reserved. `number` is what the issuing office gives it, as in A0001/30.
 */
export function writeNotam(notice: Notice, number?: string): WrittenWarning {
  const findings: TextFinding[] = [];
  const { fir } = notice;
  if (!fir) {
    throw new WarningTextError(
      'WARNING_LACKS',
      'Give fir, the flight information region by its four letters, as in RJJJ.',
    );
  }
  const what = wordingOf(notice);
  const { start, end } = wholeMinutes(notice, findings);
  const areas = writtenAreas(notice, positionInSeconds);
  findings.push({ code: 'HEIGHTS_NOT_TOLD', message: 'A notice gives no heights: items F and G reserve all of them.' });
  const lines = [
    `${numberOf(number, findings)}NOTAMN`,
    `Q) ${fir}/${qCodeOf(notice)}/IV/BO/W/000/999/${qCircle(areas.map(asWritten))}`,
    `A) ${fir} B) ${yymmddhhmm(start)} C) ${yymmddhhmm(end)}`,
    ...(notice.daily ? [`D) DAILY ${hhmm(notice.daily.fromMinute)}-${hhmm(notice.daily.toMinute)}`] : []),
    ...withAreas(what, areas),
    'F) SFC G) UNL',
  ];
  return { text: `(${lines.join('\n')})`, findings };
}

function numberOf(number: string | undefined, findings: TextFinding[]): string {
  if (number === undefined) {
    findings.push({ code: 'NUMBER_OPEN', message: 'The issuing office gives the number; none was written.' });
    return '';
  }
  if (!NOTAM_NUMBER.test(number)) {
    throw new WarningTextError('WARNING_NUMBER', 'Write the number of a NOTAM as in A0001/30.');
  }
  return `${number} `;
}

function wordingOf({ act }: Notice): string {
  const wording = act && ACT_WORDING[act];
  if (!wording) {
    throw new WarningTextError(
      'WARNING_ACT',
      `A NOTAM needs an act that endangers aircraft (${Object.keys(ACT_WORDING).join(', ')}); write others as ja, ko or en.`,
    );
  }
  return wording;
}

/** Missile, gun or rocket firing will take place; exercise will take place. */
const qCodeOf = ({ act }: Notice): string => (act === 'joint-exercise' ? 'QWELW' : 'QWMLW');

/** The area that a reader of the NOTAM will find: the circle of the Q line is drawn round that. */
function asWritten(area: WrittenArea): NoticeArea {
  if ('corners' in area) {
    return { polygon: area.corners.map((corner) => pointOfText(corner)!) };
  }
  const [latitude, longitude] = pointOfText(area.centre)!;
  return { circle: { latitude, longitude, radius: area.radius, unit: area.unit } };
}

/** A circle round every area, its centre in whole minutes and its radius in whole nautical miles, rounded up. */
function qCircle(areas: readonly NoticeArea[]): string {
  const written = positionInQLine(middleOf(areas.flatMap(cornersOf)) ?? [0, 0]);
  const km = Math.max(...areas.map((area) => farthestKm(pointOfText(written)!, area)));
  const radiusNm = Math.min(MAX_Q_RADIUS_NM, Math.max(1, Math.ceil(km / KM_PER_NM)));
  return `${written}${String(radiusNm).padStart(3, '0')}`;
}

const cornersOf = (area: NoticeArea): Point[] =>
  'polygon' in area ? area.polygon : [[area.circle.latitude, area.circle.longitude]];

/** How far the farthest point of an area is from a point, in kilometres. */
export const farthestKm = (from: Point, area: NoticeArea): number =>
  Math.max(...cornersOf(area).map((corner) => distanceKm(from, corner))) +
  ('circle' in area ? radiusKmOf(area.circle) : 0);

function withAreas(what: string, areas: readonly WrittenArea[]): string[] {
  const opening = `E) ${what} WILL TAKE PLACE WI`;
  return areas.length === 1
    ? [`${opening} ${areaLines(areas[0]!)}`]
    : [`${opening} AREAS:`, ...areas.map((area, index) => `${index + 1}. ${areaLines(area)}`)];
}

const areaLines = (area: WrittenArea): string =>
  'corners' in area
    ? `AREA BOUNDED BY:\n${area.corners.join('\n')}`
    : `CIRCLE RADIUS ${area.radius} ${area.unit.toUpperCase()} CENTERED AT:\n${area.centre}`;

/** `2311211500`, in UTC. */
const yymmddhhmm = (at: RunTime): string => isoOf(at).slice(2, 16).replace(/[-T:]/g, '');
