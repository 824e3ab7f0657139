import type { SEVERITIES, URGENCIES } from '../alert/alert.js';
import type { Act } from '../delivery/delivery.js';
import type { ItemKind } from '../incident/item.js';
import type { DurationMs } from '../time/time.js';

/** How long a desk has to put an alert on its screen, and to acknowledge it, from the moment at which it is asked. */
export interface DutySpans {
  readonly displayWithinMs: DurationMs;
  readonly acknowledgeWithinMs: DurationMs;
}

type Severity = Exclude<(typeof SEVERITIES)[number], 'Unknown'>;
type Urgency = Exclude<(typeof URGENCIES)[number], 'Unknown'>;

/**
 * Seconds to display and to acknowledge. CAP 1.2 gives no figures, and neither does any arrangement between the three: these
 * are an operational choice of ours. The shortest is what a desk that is manned around the clock can keep, and what leaves time
 * to ask the second desk and control within the few minutes that a short-range missile flies.
 */
const SECONDS: Readonly<Record<Severity, Readonly<Record<Urgency, readonly [number, number]>>>> = {
  Extreme: { Immediate: [10, 60], Expected: [20, 120], Future: [120, 900], Past: [300, 1_800] },
  Severe: { Immediate: [20, 120], Expected: [60, 300], Future: [300, 1_800], Past: [900, 3_600] },
  Moderate: { Immediate: [60, 300], Expected: [300, 900], Future: [900, 3_600], Past: [3_600, 7_200] },
  Minor: { Immediate: [300, 900], Expected: [900, 3_600], Future: [3_600, 14_400], Past: [7_200, 28_800] },
};

/** What a sender does not know is taken neither for the worst, which would wear desks out, nor for nothing. */
const UNKNOWN = { severity: 'Moderate', urgency: 'Expected' } as const;

/**
 * The time that a desk has for an item, or undefined when it owes nothing. Alerts and their updates alone oblige: a cancel asks
 * for no answer, and everything else is for information or is asked for as an inject.
 */
export function deadlinesOf(item: {
  kind: ItemKind;
  act: Act;
  severity?: string;
  urgency?: string;
}): DutySpans | undefined {
  if (item.kind !== 'alert' || item.act === 'cancel') {
    return undefined;
  }
  const row = SECONDS[known(SECONDS, item.severity) ?? UNKNOWN.severity];
  const [display, acknowledge] = row[known(row, item.urgency) ?? UNKNOWN.urgency];
  return { displayWithinMs: display * 1000, acknowledgeWithinMs: acknowledge * 1000 };
}

function known<Key extends string>(table: Readonly<Record<Key, unknown>>, value: string | undefined): Key | undefined {
  return value !== undefined && Object.hasOwn(table, value) ? (value as Key) : undefined;
}
