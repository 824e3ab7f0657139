import { isoOf } from '../time/time.js';
import type { Ledger, LedgerAct, LedgerDeclaration } from '../wire/restraint.js';
import { Answers } from './answers.js';
import { firstUses } from './first-use.js';
import { judge } from './judge.js';
import { byTime, VERDICTS, type Declaration, type Judgement, type LoggedAct } from './restraint.js';

/**
 * A time that a source calls approximate is taken to lie within this long of it: five minutes, an assumption of this project.
 * A ledger carries it.
 */
export const APPROXIMATE_MS = 5 * 60_000;

/** The ledger of some declarations over a log. The order of either list changes nothing. */
export function ledgerOf(declarations: readonly Declaration[], acts: readonly LoggedAct[]): Ledger {
  const answers = new Answers(acts);
  const stated = [...declarations].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const judgements = stated.flatMap((declaration) => judge(declaration, acts, answers));
  return {
    declarations: stated.map((declaration) => declarationOf(declaration, judgements)),
    acts: [...acts].sort(byTime).map((act) => actOf(act, judgements)),
    firstUse: firstUses(acts, answers),
    assumptions: { approximateMs: APPROXIMATE_MS },
  };
}

function declarationOf(
  { from, until, withdrawnAt, ...rest }: Declaration,
  judgements: readonly Judgement[],
): LedgerDeclaration {
  const own = judgements.filter(({ declaration }) => declaration === rest.id);
  const counts = VERDICTS.map((verdict) => [verdict, own.filter((each) => each.verdict === verdict).length]);
  return {
    ...rest,
    from: isoOf(from),
    ...(until === undefined ? {} : { until: isoOf(until) }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt: isoOf(withdrawnAt) }),
    counts: Object.fromEntries(counts) as LedgerDeclaration['counts'],
  };
}

const actOf = ({ begins, ...act }: LoggedAct, judgements: readonly Judgement[]): LedgerAct => ({
  ...act,
  begins: { earliest: isoOf(begins.earliest), latest: isoOf(begins.latest) },
  judgements: judgements.filter((judgement) => judgement.act === act.id),
});
