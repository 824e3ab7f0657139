import { compareText } from './order.js';

/** One line of a run's record: what an audience was told, and when it fell due. */
export interface DigestEntry {
  readonly audience: string;
  readonly dueAt: number;
  readonly itemId: string;
  readonly version: number;
  /** SHA-256 of the body's bytes, lower-case hex. */
  readonly contentHash: string;
}

/**
 * The text that a run's digest is the SHA-256 of: its entries in the order (audience, dueAt, itemId, version),
 * a line each. It holds no wall time and no random id, so the same scenario, seed and recorded inputs give the same
 * text at any speed and through pauses.
 */
export function digestText(entries: readonly DigestEntry[]): string {
  return [...entries]
    .sort(
      (a, b) =>
        compareText(a.audience, b.audience) ||
        a.dueAt - b.dueAt ||
        compareText(a.itemId, b.itemId) ||
        a.version - b.version,
    )
    .map((entry) => `${entry.audience} ${entry.dueAt} ${entry.itemId} ${entry.version} ${entry.contentHash}\n`)
    .join('');
}
