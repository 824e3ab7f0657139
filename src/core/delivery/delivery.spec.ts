import { runTime, wallTime } from '../time/time.js';
import { LATE_AFTER_MS, decideDelivery, isLate, type Act } from './delivery.js';

type Outcome = 'deliver' | 'ALREADY_SHOWN' | 'SUPERSEDED' | 'NEVER_SHOWN' | 'CANCELLED';

const outcomeOf = (candidate: [number, Act], shown: [number, Act] | undefined): Outcome => {
  const decision = decideDelivery(
    { version: candidate[0], act: candidate[1] },
    shown && { version: shown[0], act: shown[1] },
  );
  return decision.kind === 'deliver' ? 'deliver' : decision.reason;
};

describe('decideDelivery', () => {
  it.each<[string, Act, Outcome]>([
    ['a thread that begins', 'alert', 'deliver'],
    ['an update whose beginning this audience was never told', 'update', 'deliver'],
    ['a cancel of what this audience was never told', 'cancel', 'NEVER_SHOWN'],
  ])('with nothing shown: %s', (_, act, outcome) => {
    for (const version of [1, 2, 3]) {
      expect(outcomeOf([version, act], undefined)).toBe(outcome);
    }
  });

  // Every pair of acts, by how the versions stand to each other.
  it.each<[string, Act, string, Act, Outcome]>([
    ['earlier', 'alert', 'later', 'alert', 'SUPERSEDED'],
    ['earlier', 'alert', 'later', 'update', 'SUPERSEDED'],
    ['earlier', 'alert', 'later', 'cancel', 'CANCELLED'],
    ['earlier', 'update', 'later', 'alert', 'SUPERSEDED'],
    ['earlier', 'update', 'later', 'update', 'SUPERSEDED'],
    ['earlier', 'update', 'later', 'cancel', 'CANCELLED'],
    ['earlier', 'cancel', 'later', 'alert', 'SUPERSEDED'],
    ['earlier', 'cancel', 'later', 'update', 'SUPERSEDED'],
    ['earlier', 'cancel', 'later', 'cancel', 'CANCELLED'],
    ['same', 'alert', 'same', 'alert', 'ALREADY_SHOWN'],
    ['same', 'alert', 'same', 'update', 'ALREADY_SHOWN'],
    ['same', 'alert', 'same', 'cancel', 'ALREADY_SHOWN'],
    ['same', 'update', 'same', 'alert', 'ALREADY_SHOWN'],
    ['same', 'update', 'same', 'update', 'ALREADY_SHOWN'],
    ['same', 'update', 'same', 'cancel', 'ALREADY_SHOWN'],
    ['same', 'cancel', 'same', 'alert', 'ALREADY_SHOWN'],
    ['same', 'cancel', 'same', 'update', 'ALREADY_SHOWN'],
    ['same', 'cancel', 'same', 'cancel', 'ALREADY_SHOWN'],
    ['later', 'alert', 'earlier', 'alert', 'deliver'],
    ['later', 'alert', 'earlier', 'update', 'deliver'],
    ['later', 'alert', 'earlier', 'cancel', 'CANCELLED'],
    ['later', 'update', 'earlier', 'alert', 'deliver'],
    ['later', 'update', 'earlier', 'update', 'deliver'],
    ['later', 'update', 'earlier', 'cancel', 'CANCELLED'],
    ['later', 'cancel', 'earlier', 'alert', 'deliver'],
    ['later', 'cancel', 'earlier', 'update', 'deliver'],
    ['later', 'cancel', 'earlier', 'cancel', 'CANCELLED'],
  ])('%s %s after %s %s: %s', (candidateAge, candidateAct, _, shownAct, outcome) => {
    const candidates: Record<string, number[]> = { earlier: [1, 4], same: [5], later: [6, 9] };
    for (const version of candidates[candidateAge] ?? []) {
      expect(outcomeOf([version, candidateAct], [5, shownAct])).toBe(outcome);
    }
  });
});

const clockAt = (runAt: number, speed: number): Parameters<typeof isLate>[2] => ({
  speed,
  segment: { realAt: wallTime(0), runAt: runTime(runAt), rate: speed },
});

describe('isLate', () => {
  const due = 1_290_490_440_000;

  it.each([
    ['on time', 0, 1, false],
    ['at the bound', LATE_AFTER_MS, 1, false],
    ['past the bound', LATE_AFTER_MS + 1, 1, true],
    ['at the bound at 300 times: 25 minutes of the run', 25 * 60_000, 300, false],
    ['past the bound at 300 times', 25 * 60_000 + 1, 300, true],
    ['at the bound at 3600 times: five hours of the run', 5 * 3_600_000, 3600, false],
    ['past the bound at 3600 times', 5 * 3_600_000 + 1, 3600, true],
    ['at the bound at a tenth of the speed: half a second of the run', 500, 0.1, false],
    ['past the bound at a tenth of the speed', 501, 0.1, true],
    ['before it is due', -60_000, 1, false],
  ])('%s', (_, behindMs, rate, late) => {
    expect(isLate(runTime(due), runTime(due + behindMs), clockAt(due - 1, rate), false)).toBe(late);
  });

  it('what a jump passed over is late at any speed, what falls due after it is not', () => {
    const target = due + 60_000;
    for (const speed of [1, 300, 3600]) {
      expect(isLate(runTime(due), runTime(target), clockAt(target, speed), true)).toBe(true);
      expect(isLate(runTime(target), runTime(target), clockAt(target, speed), true)).toBe(false);
      expect(isLate(runTime(due), runTime(target), clockAt(target, speed), false)).toBe(speed === 1);
    }
  });
});
