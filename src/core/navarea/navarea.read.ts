import type { Notice } from '../regime/notice.js';
import { runTime, type RunTime } from '../time/time.js';
import { actInText } from '../warning-text/acts-in-text.js';
import { areasInText, orderFindings } from '../warning-text/areas-in-text.js';
import { DAY_MS, minuteOf, MONTHS, utcOf } from '../warning-text/warning-times.js';
import { warningTextOf, WarningTextError, type ReadWarning, type TextFinding } from '../warning-text/warning-text.js';

const MONTH = `(${MONTHS.join('|')})`;
const INSTANT = String.raw`(\d{2})(\d{4}) ?(?:Z|UTC)?(?: ${MONTH})?(?: (\d{2,4})\b)?`;
const SPAN = new RegExp(`${INSTANT} (?:TO|UNTIL|THRU) ${INSTANT}`);
const HOURS = /\b(\d{4}) ?(?:Z|UTC)? (?:TO|THRU) (\d{4}) ?(?:Z|UTC) DAILY/;
const DAYS = new RegExp(
  String.raw`\b(\d{2})(?: ${MONTH})?(?: (\d{2})\b)? (?:THRU|TO|AND) (\d{2}) ${MONTH}(?: (\d{2}))?\b`,
);
const CANCEL = new RegExp(String.raw`CANCEL THIS (?:MSG|MESSAGE) ${INSTANT}`);
const NUMBER = /\b(NAVAREA [IVX]+|HYDROPAC|HYDROLANT|HYDROARC)(?: WARNING)? (\d{1,4}\/\d{2,4})/;

/** Reads a navigational warning, leniently: what is missing or cannot be told is a finding. Refuses a text without a period and an area. */
export function readNavarea(written: string): ReadWarning {
  const text = warningTextOf(written);
  const flat = text.replace(/\s+/g, ' ');
  const findings: TextFinding[] = [];
  const [, series, digits] = NUMBER.exec(flat.split(/\bCANCEL\b/)[0]!) ?? [];
  const body = text.split(/\bCANCEL\b/)[0]!;
  const impactAreas = areasInText(body, findings);
  findings.push(...orderFindings(impactAreas));
  const notice: Notice = {
    ...actOf(flat, findings),
    ...periodOf(flat, digits?.split('/')[1], findings),
    ...subjectOf(body),
    impactAreas,
    reported: {},
  };
  if (notice.windowStart === undefined && impactAreas.length === 0) {
    throw new WarningTextError(
      'WARNING_UNREADABLE',
      'Give a NOTAM or a navigational warning: no period and no area was found.',
    );
  }
  if (impactAreas.length === 0) {
    findings.push({ code: 'AREA_MISSING', message: 'The text bounds no area.' });
  }
  return { form: 'navarea', ...(digits ? { id: `${series} ${digits}` } : {}), ends: endsOf(flat), notice, findings };
}

function actOf(flat: string, findings: TextFinding[]): Pick<Notice, 'act'> {
  const act = actInText(flat, findings);
  return act ? { act } : {};
}

/** The words up to the first figure: what the warning is about. */
function subjectOf(body: string): Pick<Notice, 'subject'> {
  const [, subject] = /(?:^|\n)\s*1\. ([^\d\n.:]*[^\d\n.:\s])/.exec(body) ?? [];
  return subject ? { subject: subject.replace(/ (FROM|ON)$/, '').slice(0, 400) } : {};
}

const endsOf = (flat: string): string[] =>
  [...flat.matchAll(/CANCEL (NAVAREA [IVX]+|HYDROPAC|HYDROLANT|HYDROARC) (\d{1,4}\/\d{2})/g)].map(
    ([, series, number]) => `${series} ${number}`,
  );

type Period = Pick<Notice, 'windowStart' | 'windowEnd' | 'daily'>;

function periodOf(flat: string, numberYear: string | undefined, findings: TextFinding[]): Period {
  const cancel = instant(CANCEL.exec(flat)?.slice(1) ?? [], {});
  const context = cancel ? partsOf(cancel) : { year: numberYear };
  const daily = dailyOf(flat);
  const period = spanOf(flat, context, findings) ?? (daily && daysOf(flat, daily, context, findings));
  if (!period) {
    findings.push({ code: 'PERIOD_MISSING', message: 'No first and last instant was found in UTC.' });
  }
  return { ...period, ...(daily ? { daily } : {}) };
}

/** Month and year where a date leaves them out. */
interface Context {
  month?: string;
  year?: string;
}

const partsOf = (at: RunTime): Context => ({
  month: MONTHS[new Date(at).getUTCMonth()],
  year: String(new Date(at).getUTCFullYear()),
});

/** `142100 UTC TO 232100 UTC JUL 2026`: what the first instant leaves out is that of the second. */
function spanOf(flat: string, context: Context, findings: TextFinding[]): Period | undefined {
  const found = SPAN.exec(flat.split(/\bCANCEL\b/)[0]!)?.slice(1);
  const end = found && instant(found.slice(4), context);
  if (!found || end === undefined) {
    return undefined;
  }
  const start = before(end, instant(found.slice(0, 4), partsOf(end)), found[3] === undefined);
  tellYear(found[7] === undefined, findings);
  // A first day that is later than the last, without a month of its own, is of a month that is not told.
  return start === undefined || start > end || (found[2] === undefined && found[0]! > found[4]!)
    ? undefined
    : { windowStart: start, windowEnd: end };
}

/** `2300Z TO 0900Z DAILY 31 OCT THRU 29 NOV`: the last hours begin on the last day, and may end on the day after. */
function daysOf(
  flat: string,
  daily: NonNullable<Notice['daily']>,
  context: Context,
  findings: TextFinding[],
): Period | undefined {
  const [, day1, month1, year1, day2, month2, year2] = DAYS.exec(flat.split(/DAILY/)[1] ?? '') ?? [];
  if (day2 === undefined) {
    return undefined;
  }
  const lastYear = year2 ?? yearBefore(context, month2);
  const last = instant([day2, '0000', month2, lastYear], context);
  const first =
    last &&
    before(last, instant([day1, '0000', month1, year1], { month: month2, year: lastYear }), year1 === undefined);
  if (last === undefined || first === undefined) {
    return undefined;
  }
  tellYear(year2 === undefined, findings);
  const { fromMinute, toMinute } = daily;
  return {
    windowStart: runTime(first + fromMinute * 60_000),
    windowEnd: runTime(last + toMinute * 60_000 + (toMinute <= fromMinute ? DAY_MS : 0)),
  };
}

/** A warning that ends in December may be cancelled in January. */
function yearBefore({ month, year }: Context, of: string | undefined): string | undefined {
  const isLater = month !== undefined && MONTHS.indexOf(of as never) > MONTHS.indexOf(month as never);
  return year !== undefined && isLater ? String(Number(year) - 1) : year;
}

/** The first instant, taken a year earlier where it was given no year and would come after the last. */
function before(last: RunTime, first: RunTime | undefined, isYearOpen: boolean): RunTime | undefined {
  if (first === undefined || first <= last || !isYearOpen) {
    return first;
  }
  const earlier = new Date(first);
  return utcOf(earlier.getUTCFullYear() - 1, earlier.getUTCMonth() + 1, earlier.getUTCDate(), clock(earlier));
}

const clock = (at: Date): string => at.toISOString().slice(11, 16).replace(':', '');

function dailyOf(flat: string): Notice['daily'] {
  const [, from, to] = HOURS.exec(flat) ?? [];
  const [fromMinute, toMinute] = [minuteOf(from ?? '9999'), minuteOf(to ?? '9999')];
  return fromMinute === undefined || toMinute === undefined ? undefined : { fromMinute, toMinute };
}

function instant([day, time, month, year]: readonly (string | undefined)[], context: Context): RunTime | undefined {
  const [ofMonth, ofYear] = [month ?? context.month, year ?? context.year];
  return day === undefined || time === undefined || ofMonth === undefined || ofYear === undefined
    ? undefined
    : utcOf(Number(ofYear), MONTHS.indexOf(ofMonth as never) + 1, Number(day), time);
}

function tellYear(isTaken: boolean, findings: TextFinding[]): void {
  if (isTaken) {
    findings.push({
      code: 'YEAR_TAKEN',
      message: 'The period leaves out its year; that of the cancellation or of the number was taken.',
    });
  }
}
