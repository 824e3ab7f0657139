import { KM_PER_NM, type Notice } from '../regime/notice.js';
import { isoOf, type RunTime, runTime } from '../time/time.js';
import { ACT_WORDING } from '../warning-text/acts-in-text.js';
import { positionInMinutes } from '../warning-text/position-text.js';
import { DAY_MS, hhmm, MINUTE_MS, MONTHS, wholeMinutes } from '../warning-text/warning-times.js';
import { WarningTextError, type TextFinding, type WrittenWarning } from '../warning-text/warning-text.js';
import { writtenAreas, type WrittenArea } from '../warning-text/written-areas.js';

export const NAVAREA_NUMBER = /^(NAVAREA (X{0,2}(?:IX|IV|V?I{0,3}))|HYDROPAC|HYDROLANT|HYDROARC) \d{1,4}\/\d{2}$/;

/** Warnings of this kind that were read end one hour after the last hour that they warn of. */
const CANCEL_AFTER_MS = 3_600_000;

/**
 * Writes a notice as a navigational warning: positions as DD-MM.mmN DDD-MM.mmE, rings clockwise from the north-west corner,
 * radii in nautical miles, times in UTC, and its own cancellation. `number` is what the coordinator gives it, as in
 * NAVAREA XI 0001/30; the general area and the chart are the coordinator's too and are left out.
 */
export function writeNavarea(notice: Notice, number?: string): WrittenWarning {
  const findings: TextFinding[] = [];
  const what = wordingOf(notice);
  const { start, end } = wholeMinutes(notice, findings);
  const areas = writtenAreas(notice, positionInMinutes);
  const lines = [
    ...numberLine(number, findings),
    `1. ${what}`,
    `   ${periodOf(notice, start, end)}`,
    ...areaLines(areas, findings),
    `2. CANCEL THIS MSG ${dateTime(runTime(end + CANCEL_AFTER_MS))}.`,
  ];
  return { text: lines.join('\n'), findings };
}

function numberLine(number: string | undefined, findings: TextFinding[]): string[] {
  if (number === undefined) {
    findings.push({
      code: 'NUMBER_OPEN',
      message: 'The coordinator gives the series, the number, the general area and the chart; none was written.',
    });
    return [];
  }
  if (!NAVAREA_NUMBER.test(number)) {
    throw new WarningTextError('WARNING_NUMBER', 'Write the number of a warning as in NAVAREA XI 0001/30.');
  }
  return [`${number}.`];
}

/** A warning need not say what the hazard is; one whose act is not told says so in the usual words. */
function wordingOf({ act }: Notice): string {
  const wording = act === undefined ? 'HAZARDOUS OPERATIONS' : ACT_WORDING[act];
  if (wording === undefined) {
    throw new WarningTextError(
      'WARNING_ACT',
      `A navigational warning needs an act that endangers ships (${Object.keys(ACT_WORDING).join(', ')}); write others as ja, ko or en.`,
    );
  }
  return wording;
}

/** Daily hours and first and last day, where the window is made of them; else the whole window, with any daily hours. */
function periodOf({ daily }: Notice, start: RunTime, end: RunTime): string {
  if (!daily) {
    return `${dateTime(start)} TO ${dateTime(end)}`;
  }
  const { fromMinute, toMinute } = daily;
  const hours = `${hhmm(fromMinute)}Z TO ${hhmm(toMinute)}Z DAILY`;
  const lastDay = end - toMinute * MINUTE_MS - (toMinute <= fromMinute ? DAY_MS : 0);
  const isWhole =
    start % DAY_MS === fromMinute * MINUTE_MS && lastDay % DAY_MS === 0 && lastDay >= start - (start % DAY_MS);
  return isWhole
    ? `${hours} ${date(start)} THRU ${date(runTime(lastDay))}`
    : `${hours} ${dateTime(start)} TO ${dateTime(end)}`;
}

/** `211500Z NOV 23` */
function dateTime(at: RunTime): string {
  const iso = isoOf(at);
  return `${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}Z ${date(at).slice(3)}`;
}

/** `21 NOV 23` */
function date(at: RunTime): string {
  const iso = isoOf(at);
  return `${iso.slice(8, 10)} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(2, 4)}`;
}

function areaLines(areas: readonly WrittenArea[], findings: TextFinding[]): string[] {
  return areas.length === 1
    ? [`   IN AREA ${areaText(areas[0]!, findings)}.`]
    : [
        '   IN AREAS:',
        ...areas.map((area, index) => `   ${String.fromCharCode(65 + index)}. AREA ${areaText(area, findings)}.`),
      ];
}

function areaText(area: WrittenArea, findings: TextFinding[]): string {
  return 'corners' in area
    ? `BOUND BY\n      ${area.corners.join(',\n      ')}`
    : `WITHIN ${nauticalMiles(area, findings)} NM OF ${area.centre}`;
}

/** To a hundredth, never smaller than the notice says; a hundredth more than 1e-9 is rounding and not length. */
function nauticalMiles({ radius, unit }: { radius: number; unit: 'km' | 'NM' }, findings: TextFinding[]): number {
  const miles = unit === 'NM' ? radius : radius / KM_PER_NM;
  const written = Math.ceil(miles * 100 - 1e-6) / 100;
  if (unit === 'km' || Math.abs(written - miles) > 1e-6) {
    findings.push({
      code: 'RADIUS_ROUNDED',
      message: `The radius of ${radius} ${unit} was written as ${written} NM, the unit of the form.`,
    });
  }
  return written;
}
