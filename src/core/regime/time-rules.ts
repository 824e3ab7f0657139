import { isoOf, type RunTime } from '../time/time.js';
import type { Notice } from './notice.js';
import type { RegimeJudgement, RegimeRule, Verdict } from './regime.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Judge = RegimeRule['judge'];

/** The notice must be received at least so many hours before its window opens. */
export function leadOfAtLeast(minLeadHours: number): Judge {
  return (notice) =>
    judgeLead(
      notice,
      minLeadHours,
      (leadMs) => leadMs >= minLeadHours * HOUR_MS,
      `at least ${minLeadHours} h are asked for`,
    );
}

/** The notice must be received before its window opens, however short before: what comes later is no notice beforehand. */
export const leadOfAny: Judge = (notice) =>
  judgeLead(notice, 0, (leadMs) => leadMs > 0, 'a notice before the launch is asked for, without a length of time');

/** A regime whose lead time is not public: the lead is measured, and nothing is said of it. */
export const leadNotPublished: Judge = (notice) => {
  const { figures, detail } = judgeLead(notice, 0, () => true, 'what the agreement asks for is not published');
  return { verdict: 'cannot-tell', figures: withoutKey(figures, 'minLeadHours'), detail };
};

function judgeLead(
  { received, windowStart }: Notice,
  minLeadHours: number,
  isEnough: (leadMs: number) => boolean,
  asked: string,
): RegimeJudgement {
  if (!received || windowStart === undefined) {
    const missing = received ? 'when its window opens' : 'when it was received';
    return {
      verdict: 'cannot-tell',
      figures: { minLeadHours },
      detail: `The notice does not tell ${missing}; ${asked}.`,
    };
  }
  const [shortestMs, longestMs] = [windowStart - received.latest, windowStart - received.earliest];
  // Rounded down, so that a lead a second too short never reads as enough.
  const [leadHours, leadHoursAtMost] = [hours(shortestMs, Math.floor), hours(longestMs, Math.floor)];
  const verdict: Verdict =
    isEnough(shortestMs) === isEnough(longestMs) ? (isEnough(shortestMs) ? 'met' : 'broken') : 'cannot-tell';
  const isKnown = shortestMs === longestMs;
  return {
    verdict,
    figures: { leadHours, ...(isKnown ? {} : { leadHoursAtMost }), minLeadHours },
    detail: `${isKnown ? measured(leadHours) : between(leadHours, leadHoursAtMost)}; ${asked}.`,
  };
}

const measured = (leadHours: number): string =>
  leadHours < 0
    ? `The window had been open for ${-leadHours} h when the notice was received`
    : `The notice was received ${leadHours} h before its window opens`;

const between = (shortest: number, longest: number): string =>
  `The notice was received between ${shortest} h and ${longest} h before its window opens, as closely as the time is known`;

/** The window may stay open for at most so many hours. */
export function windowOfAtMost(maxWindowHours: number): Judge {
  return ({ windowStart, windowEnd }): RegimeJudgement => {
    if (windowStart === undefined || windowEnd === undefined) {
      return {
        verdict: 'cannot-tell',
        figures: { maxWindowHours },
        detail: `The notice does not give both ends of its window; at most ${maxWindowHours} h are allowed.`,
      };
    }
    const lengthMs = windowEnd - windowStart;
    const windowHours = hours(lengthMs, Math.ceil);
    return {
      verdict: lengthMs > 0 && lengthMs <= maxWindowHours * HOUR_MS ? 'met' : 'broken',
      figures: { windowHours, maxWindowHours },
      detail: `The window is open for ${windowHours} h; at most ${maxWindowHours} h are allowed.`,
    };
  };
}

/** The notice must not come earlier than so many days before its window opens. */
export function notEarlierThan(maxEarlyDays: number): Judge {
  return ({ received, windowStart }): RegimeJudgement => {
    if (!received || windowStart === undefined) {
      return {
        verdict: 'cannot-tell',
        figures: { maxEarlyDays },
        detail: 'The notice does not tell how early it came.',
      };
    }
    const earlyDays = Math.round(((windowStart - received.earliest) / DAY_MS) * 100) / 100;
    return {
      verdict: earlyDays <= maxEarlyDays ? 'met' : 'broken',
      figures: { earlyDays, maxEarlyDays },
      detail: `The notice came ${earlyDays} days before its window opens; at most ${maxEarlyDays} days are asked for.`,
    };
  };
}

/** A new date within the window of the notice that is replaced needs no more; another one needs a cancellation of its own. */
export const slipInsideWindow: Judge = ({ previous, windowStart }) => {
  const figures = {
    ...(windowStart === undefined ? {} : { newWindowStart: isoOf(windowStart) }),
    ...(previous?.windowEnd === undefined ? {} : { previousWindowEnd: isoOf(previous.windowEnd) }),
    previousCancelled: previous?.cancelled ?? false,
  };
  if (windowStart === undefined || previous?.windowStart === undefined || previous.windowEnd === undefined) {
    return {
      verdict: 'cannot-tell',
      figures,
      detail: 'The notice does not tell both windows, so the slip cannot be measured.',
    };
  }
  if (windowStart >= previous.windowStart && windowStart <= previous.windowEnd) {
    return { verdict: 'met', figures, detail: 'The new date lies inside the window of the notice that it replaces.' };
  }
  return previous.cancelled
    ? {
        verdict: 'met',
        figures,
        detail: 'The new date lies outside the earlier window, and the earlier notice was cancelled.',
      }
    : {
        verdict: 'broken',
        figures,
        detail: 'The new date lies outside the earlier window, and the earlier notice was not cancelled.',
      };
};

/** A launch that was observed must lie in the window, and in its daily hours where it has any. The notice stays as it is. */
export const launchInsideWindow: Judge = ({ observed, windowStart, windowEnd, daily }) => {
  if (!observed || windowStart === undefined || windowEnd === undefined) {
    return {
      verdict: 'cannot-tell',
      figures: {},
      detail: 'Without both ends of the window and a launch there is nothing to compare.',
    };
  }
  const figures = { observedAt: isoOf(observed.at), windowStart: isoOf(windowStart), windowEnd: isoOf(windowEnd) };
  if (observed.at < windowStart || observed.at > windowEnd) {
    const isEarly = observed.at < windowStart;
    const outsideHours = hours(isEarly ? windowStart - observed.at : observed.at - windowEnd, Math.round);
    const side = isEarly ? 'before the announced window opened' : 'after the announced window closed';
    return {
      verdict: 'broken',
      figures: { ...figures, outsideHours },
      detail: `The launch was ${outsideHours} h ${side}.`,
    };
  }
  return daily && !isWithinDay(observed.at, daily)
    ? { verdict: 'broken', figures, detail: 'The launch was on an announced day, outside its announced hours.' }
    : { verdict: 'met', figures, detail: 'The launch was inside the announced window.' };
};

function isWithinDay(at: RunTime, { fromMinute, toMinute }: NonNullable<Notice['daily']>): boolean {
  const minute = ((at % DAY_MS) + DAY_MS) % DAY_MS / 60_000; // prettier-ignore
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute <= toMinute
    : minute >= fromMinute || minute <= toMinute;
}

/** An event must be reported within so many hours of its assessment. */
export function reportedWithin(maxHours: number): Judge {
  return ({ assessedAt, received }): RegimeJudgement => {
    if (assessedAt === undefined || !received) {
      return {
        verdict: 'cannot-tell',
        figures: { maxHours },
        detail: `The notice does not tell both when the event was assessed and when it was reported; ${maxHours} h are allowed.`,
      };
    }
    const afterHours = hours(received.latest - assessedAt, Math.ceil);
    return {
      verdict: afterHours <= maxHours ? 'met' : 'broken',
      figures: { afterHours, maxHours },
      detail: `The event was reported ${afterHours} h after it was assessed; at most ${maxHours} h are allowed.`,
    };
  };
}

/** "Forthwith": measured from the accident, without a figure to hold it against. */
export const reportedForthwith: Judge = ({ occurredAt, received }): RegimeJudgement => {
  if (occurredAt === undefined || !received) {
    return {
      verdict: 'cannot-tell',
      figures: {},
      detail: 'The notice does not tell when the accident happened and when it was reported.',
    };
  }
  const afterHours = hours(received.latest - occurredAt, Math.ceil);
  return {
    verdict: 'cannot-tell',
    figures: { afterHours },
    detail: `The accident was notified ${afterHours} h after it happened; the Convention says "forthwith" and gives no figure.`,
  };
};

function hours(ms: number, round: (value: number) => number): number {
  return round((ms / HOUR_MS) * 100) / 100;
}

function withoutKey<T extends Record<string, unknown>>(figures: T, key: string): T {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name !== key)) as T;
}
