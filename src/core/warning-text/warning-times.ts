import type { Notice } from '../regime/notice.js';
import { isoOf, runTime, type RunTime } from '../time/time.js';
import { WarningTextError, type TextFinding } from './warning-text.js';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

/** The window of a notice in whole minutes, opened earlier and closed later rather than cut; a refusal where it has none. */
export function wholeMinutes(notice: Notice, findings: TextFinding[]): { start: RunTime; end: RunTime } {
  const { windowStart, windowEnd } = notice;
  if (windowStart === undefined || windowEnd === undefined) {
    throw new WarningTextError('WARNING_LACKS', 'Give windowStart and windowEnd: a warning says when it is in force.');
  }
  if (windowEnd <= windowStart) {
    throw new WarningTextError('WARNING_LACKS', 'Let windowEnd come after windowStart.');
  }
  const start = runTime(Math.floor(windowStart / MINUTE_MS) * MINUTE_MS);
  const end = runTime(Math.ceil(windowEnd / MINUTE_MS) * MINUTE_MS);
  if (start !== windowStart || end !== windowEnd) {
    findings.push({
      code: 'TIME_ROUNDED',
      message: 'The window was widened to whole minutes, which is all the form writes.',
    });
  }
  // Both forms write two digits of the year.
  if (![start, end].every((at) => isoOf(at).startsWith('20'))) {
    throw new WarningTextError('WARNING_LACKS', 'Give a window between the years 2000 and 2099.');
  }
  return { start, end };
}

/** `0230`, of a minute of the day. */
export const hhmm = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}`;

/** The minute of the UTC day of `0230`; undefined where there is no such time. 2400 is the end of the day. */
export function minuteOf(written: string): number | undefined {
  const [hours, minutes] = [Number(written.slice(0, 2)), Number(written.slice(2, 4))];
  return minutes < 60 && (hours < 24 || written === '2400') ? (hours * 60 + minutes) % 1440 : undefined;
}

/** An instant of UTC that exists; undefined for 30 February and for 2460. A year of two digits is of this century. */
export function utcOf(year: number, month: number, day: number, written: string): RunTime | undefined {
  const minute = minuteOf(written);
  const midnight = Date.UTC(year < 100 ? 2000 + year : year, month - 1, day);
  if (
    minute === undefined ||
    !isoOf(runTime(midnight))
      .slice(5, 10)
      .endsWith(`-${String(day).padStart(2, '0')}`)
  ) {
    return undefined;
  }
  return runTime(midnight + (written === '2400' ? 1440 : minute) * MINUTE_MS);
}
