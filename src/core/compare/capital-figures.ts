import type { Arrangement } from '../arrangement/arrangement.schema.js';
import type { CapitalFigures, ComparedItem, ComparedParty, Outcome } from '../wire/comparison.js';
import { medianOf } from './spread.js';

/** The figures of each capital under each arrangement. */
export function figuresOf(
  parties: readonly string[],
  arrangements: readonly Arrangement[],
  items: readonly ComparedItem[],
): Record<string, Record<string, CapitalFigures>> {
  return Object.fromEntries(
    parties.map((party) => {
      // What it did itself or could read in public no arrangement brings.
      const told = items
        .flatMap((item) => item.parties[party] ?? [])
        .filter(({ firstHand, record }) => !firstHand && record?.basis !== 'published');
      return [party, Object.fromEntries(arrangements.map(({ id }) => [id, figures(told, id)]))];
    }),
  );
}

function figures(told: readonly ComparedParty[], arrangement: string): CapitalFigures {
  const pairs = told.flatMap(({ record, under }) => {
    const outcome = under[arrangement];
    return outcome ? [{ record, outcome }] : [];
  });
  const known = pairs.filter(({ outcome }) => isKnown(outcome));
  return {
    items: told.length,
    known: known.length,
    newlyKnown: known.filter(({ record }) => record === null).length,
    medianKnownAfterS: medianOf(known.flatMap(({ outcome }) => outcome.knownAfterS?.p50 ?? [])),
    medianSavedS: medianOf(known.flatMap(({ outcome }) => outcome.savedS?.p50 ?? [])),
    withheld: pairs.filter(({ outcome }) => outcome.withheld.length > 0).length,
  };
}

const isKnown = ({ share }: Outcome): boolean => share >= 0.5;
