/** Acts by which one party uses force on another, or reaches past a line that the other holds as its own. */
export const FORCE_ACTS = ['fire', 'fire-across-line', 'strike', 'enter', 'seize'] as const;

/** What a party may say that it will not do: `drill-fire` is fire into an area that the firing party holds as its own. */
export const RESTRAINED_ACTS = [...FORCE_ACTS, 'drill-fire'] as const;

/** What the event log holds besides: a warning before an act, and the end of one. */
export const LOG_ACTS = [...RESTRAINED_ACTS, 'warn', 'cease'] as const;

export type RestrainedAct = (typeof RESTRAINED_ACTS)[number];
export type LogAct = (typeof LOG_ACTS)[number];

export const isForce = (act: LogAct | 'none'): boolean => (FORCE_ACTS as readonly string[]).includes(act);

/** What one party says of a disputed act: which act it was, or that there was none. */
export type ClaimedAct = LogAct | 'none';
