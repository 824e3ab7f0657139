import type { DurationMs } from '../time/time.js';
import { Answers, isUpon } from './answers.js';
import { isForce } from './log-acts.js';
import { isInTerm, unreached } from './reach.js';
import {
  byTime,
  isBefore,
  isDisputed,
  type Declaration,
  type Judgement,
  type Known,
  type LoggedAct,
  type Reason,
  type Verdict,
} from './restraint.js';

/**
 * How the acts of a party stand to its declaration, in the order of time. Acts outside its term are left out. It compares what
 * was stated with a log; it says nothing of why somebody acted, nor whether it was lawful.
 */
export function judge(declaration: Declaration, acts: readonly LoggedAct[], answers = new Answers(acts)): Judgement[] {
  return acts
    .filter((act) => act.by === declaration.party && isInTerm(declaration, act) !== 'no')
    .sort(byTime)
    .map((act) => judgeAct(declaration, act, acts, answers));
}

function judgeAct(declaration: Declaration, act: LoggedAct, acts: readonly LoggedAct[], answers: Answers): Judgement {
  const judged = (verdict: Verdict, reason: Reason, more: Partial<Judgement> = {}): Judgement => ({
    declaration: declaration.id,
    act: act.id,
    verdict,
    reason,
    turnsOn: [],
    ...more,
  });
  const beyond = unreached(declaration, act);
  if (beyond) {
    return judged(beyond.verdict, beyond.reason);
  }
  if (isDisputed(act)) {
    return judged('disputed', 'act-disputed', { turnsOn: [act.id] });
  }
  if (!declaration.unless) {
    return judged('broken', 'no-condition');
  }
  const before = attacksBefore(declaration.unless, act, acts, answers);
  const attack = before.sure.at(-1);
  if (attack) {
    return judged('answered', 'attack-before', { answers: { act: attack.id, gapMs: gapMsOf(attack, act) } });
  }
  if (before.disputed.length > 0) {
    return judged('disputed', 'attack-disputed', { turnsOn: before.disputed.map(({ id }) => id) });
  }
  return before.open.length > 0
    ? judged('cannot-tell', 'order-uncertain', { turnsOn: before.open.map(({ id }) => id) })
    : judged('broken', 'no-attack-before');
}

/** The attacks that an act may answer, each list in the order of time. */
interface AttacksBefore {
  /** Nobody disputes them, they are no answers themselves, and they came before for certain. */
  readonly sure: readonly LoggedAct[];
  readonly disputed: readonly LoggedAct[];
  /** What was uncertain is whether they came before, or whether they were answers themselves. */
  readonly open: readonly LoggedAct[];
}

function attacksBefore(
  { by, withinMs }: NonNullable<Declaration['unless']>,
  act: LoggedAct,
  acts: readonly LoggedAct[],
  answers: Answers,
): AttacksBefore {
  const fits = (attack: LoggedAct): Known =>
    by && !by.includes(attack.by) ? 'no' : all(isBefore(attack.begins, act.begins), isWithin(withinMs, attack, act));
  const disputed = acts.filter(
    (each) => isDisputed(each) && isUpon(each, act) && mayBeForce(each) && fits(each) !== 'no',
  );
  const standing = [...answers.attacksOn(act)]
    .sort(byTime)
    .map((attack) => ({ attack, known: all(fits(attack), not(answers.isAnswer(attack))) }));
  const those = (known: Known): LoggedAct[] =>
    standing.filter((each) => each.known === known).map(({ attack }) => attack);
  return { sure: those('yes'), disputed: disputed.sort(byTime), open: those('cannot-tell') };
}

/** Whether anybody says of a disputed act that it was one of force. */
const mayBeForce = ({ act, claims }: LoggedAct): boolean => isForce(act) || claims.some(({ says }) => isForce(says));

/** The least and the most time from the beginning of one act to that of a later one. */
export function gapMsOf(first: LoggedAct, next: LoggedAct): readonly [least: DurationMs, most: DurationMs] {
  return [Math.max(0, next.begins.earliest - first.begins.latest), next.begins.latest - first.begins.earliest];
}

function isWithin(withinMs: DurationMs | undefined, attack: LoggedAct, act: LoggedAct): Known {
  const [least, most] = gapMsOf(attack, act);
  if (withinMs === undefined || most <= withinMs) {
    return 'yes';
  }
  return least > withinMs ? 'no' : 'cannot-tell';
}

const not = (known: Known): Known => (known === 'yes' ? 'no' : known === 'no' ? 'yes' : 'cannot-tell');

const all = (one: Known, other: Known): Known =>
  one === 'no' || other === 'no' ? 'no' : one === 'yes' && other === 'yes' ? 'yes' : 'cannot-tell';
