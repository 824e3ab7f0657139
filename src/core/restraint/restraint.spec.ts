import fc from 'fast-check';
import { runTime } from '../time/time.js';
import { actAt, claim, pledge } from './acts.fixture.js';
import { Answers } from './answers.js';
import { firstUses } from './first-use.js';
import { judge } from './judge.js';
import { ledgerOf } from './ledger.js';
import { FORCE_ACTS, LOG_ACTS } from './log-acts.js';
import { isDisputed, type LoggedAct } from './restraint.js';

const PARTIES = ['JP', 'KP', 'KR'];
const minute = fc.integer({ min: 0, max: 40 });

/** Logs of up to a dozen acts among three parties, with times that often touch or overlap. */
const logs = fc
  .array(
    fc.record({
      by: fc.constantFrom(...PARTIES),
      act: fc.constantFrom(...LOG_ACTS, 'fire' as const, 'fire' as const),
      against: fc.subarray(PARTIES),
      from: minute,
      lasts: fc.constantFrom(0, 0, 0, 3, 10),
      disputed: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(({ by, act, against, from, lasts, disputed }, index) =>
      actAt(`act-${index}`, by, [from, from + lasts], {
        act,
        against: against.filter((party) => party !== by),
        claims: disputed ? [claim('KP', 'fire'), claim('KR', 'none')] : [],
      }),
    ),
  );

const pledges = PARTIES.map((party) => pledge(party, { acts: [...FORCE_ACTS] }));
const verdicts = (acts: readonly LoggedAct[]): Map<string, string> =>
  new Map(pledges.flatMap((each) => judge(each, acts)).map(({ act, verdict }) => [act, verdict]));

describe('a ledger', () => {
  it('is the same in whatever order its log was written', () => {
    fc.assert(
      fc.property(
        logs.chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length }))),
        ([acts, shuffled]) => {
          expect(ledgerOf([...pledges].reverse(), shuffled)).toEqual(ledgerOf(pledges, acts));
        },
      ),
    );
  });

  it('never counts an answer as first use, nor as an attack that another act answers', () => {
    fc.assert(
      fc.property(logs, (acts) => {
        const judgements = pledges.flatMap((each) => judge(each, acts));
        const answered = judgements.filter(({ verdict }) => verdict === 'answered');
        const first = new Set(firstUses(acts).flatMap((each) => each.first));
        const attacks = new Set(answered.map(({ answers }) => answers?.act));
        expect(answered.filter(({ act }) => first.has(act) || attacks.has(act))).toEqual([]);
      }),
    );
  });

  it('never says broken of a disputed act, nor because of one', () => {
    fc.assert(
      fc.property(logs, (acts) => {
        const whole = verdicts(acts);
        const undisputed = verdicts(acts.filter((act) => !isDisputed(act)));
        for (const act of acts) {
          if (whole.get(act.id) === 'broken') {
            expect(isDisputed(act)).toBe(false);
            expect(undisputed.get(act.id)).toBe('broken');
          }
        }
      }),
    );
  });

  it('judges nothing from a withdrawal on, and what was before as if there had been none', () => {
    fc.assert(
      fc.property(logs, minute, (acts, minutes) => {
        const withdrawnAt = runTime(minutes * 60_000);
        const before = acts.filter(({ begins }) => begins.latest < withdrawnAt).map(({ id }) => id);
        const of = (more: object) => judge(pledge('KR', more), acts);
        const withdrawn = of({ withdrawnAt });
        const late = acts.filter(({ begins }) => begins.earliest >= withdrawnAt).map(({ id }) => id);
        expect(withdrawn.filter(({ act }) => late.includes(act))).toEqual([]);
        expect(withdrawn.filter(({ act }) => before.includes(act))).toEqual(of({}).filter(({ act }) => before.includes(act)));
      }),
    );
  }); // prettier-ignore

  it('finds an attack before every answer, and says that it was none itself', () => {
    fc.assert(
      fc.property(logs, (acts) => {
        const answers = new Answers(acts);
        for (const { verdict, answers: attack, act } of pledges.flatMap((each) => judge(each, acts))) {
          const before = acts.find(({ id }) => id === attack?.act);
          expect(verdict === 'answered').toBe(before !== undefined);
          if (before) {
            expect(answers.isAnswer(before)).toBe('no');
            expect(before.begins.latest).toBeLessThan(acts.find(({ id }) => id === act)?.begins.earliest ?? 0);
          }
        }
      }),
    );
  });

  it('makes a verdict no other than cannot tell when a time becomes less exact, or leaves it', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (from, gap, wider) => {
        const acts = (more: number) => [actAt('a', 'KP', from), actAt('b', 'KR', [from + gap - more, from + gap + more])];
        expect(verdicts(acts(wider)).get('b')).toBe(wider < gap ? 'answered' : 'cannot-tell');
      }),
    );
  }); // prettier-ignore
});

describe('first use', () => {
  const disputed = { claims: [claim('KP', 'fire'), claim('KR', 'none')] };
  it.each<[string, LoggedAct[], object[]]>([
    ['is on record', [actAt('a', 'KP', 0), actAt('b', 'KR', 1)], [{ verdict: 'on-record', first: ['a'], disputed: [] }]],
    ['is disputed', [actAt('a', 'KR', 0, disputed), actAt('b', 'KP', 1)], [{ verdict: 'disputed', first: ['b'], disputed: ['a'] }]],
    ['is on record before what is disputed', [actAt('a', 'KR', 2, disputed), actAt('b', 'KP', 1)], [{ verdict: 'on-record', first: ['b'], disputed: [] }]],
    ['cannot be told', [actAt('a', 'KR', [0, 2]), actAt('b', 'KP', 1)], [{ verdict: 'cannot-tell', first: ['a', 'b'], disputed: [] }]],
    ['is of nobody', [actAt('a', 'KR', 0, { act: 'drill-fire', against: [] }), actAt('b', 'KP', 1, { act: 'warn' })], []],
  ])('%s', (_, acts, expected) => {
    expect(firstUses(acts)).toMatchObject(expected);
    expect(firstUses(acts)).toHaveLength(expected.length);
  }); // prettier-ignore
});
