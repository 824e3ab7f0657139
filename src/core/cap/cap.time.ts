/** Of XML Schema's dateTime, with what CAP forbids of it: a fraction, the letter Z, no offset. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i;
const STRICT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

/**
 * The instant of a time as CAP wants it (`2026-11-24T12:00:00+09:00`, no Z, no fraction) in milliseconds since 1970; undefined
 * where it is written in another way or there is none such.
 */
export const capTimeMs = (text: string): number | undefined => (STRICT.test(text) ? instantMs(text) : undefined);

/** A time that is written in another way, as CAP wants it; undefined where its meaning is not certain, as without an offset. */
export function capTimeOf(text: string): string | undefined {
  const match = DATE_TIME.exec(text.trim());
  const offset = match?.[8]?.toUpperCase().replace('Z', '-00:00');
  const time = `${text.trim().slice(0, 19).toUpperCase()}${offset}`;
  return offset !== undefined && capTimeMs(time) !== undefined ? time : undefined;
}

/** The time of an instant, in UTC as CAP writes it: `2026-11-24T12:00:00-00:00`. Parts of a second are left out. */
export const capTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}-00:00`;

function instantMs(text: string): number | undefined {
  const [year, month, day, hour, minute, second, , offset = ''] = (DATE_TIME.exec(text) ?? []).slice(1);
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    ...[number, number, number, number, number, number],
  ];
  const dayStart = new Date(0);
  dayStart.setUTCFullYear(y, mo - 1, d);
  // XML Schema has 24:00:00 for the end of a day, and neither a year 0 nor leap seconds.
  const real =
    y > 0 && dayStart.getUTCMonth() === mo - 1 && dayStart.getUTCDate() === d && mi < 60 && s < 60 &&
    (h < 24 || (h === 24 && mi === 0 && s === 0)); // prettier-ignore
  const offsetMinutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  if (!real || Number(offset.slice(4)) > 59 || offsetMinutes > 14 * 60) {
    return undefined;
  }
  const sign = offset.startsWith('-') ? -1 : 1;
  return dayStart.getTime() + ((h * 60 + mi - sign * offsetMinutes) * 60 + s) * 1000;
}
