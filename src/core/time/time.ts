/**
 * Two kinds of instant that must never be mixed:
 * `RunTime` is an instant on a run's own time line (23 November 2010, 14:34 KST in a replay),
 * `WallTime` is an instant of the world in which the run is played.
 * Both are milliseconds since the Unix epoch; the brands keep one from being used as the other.
 */
export type RunTime = number & { readonly __time: 'run' };
export type WallTime = number & { readonly __time: 'wall' };

/** A length of time in milliseconds, on either time line. */
export type DurationMs = number;

export const runTime = (ms: number): RunTime => ms as RunTime;
export const wallTime = (ms: number): WallTime => ms as WallTime;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Whether a text is an instant that exists, with its offset: without one it would mean another time on each machine, and
 * `Date.parse` takes 30 February for 2 March.
 */
export function isInstant(text: string): boolean {
  const day = text.slice(0, 10);
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text)) && isDay(day);
}

function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** The run time of an instant (`isInstant`); NaN milliseconds for any other text. */
export const runTimeOf = (iso: string): RunTime => runTime(isInstant(iso) ? Date.parse(iso) : Number.NaN);

/** The instant as RFC 3339 in UTC with milliseconds, `2010-11-23T05:34:00.000Z`: the form used on the wire. */
export const isoOf = (at: RunTime | WallTime): string => new Date(at).toISOString();

const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Reads an ISO 8601 duration of days, hours, minutes and seconds (`PT30M`, `P1DT2H`).
 * Returns milliseconds, or undefined when the text is no such duration, is empty of any part, or is longer than can be counted.
 */
export function durationMsOf(iso: string): DurationMs | undefined {
  const match = ISO_DURATION.exec(iso);
  if (!match || iso === 'P' || iso.endsWith('T')) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return Number.isSafeInteger(ms) ? ms : undefined;
}
