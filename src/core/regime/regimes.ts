import type { Regime } from './regime.js';
import { usUssr1988 } from './us-ussr-1988.js';

/** Every regime that a notice can be checked against. A new one is a file of its own and a line here. */
export const REGIMES: readonly Regime[] = [usUssr1988];

/** Returns the regime with this id, or undefined when there is none. */
export function regimeOf(id: string): Regime | undefined {
  return REGIMES.find((regime) => regime.id === id);
}
