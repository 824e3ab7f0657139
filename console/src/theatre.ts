import type { RunDesk, RunView } from '../../src/core/wire/run.js';

export interface TheatreDesk extends RunDesk {
  party: string;
}

/** The order in which columns stand; a party that is not named here comes after, as in the run. */
const PARTY_ORDER = ['JP', 'KR', 'US'];

/** One desk a party, the first of each: a theatre shows what capitals know, not every desk they have. */
export function theatreDesks(run: RunView): TheatreDesk[] {
  const place = (party: string): number => {
    const index = PARTY_ORDER.indexOf(party);
    return index < 0 ? PARTY_ORDER.length : index;
  };
  return run.audiences
    .flatMap(({ party, desks }) => {
      const desk = desks[0];
      return party !== undefined && desk ? [{ ...desk, party }] : [];
    })
    .sort((a, b) => place(a.party) - place(b.party));
}
