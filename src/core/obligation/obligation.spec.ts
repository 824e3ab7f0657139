import fc from 'fast-check';
import { runTime, type RunTime } from '../time/time.js';
import { askedAt, dutyStep, obligationOutcome, opened, type Obligation, type ObligationState } from './obligation.js';

const SPANS = { displayWithinMs: 10, acknowledgeWithinMs: 60 };
const CHAIN = ['first', 'second'];

const obligation = (desk: string, rank: number, at: number, more: Partial<Obligation> = {}): Obligation => ({
  ...opened(desk, rank, runTime(at), SPANS),
  state: 'open',
  ...more,
});

const receipts = (displayed: string[] = [], acknowledged: string[] = []): Parameters<typeof dutyStep>[1] => ({
  displayed: new Set(displayed),
  acknowledged: new Set(acknowledged),
});

const step = (
  obligations: Obligation[],
  told: ReturnType<typeof receipts>,
  now: number,
  chain = CHAIN,
): ReturnType<typeof dutyStep> => dutyStep(obligations, told, chain, runTime(now));

describe('dutyStep', () => {
  const first = obligation('first', 1, 0);
  const second = obligation('second', 2, 10);
  const lapsed = { ...first, state: 'lapsed' as const };

  it('waits for the time to display, and looks again at its end', () => {
    expect(step([first], receipts(), 9)).toEqual({ ends: [], tellControl: false, againAt: 10 });
  });

  it('asks the second desk when the first has not displayed, with the same time from that moment', () => {
    expect(step([first], receipts(), 10)).toEqual({
      ends: [{ desk: 'first', state: 'lapsed', reason: 'NOT_DISPLAYED' }],
      opens: { desk: 'second', rank: 2, openedAt: 10, displayBy: 20, acknowledgeBy: 70 },
      tellControl: false,
      againAt: 20,
    });
  });

  it('waits for the acknowledgement once the item is displayed', () => {
    expect(step([first], receipts(['first']), 10)).toEqual({ ends: [], tellControl: false, againAt: 60 });
  });

  it('asks the second desk when the first has displayed and not acknowledged', () => {
    expect(step([first], receipts(['first']), 60)).toMatchObject({
      ends: [{ desk: 'first', state: 'lapsed', reason: 'NOT_ACKNOWLEDGED' }],
      opens: { desk: 'second', rank: 2, openedAt: 60, displayBy: 70, acknowledgeBy: 120 },
      againAt: 70,
    });
  });

  it('looks at the acknowledgement straight away for a second desk that has it on its screen already', () => {
    expect(step([first], receipts(['second']), 10)).toMatchObject({ opens: { desk: 'second' }, againAt: 70 });
  });

  it('tells control when the last of the chain lapses, and then ends', () => {
    expect(step([lapsed, second], receipts(), 20)).toEqual({
      ends: [{ desk: 'second', state: 'lapsed', reason: 'NOT_DISPLAYED' }],
      tellControl: true,
    });
  });

  it('tells control at once where the audience has one desk', () => {
    expect(step([first], receipts(), 10, ['first'])).toMatchObject({ tellControl: true });
  });

  it('is met by the own acknowledgement', () => {
    expect(step([first], receipts(['first'], ['first']), 10)).toEqual({
      ends: [{ desk: 'first', state: 'met' }],
      tellControl: false,
    });
  });

  it('counts an acknowledgement without a display', () => {
    expect(step([first], receipts([], ['first']), 60)).toMatchObject({ ends: [{ state: 'met' }], tellControl: false });
  });

  it('ends when another desk of the audience has acknowledged, also one that was late', () => {
    expect(step([lapsed, second], receipts([], ['first']), 20)).toEqual({
      ends: [{ desk: 'second', state: 'closed', reason: 'ACKNOWLEDGED_BY_OTHER' }],
      tellControl: false,
    });
  });

  it.each(['met', 'lapsed', 'closed'] as const)('does nothing when all are %s', (state) => {
    expect(step([{ ...first, state }], receipts(), 1_000)).toEqual({ ends: [], tellControl: false });
  });

  it('tells control exactly once and asks each desk once, however late and seldom it looks', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(100), { maxLength: 12 }),
        (chain, delays) => {
          let obligations = [obligation(chain[0]!, 1, 0)];
          let againAt: RunTime | undefined = runTime(10);
          let told = 0;
          for (let look = 0; againAt !== undefined; look += 1) {
            const now = runTime(againAt + (delays[look] ?? 0));
            const decision = dutyStep(obligations, receipts(), chain, now);
            expect(decision.againAt === undefined || decision.againAt > now).toBe(true);
            expect(decision.opens !== undefined && decision.tellControl).toBe(false);
            obligations = obligations.map((each) => ({
              ...each,
              state: decision.ends.find(({ desk }) => desk === each.desk)?.state ?? each.state,
            }));
            obligations.push(...(decision.opens ? [{ ...decision.opens, state: 'open' as const }] : []));
            told += decision.tellControl ? 1 : 0;
            againAt = decision.againAt;
          }
          expect(told).toBe(1);
          expect(obligations.map(({ desk, rank }) => [desk, rank])).toEqual(chain.map((desk, i) => [desk, i + 1]));
          expect(obligations.every(({ state }) => state === 'lapsed')).toBe(true);
        },
      ),
    );
  });

  it('never lapses or escalates once somebody of the audience has acknowledged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHAIN, 'third'), fc.nat(500), fc.boolean(), (who, now, escalated) => {
        const decision = step(escalated ? [lapsed, second] : [first], receipts([], [who]), now);
        expect(decision.ends.some(({ state }) => state === 'lapsed')).toBe(false);
        expect([decision.opens, decision.tellControl, decision.againAt]).toEqual([undefined, false, undefined]);
      }),
    );
  });
});

describe('obligationOutcome', () => {
  it.each<[ObligationState, boolean, string]>([
    ['met', true, 'met-in-time'],
    ['lapsed', true, 'met-late'],
    ['lapsed', false, 'lapsed'],
    ['open', false, 'open'],
    ['closed', false, 'closed'],
  ])('of %s, acknowledged %s, is %s', (state, acknowledged, outcome) => {
    expect(obligationOutcome(state, acknowledged)).toBe(outcome);
  });
});

describe('askedAt', () => {
  it.each<[string, number, Parameters<typeof askedAt>[1], number]>([
    ['the due time in a scenario, however late the drain', 100, { now: runTime(900), onWallClock: false }, 100],
    [
      'where a jump went, for what it passed over',
      100,
      { now: runTime(900), onWallClock: false, jumpedTo: runTime(500) },
      500,
    ],
    [
      'the due time, for what falls due after a jump',
      600,
      { now: runTime(900), onWallClock: false, jumpedTo: runTime(500) },
      600,
    ],
    ['the present moment on the wall clock', 100, { now: runTime(900), onWallClock: true }, 900],
  ])('is %s', (_, dueAt, clock, expected) => {
    expect(askedAt(runTime(dueAt), clock)).toBe(expected);
  });
});
