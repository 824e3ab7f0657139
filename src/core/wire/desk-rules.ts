/**
 * What a console does by the wire contract, whoever wrote it: the console in the browser, the command line, the consoles of the
 * torture test.
 */

/**
 * A node ticks every 2 s, on news that is 1 s old at most. Without a tick for so long a list may be out of date; with a look
 * every quarter of a second the console says so within 5 s of whatever went wrong.
 */
export const STALE_AFTER_MS = 3_750;

/** A head that stays ahead for so long without progress means that the console is cut off from its feed. */
export const BEHIND_LIMIT_MS = 2_000;

/** An attempt to connect that takes longer is given up for another. */
export const CONNECT_TIMEOUT_MS = 3_000;

/** Answers after which the same message may be sent again: nothing is wrong with it. */
export const SEND_AGAIN: ReadonlySet<string> = new Set(['TOO_MANY_MESSAGES', 'DATABASE_UNAVAILABLE', 'STOPPING']);
