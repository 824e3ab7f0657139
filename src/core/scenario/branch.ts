import type { BranchTerms, InjectTerms, ScenarioItem } from './scenario.schema.js';

/** Whose answer decides a branch: that of one desk, or the first of any desk of an audience. */
export interface Decider {
  readonly audience: string;
  readonly desk?: string;
}

/** On what an item hangs: the answer of somebody to an inject. */
export interface BranchCondition extends Decider {
  readonly inject: string;
  /** An option, or NO_ANSWER. */
  readonly answer: string;
}

/**
 * Whose answer decides a branch, of those whom the inject asks. `by` names a party or its audience (JP, jp) or a desk of one
 * (jp-mod); without it the one audience that is asked. Undefined where it names nobody who is asked, or nobody of several.
 */
export function deciderOf(by: BranchTerms['by'], to: InjectTerms['to']): Decider | undefined {
  if (by === undefined) {
    const [audience, ...others] = to;
    return audience === undefined || others.length > 0 ? undefined : { audience };
  }
  const audience = to.find((each) => each === by.toLowerCase());
  if (audience !== undefined) {
    return { audience };
  }
  const asked = to.find((each) => by.startsWith(`${each}-`) && by.length > each.length + 1);
  return asked === undefined ? undefined : { audience: asked, desk: by };
}

/** One text for a decider, as in `jp` or `jp-mod`: a desk's id begins with its audience. */
export const deciderId = ({ audience, desk }: Decider): string => desk ?? audience;

/** On what each item of a time line hangs, by its id; an item that everybody is told of is not in it. */
export function conditionsOf(timeline: readonly ScenarioItem[]): Map<string, BranchCondition> {
  const askedOf = new Map(timeline.map(({ id, inject }) => [id, inject?.to ?? []]));
  return new Map(
    timeline.flatMap(({ id, branch }) => {
      const decider = branch && deciderOf(branch.by, askedOf.get(branch.inject) ?? []);
      return branch && decider ? [[id, { inject: branch.inject, answer: branch.answer, ...decider }] as const] : [];
    }),
  );
}
