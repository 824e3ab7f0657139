import { isoOf, type RunTime } from '../time/time.js';
import type { Notice } from './notice.js';
import { hhmm } from '../warning-text/warning-times.js';

/** A notice as a plain value that `noticeFrom` reads back as the same notice: what was read from a warning. */
export function noticeFile(notice: Notice): Record<string, unknown> {
  const { windowStart, windowEnd, daily, impactAreas, act, fir, subject } = notice;
  return {
    ...(act ? { act } : {}),
    ...(subject ? { subject } : {}),
    ...(fir ? { fir } : {}),
    ...instant('windowStart', windowStart),
    ...instant('windowEnd', windowEnd),
    ...(daily ? { daily: `${hhmm(daily.fromMinute)}-${hhmm(daily.toMinute)}Z` } : {}),
    ...(impactAreas.length > 0 ? { impactAreas } : {}),
  };
}

const instant = (name: string, at: RunTime | undefined): Record<string, string> =>
  at === undefined ? {} : { [name]: isoOf(at) };
