import { runTime } from '../time/time.js';
import { deadlineOf, injectOutcome, isInTime, type InjectOutcome } from './inject.js';

const at = runTime;

it('sets the deadline as long after the showing as the inject allows', () => {
  expect(deadlineOf(at(1_000), 300_000)).toBe(301_000);
});

describe('isInTime', () => {
  it.each([
    ['before the deadline', 299, true],
    ['at the very deadline', 300, true],
    ['a millisecond after it', 301, false],
  ])('an answer %s', (_, answeredAt, inTime) => {
    expect(isInTime(at(answeredAt), at(300))).toBe(inTime);
  });
});

describe('injectOutcome', () => {
  const inTime = { inTime: true };
  const late = { inTime: false };

  it.each<[string, number | undefined, { inTime: boolean }[], number, InjectOutcome]>([
    ['never shown', undefined, [], 999, 'not-sent'],
    ['shown, time left', 300, [], 299, 'open'],
    ['shown, at the very deadline', 300, [], 300, 'open'],
    ['shown, deadline passed', 300, [], 301, 'unanswered'],
    ['answered in time', 300, [inTime], 100, 'answered-in-time'],
    ['answered in time, long ago', 300, [inTime], 999, 'answered-in-time'],
    ['answered late', 300, [late], 301, 'answered-late'],
    ['a second desk was late: the first answer counts', 300, [inTime, late], 301, 'answered-in-time'],
  ])('%s', (_, deadlineAt, answers, now, outcome) => {
    expect(injectOutcome(deadlineAt === undefined ? undefined : at(deadlineAt), answers, at(now))).toBe(outcome);
  });
});
