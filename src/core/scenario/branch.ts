import type { BranchTerms, InjectTerms } from './scenario.schema.js';

/** Whose answer decides a branch: that of one desk, or the first of any desk of an audience. */
export interface Decider {
  readonly audience: string;
  readonly desk?: string;
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
