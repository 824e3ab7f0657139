import fc from 'fast-check';
import { runTime } from '../time/time.js';
import { branchStanding, decideBranch, type BranchFacts, type Given } from './branch.js';

const at = runTime;
const given = (option: string | undefined, answeredAt: number, desk = 'jp-cas'): Given => ({
  audience: desk.slice(0, 2),
  desk,
  ...(option === undefined ? {} : { option }),
  answeredAt: at(answeredAt),
});
const put = (...answers: Given[]): BranchFacts => ({
  asked: { state: 'put', deadlineAt: at(300) },
  given: answers,
});
const raise = { inject: 'ask', audience: 'jp', answer: 'raise' };
const none = { inject: 'ask', audience: 'jp', answer: 'none' };

describe('branchStanding', () => {
  it.each<[string, BranchFacts, number, object]>([
    ['open while it may be answered', put(), 299, { kind: 'open', until: 300 }],
    ['no answer at the deadline', put(), 300, { kind: 'decided', answer: 'none', by: 'desk' }],
    ['answered before the deadline', put(given('keep', 120)), 121, { kind: 'decided', answer: 'keep', by: 'desk' }],
    ['answered at the very deadline', put(given('keep', 300)), 300, { kind: 'decided', answer: 'keep', by: 'desk' }],
    ['answered late', put(given('keep', 301)), 400, { kind: 'decided', answer: 'none', by: 'desk' }],
    ['the first answer of two desks', put(given('keep', 1), given('raise', 2, 'jp-mod')), 300, { answer: 'keep' }],
    ['the answer of another party', put(given('keep', 1, 'kr-jcs')), 300, { answer: 'none' }],
    ['words without an option', put(given(undefined, 1), given('raise', 2, 'jp-mod')), 300, { kind: 'words' }],
    [
      'set by hand against an answer',
      { ...put(given('keep', 1)), set: 'raise' },
      2,
      { answer: 'raise', by: 'control' },
    ],
    ['planned', { given: [], asked: { state: 'planned', deadlineAt: at(900) } }, 1, { kind: 'open', until: 900 }],
    ['passed over', { given: [], asked: { state: 'skipped', deadlineAt: at(300) } }, 900, { kind: 'not-asked' }],
    [
      'passed over and set by hand',
      { given: [], asked: { state: 'skipped', deadlineAt: at(300) }, set: 'keep' },
      900,
      { answer: 'keep' },
    ],
    [
      'on a branch that was not taken, whatever is set',
      { given: [], asked: { state: 'left-out', deadlineAt: at(300) }, set: 'keep' },
      900,
      { kind: 'not-asked' },
    ],
    ['not put in this run', { given: [], asked: undefined }, 900, { kind: 'not-asked' }],
  ])('%s', (_, facts, now, expected) => {
    expect(branchStanding(raise, facts, at(now))).toMatchObject(expected);
  });

  it('counts the answer of the one desk that is named', () => {
    const facts = put(given('keep', 1), given('raise', 2, 'jp-mod'));
    expect(branchStanding({ audience: 'jp', desk: 'jp-mod' }, facts, at(300))).toMatchObject({ answer: 'raise' });
  });
});

describe('decideBranch', () => {
  it.each([
    ['the answer', raise, put(given('raise', 1)), 300, { kind: 'tell' }],
    ['another answer', raise, put(given('keep', 1)), 300, { kind: 'leave-out' }],
    ['no answer where one was asked for', raise, put(), 300, { kind: 'leave-out' }],
    ['no answer where that is meant', none, put(), 300, { kind: 'tell' }],
    ['an answer where none is meant', none, put(given('keep', 1)), 300, { kind: 'leave-out' }],
    ['words where none is meant', none, put(given(undefined, 1)), 300, { kind: 'leave-out' }],
    ['an inject that a jump put later', raise, put(), 200, { kind: 'wait', until: 300 }],
  ])('%s', (_, condition, facts, dueAt, expected) => {
    expect(decideBranch(condition, facts, at(dueAt))).toEqual(expected);
  });

  it('tells of all ways at most one, and once the time for answers is over always the same', () => {
    const answers = fc.array(
      fc.record({
        option: fc.option(fc.constantFrom('raise', 'keep'), { nil: undefined }),
        answeredAt: fc.nat(600),
        desk: fc.constantFrom('jp-cas', 'jp-mod', 'kr-jcs'),
      }),
    );
    fc.assert(
      fc.property(
        answers,
        fc.integer({ min: 300, max: 900 }),
        fc.integer({ min: 300, max: 900 }),
        (all, one, other) => {
          const facts = put(
            ...all
              .sort((a, b) => a.answeredAt - b.answeredAt)
              .map((each) => given(each.option, each.answeredAt, each.desk)),
          );
          const told = (now: number): string[] =>
            ['raise', 'keep', 'none'].filter(
              (answer) => decideBranch({ ...raise, answer }, facts, at(now)).kind === 'tell',
            );
          expect(told(one).length).toBeLessThanOrEqual(1);
          expect(told(other)).toEqual(told(one));
        },
      ),
    );
  });
});
