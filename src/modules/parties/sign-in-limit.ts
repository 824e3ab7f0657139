import { DomainError } from '../../core/domain-error.js';
import { AttemptCounter } from './attempt-counter.js';

/** Wrong passwords a minute for one name from one address: enough for a tired officer, too few for a dictionary. */
const FROM_ONE_ADDRESS = 10;
/** From all addresses together, so that many of them are no dictionary either. */
const FROM_ALL_ADDRESSES = 60;

/**
 * Slows guessing of one account's password on this node. Whoever guesses from one address is refused there, and does not
 * keep the desk itself from signing in at another: what is refused does not count towards the limit of the name.
 */
export class SignInLimit {
  private readonly byAddress: AttemptCounter;
  private readonly byName: AttemptCounter;

  /** `now` is in milliseconds from any moment; it must not jump. */
  constructor(now: () => number = () => performance.now()) {
    this.byAddress = new AttemptCounter(FROM_ONE_ADDRESS, now);
    this.byName = new AttemptCounter(FROM_ALL_ADDRESSES, now);
  }

  /**
   * Once many addresses together have tried too often, those from which the person signed in before (`isKnown`) go on: otherwise
   * anybody could lock a desk out when it is needed.
   *
   * Whether `verify` finds the password right. The attempt counts from its start, so that guesses made at the same time
   * count too, and counts no more once it was right or could not be made.
   * Throws DomainError TOO_MANY_ATTEMPTS without calling `verify` while there were too many within a minute.
   */
  async attempt(
    username: string,
    address: string,
    verify: () => Promise<boolean>,
    isKnown: () => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<boolean> {
    const pair = `${address} ${username}`;
    const hasRoom = (): boolean => this.byAddress.hasRoom(pair);
    // Asked only while the name has no room; the address is counted again afterwards, as others may have come meanwhile.
    const mayTry = hasRoom() && (this.byName.hasRoom(username) || (await isKnown()));
    if (!mayTry || !hasRoom()) {
      throw new DomainError(
        'TOO_MANY_ATTEMPTS',
        'Too many wrong passwords for this user; wait a minute and try again.',
      );
    }
    const counted = [this.byAddress.add(pair), this.byName.add(username)];
    let wrong = false;
    try {
      wrong = !(await verify());
    } finally {
      if (!wrong) {
        counted.forEach((takeBack) => takeBack());
      }
    }
    if (!wrong) {
      this.byAddress.forget(pair);
    }
    return !wrong;
  }
}
