/** Who may tell whom what. What each party is told comes from the scenario so far; this says who sees whose receipts. */
export interface Arrangement {
  readonly id: string;
  /** Whether a party sees which desks of the others have displayed and acknowledged what both were shown. */
  readonly sharesReceipts: boolean;
}

export const AS_IT_WAS: Arrangement = { id: 'as-it-was', sharesReceipts: false };

/** Those that a run can be started under, the default first. */
export const ARRANGEMENTS: readonly Arrangement[] = [AS_IT_WAS, { id: 'shared-receipts', sharesReceipts: true }];

/** The arrangement of this id, if there is one. */
export const arrangementOf = (id: string): Arrangement | undefined => ARRANGEMENTS.find((each) => each.id === id);
