import type { ItemBody } from '../../src/core/incident/item.js';
import { clockTime, isoDate, zoneLabel } from '../../src/core/time/zone-time.js';
import { duration, localDate } from './time-format.js';
import type { DeskMessages } from './messages/desk.en-US.js';

/** A time that is only about right is shown to the minute: seconds would claim more than is known. */
function reading(ms: number, timeZone: string, precise: boolean): string {
  const full = clockTime(ms, timeZone);
  return precise || !full.endsWith(':00') ? full : full.slice(0, 5);
}

export interface ShownTime {
  text: string;
  precision: 'exact' | 'approximate' | 'range';
  dateTime: string;
}

/** When it happened, in the zone of a desk: `14:34:00 KST`, `14:38–14:44 KST`. Undefined for things that are no events. */
export function eventTime(body: ItemBody, timeZone: string, language: string): ShownTime | undefined {
  if (!body.event) {
    return undefined;
  }
  const { at, until, precision } = body.event;
  const ms = Date.parse(at);
  const precise = precision === 'exact';
  const start = reading(ms, timeZone, precise);
  const end = until === undefined ? undefined : reading(Date.parse(until), timeZone, precise);
  const span = end === undefined || end === start ? start : `${start}–${end}`;
  const otherDay = isoDate(ms, timeZone) !== isoDate(Date.parse(body.known.at), timeZone);
  const day = otherDay ? `${localDate(ms, timeZone, language)} ` : '';
  return { text: `${day}${span} ${zoneLabel(ms, timeZone)}`, precision, dateTime: at };
}

/** When this audience knew, in the zone of a desk. */
export function knownTime(body: ItemBody, timeZone: string): ShownTime {
  const ms = Date.parse(body.known.at);
  const precision = precisionOf(body.known.precision);
  const text = `${reading(ms, timeZone, precision === 'exact')} ${zoneLabel(ms, timeZone)}`;
  return { text, precision, dateTime: body.known.at };
}

function precisionOf(word: string | undefined): ShownTime['precision'] {
  return word === 'approximate' || word === 'range' ? word : 'exact';
}

/** From the event to the knowledge of it, in milliseconds; undefined for things that are no events. */
export function delayOf(body: ItemBody): number | undefined {
  return body.event ? Date.parse(body.known.at) - Date.parse(body.event.at) : undefined;
}

/** The delay in words: `36 min after it happened`. */
export function delayWords(delayMs: number, messages: DeskMessages): string {
  if (Math.abs(delayMs) < 1000) {
    return messages.atOnce;
  }
  const length = duration(delayMs, messages.durationWords);
  return delayMs > 0 ? messages.afterEvent(length) : messages.beforeEvent(length);
}
