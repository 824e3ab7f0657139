import { Answers } from './answers.js';
import { isForce } from './log-acts.js';
import { byTime, isBefore, isDisputed, type LoggedAct } from './restraint.js';

/** Which act of force between two parties came first, as far as a log says. */
export interface FirstUse {
  readonly between: readonly [string, string];
  /** `disputed`: an act that parties differ on may have come before; `cannot-tell`: times of both sides overlap. */
  readonly verdict: 'on-record' | 'disputed' | 'cannot-tell';
  /** The undisputed acts that none came before for certain: one, or several whose times overlap. */
  readonly first: readonly string[];
  /** The disputed acts that are not later for certain. */
  readonly disputed: readonly string[];
}

/** For each two parties of a log between which force was used, or is said to have been. */
export function firstUses(acts: readonly LoggedAct[], answers = new Answers(acts)): FirstUse[] {
  const force = acts.filter(({ act, claims }) => isForce(act) || claims.some(({ says }) => isForce(says))).sort(byTime);
  const pairs = new Map<string, [string, string]>();
  force.forEach(({ by, against }) =>
    against.forEach((other) => {
      const pair = [by, other].sort() as [string, string];
      pairs.set(pair.join(' '), pair);
    }),
  );
  return [...pairs.values()]
    .sort((a, b) => (a.join() < b.join() ? -1 : 1))
    .map((pair) => firstUseBetween(pair, force.filter((act) => isBetween(pair, act)), answers)); // prettier-ignore
}

function firstUseBetween(between: [string, string], acts: readonly LoggedAct[], answers: Answers): FirstUse {
  const undisputed = acts.filter((act) => !isDisputed(act) && answers.isAnswer(act) !== 'yes');
  const first = undisputed.filter((act) => !undisputed.some((other) => isBefore(other.begins, act.begins) === 'yes'));
  const disputed = acts.filter(
    (act) => isDisputed(act) && !first.some((each) => isBefore(each.begins, act.begins) === 'yes'),
  );
  const sides = new Set(first.map(({ by }) => by));
  const verdict = disputed.length > 0 ? 'disputed' : sides.size > 1 ? 'cannot-tell' : 'on-record';
  return { between, verdict, first: first.map(({ id }) => id), disputed: disputed.map(({ id }) => id) };
}

const isBetween = ([one, other]: [string, string], { by, against }: LoggedAct): boolean =>
  (by === one && against.includes(other)) || (by === other && against.includes(one));
