import { runTime, type DurationMs, type RunTime } from '../time/time.js';

/** Until when an inject that an audience was shown at `shownAt` may be answered in time. */
export const deadlineOf = (shownAt: RunTime, answerWithinMs: DurationMs): RunTime => runTime(shownAt + answerWithinMs);

/** An answer at the very deadline is in time. Both are run time: a pause of the clock gives nobody a late answer. */
export const isInTime = (answeredAt: RunTime, deadlineAt: RunTime): boolean => answeredAt <= deadlineAt;

export type InjectOutcome = 'answered-in-time' | 'answered-late' | 'unanswered' | 'open' | 'not-sent';

/**
 * How an inject ended for an audience, by its first answer and where the run stands. A deadline is `waived` when a jump
 * passed it over: then the inject stays open.
 */
export function injectOutcome(
  deadlineAt: RunTime | undefined,
  answers: readonly { inTime: boolean }[],
  now: RunTime,
  waived = false,
): InjectOutcome {
  if (deadlineAt === undefined) {
    return 'not-sent';
  }
  const [first] = answers;
  if (first) {
    return first.inTime ? 'answered-in-time' : 'answered-late';
  }
  return now > deadlineAt && !waived ? 'unanswered' : 'open';
}
