/** What can be violated. The names are stable: they are printed, and tests and people look for them. */
export const RULES = {
  LOST: 'accepted, and not at every console of every audience named',
  DUPLICATED: 'applied twice by a console, or twice in a feed, or acknowledged twice',
  OUT_OF_ORDER: 'applied out of the order of the feed, or in another order than elsewhere',
  VERSION_ORDER: 'a version before an earlier one, or after the cancel of its thread',
  LEAKED: 'shown to an audience that was not named, or in another run',
  GAP: 'a hole in the sequence of a feed',
  HALF: 'a message without an answer reached some audiences and not others',
  INVENTED: 'shown although nobody sent it, or although it was refused',
  ACK_LOST: 'an acknowledgement that was answered ok is not there in the end',
  ACK_REFUSED: 'an acknowledgement of something that the console was shown was refused',
  CHAIN: 'the chain of hashes of a feed does not hold',
  REFUSED: 'a valid message was refused',
  RESET: 'a console was told to clear its list although nothing was moved back or restored',
  CRASHED: 'a process of the service ended although nobody had ended it',
  STUCK: 'not at rest by the deadline',
} as const;

export type Rule = keyof typeof RULES;

export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
}

const KEPT = 20;

/** Counts violations and keeps the first of each rule in words: one fault may violate a rule a million times. */
export class Violations {
  readonly counts = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, 0])) as Record<Rule, number>;
  readonly first: Violation[] = [];

  add(rule: Rule, detail: () => string): void {
    this.counts[rule] += 1;
    if (this.counts[rule] <= KEPT) {
      this.first.push({ rule, detail: detail() });
    }
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }
}
