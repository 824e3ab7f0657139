import { isForce } from './log-acts.js';
import { isBefore, isDisputed, type Known, type LoggedAct } from './restraint.js';

/**
 * Which acts of a log answer others. An act is an answer when the party that does it was attacked before by the party that it
 * acts upon; an answer is no attack itself, so that whoever began an exchange is not attacked by the reply.
 * Only acts that nobody disputes count here: a disputed one makes no act an answer.
 */
export class Answers {
  private readonly attacks: readonly LoggedAct[];
  private readonly known = new Map<string, Known>();

  constructor(acts: readonly LoggedAct[]) {
    this.attacks = acts.filter((act) => isForce(act.act) && !isDisputed(act));
  }

  /** Whether an act is an answer. */
  isAnswer(act: LoggedAct): Known {
    const before = this.known.get(act.id);
    if (before !== undefined) {
      return before;
    }
    const known = this.decide(act);
    this.known.set(act.id, known);
    return known;
  }

  /** The undisputed acts of force upon this party by those that it acts upon, whenever they were. */
  attacksOn(act: LoggedAct): readonly LoggedAct[] {
    return this.attacks.filter((attack) => isUpon(attack, act));
  }

  /** What follows looks at acts that began earlier only, so that it comes to an end. */
  private decide(act: LoggedAct): Known {
    let known: Known = 'no';
    for (const attack of this.attacksOn(act)) {
      const order = isBefore(attack.begins, act.begins);
      const reply = order === 'yes' ? this.isAnswer(attack) : order === 'no' ? 'yes' : this.surelyAnswers(attack);
      if (order === 'yes' && reply === 'no') {
        return 'yes';
      }
      known = reply === 'yes' ? known : 'cannot-tell';
    }
    return known;
  }

  /** Whether it is an answer whatever the order of the acts that overlap with it. */
  private surelyAnswers(act: LoggedAct): Known {
    const answered = this.attacksOn(act).some(
      (attack) => isBefore(attack.begins, act.begins) === 'yes' && this.isAnswer(attack) === 'no',
    );
    return answered ? 'yes' : 'cannot-tell';
  }
}

/** Whether `attack` is by somebody upon whom `act` is, and upon the one who does `act`. */
export const isUpon = (attack: LoggedAct, act: LoggedAct): boolean =>
  attack.id !== act.id && attack.by !== act.by && attack.against.includes(act.by) && act.against.includes(attack.by);
