/** Names that duty officers use; Intl has none for Asia/Tokyo and Asia/Seoul in English. Valid at that offset only. */
const ZONE_LABELS: Record<string, { offset: string; label: string }> = {
  'Asia/Tokyo': { offset: 'GMT+09:00', label: 'JST' },
  'Asia/Seoul': { offset: 'GMT+09:00', label: 'KST' },
  'Pacific/Honolulu': { offset: 'GMT-10:00', label: 'HST' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string, timeZoneName: 'short' | 'longOffset'): Intl.DateTimeFormat {
  const key = `${timeZone} ${timeZoneName}`;
  const known = formats.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(key, made);
  return made;
}

function partsOf(at: number, timeZone: string, name: 'short' | 'longOffset'): Record<string, string> {
  return Object.fromEntries(
    formatFor(timeZone, name)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
}

/** The label of a zone at an instant: JST, KST or HST where those hold, otherwise what Intl calls it. */
export function zoneLabelAt(at: number, timeZone: string): string {
  const own = ZONE_LABELS[timeZone];
  const offset = partsOf(at, timeZone, 'longOffset').timeZoneName ?? '';
  return own?.offset === offset ? own.label : (partsOf(at, timeZone, 'short').timeZoneName ?? offset);
}

/** `2010-11-23 15:10:00 JST`: an instant as the clock on that zone's wall shows it. */
export function timeIn(timeZone: string, at: number): string {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone, 'short');
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${zoneLabelAt(at, timeZone)}`;
}

/** The same without the year, for a narrow column: `11-23 15:10:00 JST`. */
export const shortTimeIn = (timeZone: string, at: number): string => timeIn(timeZone, at).slice(5);

/** A signed length of time as `+0:36:00` (hours, minutes, seconds; rounded to seconds). */
export function delayText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = ms < 0 && seconds > 0 ? '-' : '+';
  return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
