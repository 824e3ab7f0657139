import type { BranchCondition, Decider } from '../scenario/branch.js';
import { NO_ANSWER } from '../scenario/no-answer.js';
import type { RunTime } from '../time/time.js';

/** How an inject stands with the audience whose answer decides. */
export interface Asked {
  /** left-out: it is on a branch that was not taken itself; skipped: a jump passed it over. */
  readonly state: 'planned' | 'put' | 'skipped' | 'left-out';
  /** As planned, until it is put. */
  readonly deadlineAt: RunTime;
}

/** An answer that stands. */
export interface Given {
  readonly audience: string;
  readonly desk: string;
  readonly option?: string;
  readonly answeredAt: RunTime;
}

/** What a branch is judged by. */
export interface BranchFacts {
  /** Undefined where the run does not put it to that audience at all. */
  readonly asked: Asked | undefined;
  /** Answers to the inject that stand, the oldest first. */
  readonly given: readonly Given[];
  /** What control has set by hand. */
  readonly set?: string;
}

/** Where a branch leads: an option or NO_ANSWER; `words` is an answer without an option, which leads nowhere. */
export type BranchStanding =
  | { readonly kind: 'open'; readonly until: RunTime }
  | { readonly kind: 'decided'; readonly answer: string; readonly by: 'desk' | 'control' }
  | { readonly kind: 'words' }
  | { readonly kind: 'not-asked' };

export type BranchDecision =
  { readonly kind: 'tell' } | { readonly kind: 'wait'; readonly until: RunTime } | { readonly kind: 'leave-out' };

/**
 * Where a branch leads at a run time. What control sets goes before any answer. Only answers by the deadline count, also where
 * a jump passed the deadline over and later ones are taken as in time: else what is told already could come to be wrong.
 */
export function branchStanding(decider: Decider, { asked, given, set }: BranchFacts, at: RunTime): BranchStanding {
  if (!asked || asked.state === 'left-out') {
    return { kind: 'not-asked' };
  }
  if (set !== undefined) {
    return { kind: 'decided', answer: set, by: 'control' };
  }
  if (asked.state === 'skipped') {
    return { kind: 'not-asked' };
  }
  const first = given.find(
    ({ audience, desk, answeredAt }) =>
      audience === decider.audience &&
      (decider.desk === undefined || desk === decider.desk) &&
      answeredAt <= asked.deadlineAt,
  );
  if (first) {
    return first.option === undefined ? { kind: 'words' } : { kind: 'decided', answer: first.option, by: 'desk' };
  }
  return at < asked.deadlineAt
    ? { kind: 'open', until: asked.deadlineAt }
    : { kind: 'decided', answer: NO_ANSWER, by: 'desk' };
}

/**
 * What becomes of an item on a branch that falls due at `dueAt`. It waits where the inject was put later than planned, so that
 * its time for answers is not over.
 */
export function decideBranch(condition: BranchCondition, facts: BranchFacts, dueAt: RunTime): BranchDecision {
  const standing = branchStanding(condition, facts, dueAt);
  switch (standing.kind) {
    case 'open':
      return { kind: 'wait', until: standing.until };
    case 'decided':
      return { kind: standing.answer === condition.answer ? 'tell' : 'leave-out' };
    case 'words':
    case 'not-asked':
      return { kind: 'leave-out' };
  }
}
