import type { ReceiptView } from '../../src/core/wire/desk-events.js';
import type { ObligationView } from '../../src/core/wire/obligation.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { noDuties, withObligations, withOutstanding, withReceipts, type Duties } from './duties.js';
import {
  dutyIndex,
  obligationsOf,
  overdueDuties,
  progressOf,
  reportIndex,
  standingOf,
  urgentDuties,
} from './duty-index.js';
import { emptyFeed, feedAfter } from './feed.js';

const START = Date.parse('2031-05-20T00:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

const ALERT = { kind: 'alert', id: 'a', version: 1 } as const;

const duty = (more: Partial<ObligationView> = {}): ObligationView => ({
  ...ALERT,
  audience: 'jp',
  epoch: 1,
  desk: 'jp-cas',
  rank: 1,
  state: 'open',
  openedAt: at(0),
  displayBy: at(10),
  acknowledgeBy: at(60),
  ...more,
});

const receipt = (more: Partial<ReceiptView> = {}): ReceiptView => ({
  ...ALERT,
  level: 'acknowledged',
  audience: 'jp',
  epoch: 1,
  desk: 'jp-cas',
  person: 'Sato',
  at: '2026-11-24T00:00:00.000Z',
  ...more,
});

const item = (seq: number, more: Partial<FeedItem> = {}): FeedItem => ({
  ...ALERT,
  seq,
  late: false,
  realAt: '2026-11-24T00:00:00.000Z',
  body: { mode: 'exercise', texts: {}, known: { at: at(0), basis: 'input' } },
  ...more,
});

const withDuty = (...obligations: ObligationView[]): Duties => withObligations(noDuties, obligations);

describe('a duty', () => {
  it.each([
    ['open', 59, 'asked'],
    ['open', 60, 'overdue'],
    ['lapsed', 0, 'lapsed'],
    ['closed', 90, 'closed'],
    ['met', 90, 'met'],
  ] as const)('that is %s stands after %d s as %s', (state, seconds, standing) => {
    expect(standingOf(duty({ state }), dutyIndex(noDuties, []), START + seconds * 1000)).toBe(standing);
  });

  it('is met as soon as the acknowledgement of its own desk is known, late or not', () => {
    const index = dutyIndex(withReceipts(noDuties, [receipt()]), []);
    expect(standingOf(duty({ state: 'lapsed' }), index, START)).toBe('met');
    expect(standingOf(duty({ desk: 'jp-mod' }), index, START)).toBe('asked');
    expect(standingOf(duty({ version: 2 }), index, START)).toBe('asked');
  });

  it('stands as it was told last', () => {
    const state = withObligations(withDuty(duty()), [duty({ state: 'lapsed' }), duty({ desk: 'jp-mod', rank: 2 })]);
    expect(obligationsOf(dutyIndex(state, []), ALERT).map(({ desk, state: now }) => [desk, now])).toEqual([
      ['jp-cas', 'lapsed'],
      ['jp-mod', 'open'],
    ]);
  });
});

describe('a snapshot', () => {
  const state = {
    ...withDuty(duty(), duty({ id: 'b' }), duty({ id: 'c', state: 'lapsed' })),
    items: [item(1), item(2, { id: 'b' })],
  };

  it('ends duties that it does not list, but for items that came after it', () => {
    const { obligations } = withOutstanding(state, { seq: 1, obligations: [] });
    expect(obligations.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('brings duties that were not told', () => {
    const { obligations } = withOutstanding(state, { seq: 2, obligations: [duty({ id: 'd' })] });
    expect(obligations.map(({ id }) => id)).toEqual(['c', 'd']);
  });
});

describe('a snapshot that crosses what the socket tells', () => {
  const before = feedAfter(
    { ...emptyFeed, epoch: 1, items: [item(1)] },
    { type: 'obligations', obligations: [duty()] },
  );
  const late = { epoch: 1, seq: 1, acknowledged: [{ ...receipt(), person: 'Sato' }], obligations: [duty()] };
  const told = feedAfter(before, { type: 'obligations', obligations: [duty({ state: 'lapsed' })] });

  it('brings its acknowledgements but undoes no newer duty', () => {
    const { obligationEvents } = before;
    const after = feedAfter(told, { type: 'snapshot', snapshot: late, obligationEvents });
    expect(after.obligations.map(({ state }) => state)).toEqual(['lapsed']);
    expect(after.acknowledged).toHaveLength(1);
  });

  it('counts in full when it was asked for after all that was told', () => {
    const { obligationEvents } = told;
    const snapshot = { ...late, obligations: [] };
    const open = feedAfter(told, { type: 'obligations', obligations: [duty()] });
    expect(feedAfter(open, { type: 'snapshot', snapshot, obligationEvents: obligationEvents + 1 }).obligations).toEqual(
      [],
    );
  });

  it('cannot be taken for one of before a refused cursor', () => {
    expect(feedAfter(told, { type: 'cursor-refused' }).obligationEvents).toBe(told.obligationEvents);
  });
});

describe('receipts', () => {
  it('told twice change nothing, and two persons of a desk are two', () => {
    const once = withReceipts(noDuties, [
      receipt(),
      receipt({ person: 'Mori' }),
      receipt({ level: 'displayed', person: undefined }),
    ]);
    const twice = withReceipts(once, [receipt(), receipt({ level: 'displayed', person: undefined })]);
    expect([twice.acknowledged.length, twice.displayed.length]).toEqual([2, 1]);
  });

  it('of another epoch are left out of the feed, and a reset clears all', () => {
    const state = feedAfter(
      { ...emptyFeed, epoch: 2 },
      { type: 'receipts', receipts: [receipt({ epoch: 1 }), receipt({ epoch: 2, desk: 'jp-mod' })] },
    );
    expect(state.acknowledged.map(({ desk }) => desk)).toEqual(['jp-mod']);
    const asked = feedAfter(state, {
      type: 'obligations',
      obligations: [duty({ epoch: 2 }), duty({ epoch: 1, id: 'b' })],
    });
    expect(asked.obligations).toHaveLength(1);
    const reset = feedAfter(asked, { type: 'reset', event: { epoch: 3, seq: 0, reason: 'REWOUND' } });
    expect([reset.acknowledged, reset.obligations]).toEqual([[], []]);
  });
});

describe('what is overdue at control', () => {
  const now = START + 90_000;

  it('is what lapsed or ran out, the longest first', () => {
    const state = withDuty(
      duty({ state: 'lapsed', acknowledgeBy: at(70), desk: 'jp-mod', rank: 2 }),
      duty(),
      duty({ audience: 'kr', desk: 'kr-jcs', acknowledgeBy: at(100) }),
    );
    expect(overdueDuties(dutyIndex(state, [item(1)]), now).map(({ desk }) => desk)).toEqual(['jp-cas', 'jp-mod']);
  });

  it('ends when any desk of the audience acknowledges, or a newer version comes', () => {
    const state = withDuty(duty({ state: 'lapsed' }));
    const after = (more: Partial<ReceiptView>): Duties => withReceipts(state, [receipt(more)]);
    expect(overdueDuties(dutyIndex(after({ desk: 'jp-mod' }), [item(1)]), now)).toEqual([]);
    expect(overdueDuties(dutyIndex(after({ audience: 'kr', desk: 'kr-jcs' }), [item(1)]), now)).toHaveLength(1);
    expect(overdueDuties(dutyIndex(state, [item(1), item(2, { version: 2 })]), now)).toEqual([]);
  });
});

describe('what is urgent at a desk', () => {
  it('is what was passed on to it and what it has let pass, until it is answered', () => {
    const urgent = (...duties: ObligationView[]): [string, boolean][] =>
      urgentDuties(dutyIndex(withDuty(...duties), [item(1), item(2, { id: 'b' })]), 'jp-cas', START + 30_000).map(
        ({ duty: { id }, isLate }) => [id, isLate],
      );
    expect(urgent(duty(), duty({ id: 'b', desk: 'jp-mod', rank: 2 }))).toEqual([]);
    expect(urgent(duty({ rank: 2 }), duty({ id: 'b', acknowledgeBy: at(20) }))).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(urgent(duty({ state: 'lapsed' }), duty({ id: 'b', state: 'closed' }))).toEqual([['a', true]]);
  });
});

describe('how far a desk is', () => {
  const desk = { id: 'jp-cas', audience: 'jp' };
  const report = {
    shown: [
      {
        ...ALERT,
        audience: 'jp',
        epoch: 1,
        seq: 4,
        texts: {},
        dueAt: at(0),
        realAt: at(0),
        late: false,
        displayed: [],
        acknowledged: [],
      },
    ],
    received: [{ audience: 'jp', desk: 'jp-cas', seq: 4, at: at(0) }],
  };

  it('is the furthest that is known', () => {
    const progress = (duties: Duties, told: typeof report | undefined, id = desk.id): string =>
      progressOf(dutyIndex(duties, []), reportIndex(told), ALERT, { ...desk, id });
    expect(progress(noDuties, undefined)).toBe('none');
    expect(progress(noDuties, report)).toBe('received');
    expect(progress(noDuties, report, 'jp-mod')).toBe('none');
    const displayed = withReceipts(noDuties, [receipt({ level: 'displayed', person: undefined })]);
    expect(progress(displayed, report)).toBe('displayed');
    expect(progress(withReceipts(displayed, [receipt()]), report)).toBe('acknowledged');
  });
});
