import fc from 'fast-check';
import { decideDelivery, type Act, type Shown } from '../delivery/delivery.js';
import { digestText } from '../delivery/digest.js';
import { byDueOrder, type DueStep } from '../delivery/due.js';
import { deadlineOf } from '../exercise/inject.js';
import { bodyOf } from '../incident/item-body.js';
import { runTime, wallTime, type RunTime, type WallTime } from '../time/time.js';
import { changeClock, endClock, runTimeAt, startClock, wallTimeAt, type Clock, type ClockCommand } from './clock.js';
import { planJump, type JumpItems, type JumpPlan } from './jump.js';

// A run in memory, played with core's decisions alone and in the order of the real pipeline: what is due is taken row by
// row, an inject that is told sets its deadline, a jump settles what it passes over, a jump back begins anew. It stands
// here and not under test/ because tests of core may import core only.

const START = 1_290_466_800_000;
const MINUTE = 60_000;
const LENGTH = 120 * MINUTE;
const END = runTime(START + LENGTH);
const WALL = 1_790_000_000_000.25;

interface Row {
  readonly id: string;
  readonly itemId: string;
  readonly audience: string;
  readonly version: number;
  readonly act: Act;
  readonly step: DueStep;
  readonly dueAt: RunTime;
  /** Only for injects. */
  readonly answerWithinMs?: number;
}

type Event = { row: Row; at: RunTime; outcome: 'told' | 'suppressed' | 'matched' | 'closed' | 'skipped' | 'cancelled' };

const END_ROW: Row = {
  id: 'end',
  itemId: '~end',
  audience: 'control',
  version: 1,
  act: 'alert',
  step: 'end',
  dueAt: END,
};

/** Nothing here is put in by people. */
const inDueOrder = (a: Row, b: Row): number => byDueOrder({ ...a, origin: 'scenario' }, { ...b, origin: 'scenario' });

class SimulatedRun {
  now: WallTime = wallTime(WALL);
  clock: Clock;
  pending: Row[];
  /** What happened in the present epoch. */
  events: Event[] = [];
  private readonly shown = new Map<string, Shown>();

  constructor(
    private readonly rows: readonly Row[],
    speed: number,
  ) {
    this.pending = [...rows, END_ROW];
    this.clock = startClock(this.now, { startAt: runTime(START), endAt: END }, speed, true);
  }

  get at(): RunTime {
    return runTimeAt(this.clock, this.now);
  }

  /** Lets wall time pass, and only then looks what is due: as after an outage, or with a timer that is late. */
  wait(ms: number): void {
    this.now = wallTime(this.now + ms);
    this.drain();
  }

  command(command: ClockCommand, items: JumpItems = 'send'): JumpPlan<Row> | undefined {
    const from = this.at;
    const change = changeClock(this.clock, command, this.now);
    if (change.kind !== 'changed') {
      return undefined;
    }
    this.clock = change.clock;
    const plan = command.action === 'jump' ? planJump(this.pending, from, command.to, items) : undefined;
    if (plan?.direction === 'back') {
      this.pending = [...this.rows, END_ROW];
      this.events = [];
      this.shown.clear();
    }
    plan?.skipped.forEach((row) => this.settle(row, 'skipped'));
    plan?.cancelled.forEach((row) => this.settle(row, 'cancelled'));
    this.drain();
    return plan;
  }

  /** Plays from timer to timer until the run has ended. */
  playToEnd(): this {
    this.command({ action: 'play' });
    for (let timers = 0; this.clock.state !== 'ended'; timers += 1) {
      const next = Math.min(...this.pending.map(({ dueAt }) => dueAt));
      const realAt = wallTimeAt(this.clock, runTime(next));
      if (realAt === undefined || timers > 10_000) {
        throw new Error(`the run will not end: ${JSON.stringify(this.clock)}`);
      }
      this.wait(Math.max(1, Math.ceil(realAt - this.now)));
    }
    return this;
  }

  digest(): string {
    return digestText(
      this.events
        .filter(({ outcome }) => outcome === 'told' || outcome === 'matched' || outcome === 'closed')
        .map(({ row }) => ({
          ...row,
          contentHash: JSON.stringify(bodyOf({ mode: 'test', texts: {} }, { basis: row.id }, row.dueAt)),
        })),
    );
  }

  idsOf(...outcomes: Event['outcome'][]): string[] {
    return this.events.filter(({ outcome }) => outcomes.includes(outcome)).map(({ row }) => row.id);
  }

  private drain(): void {
    for (;;) {
      const now = this.at;
      const [row] = this.pending.filter(({ dueAt }) => dueAt <= now).sort(inDueOrder);
      if (!row) {
        return;
      }
      this.take(row);
    }
  }

  private take(row: Row): void {
    switch (row.step) {
      case 'deliver':
        this.tell(row);
        break;
      case 'match':
        this.settle(row, 'matched');
        break;
      case 'deadline':
      case 'duty':
        this.settle(row, 'closed');
        break;
      case 'end':
        this.pending = this.pending.filter((each) => each !== row);
        this.clock = endClock(this.clock, this.now);
        break;
    }
  }

  private tell(row: Row): void {
    const thread = `${row.audience} ${row.itemId}`;
    const decision = decideDelivery(row, this.shown.get(thread));
    this.settle(row, decision.kind === 'deliver' ? 'told' : 'suppressed');
    if (decision.kind === 'deliver') {
      this.shown.set(thread, row);
      if (row.answerWithinMs !== undefined) {
        const dueAt = deadlineOf(row.dueAt, row.answerWithinMs);
        this.pending.push({ ...row, id: `${row.id} deadline`, step: 'deadline', dueAt });
      }
    }
  }

  private settle(row: Row, outcome: Event['outcome']): void {
    this.pending = this.pending.filter((each) => each !== row);
    this.events.push({ row, at: this.at, outcome });
  }
}

// ---- What is played: threads of up to three versions, some of them injects or launches, at few instants, so that many
// rows fall due together and later versions often before earlier ones.

const dueAt = fc.nat(24).map((fives) => runTime(START + fives * 5 * MINUTE));

/** Where a jump goes: any instant of the run, and often one at which something is due, or an end of the line. */
const target = fc.oneof(
  dueAt,
  fc.nat(LENGTH).map((ms) => runTime(START + ms)),
  fc.constantFrom(runTime(START), END),
);

const version = fc.record({
  later: fc.constantFrom<Act>('update', 'update', 'cancel'),
  audiences: fc.record({ control: dueAt, jp: fc.option(dueAt), kr: fc.option(dueAt), us: fc.option(dueAt) }),
});

const thread = fc.record({
  kind: fc.constantFrom('report', 'report', 'inject', 'launch'),
  versions: fc.array(version, { minLength: 1, maxLength: 3 }),
});

type Thread = typeof thread extends fc.Arbitrary<infer Value> ? Value : never;

const rowsOf = ({ kind, versions }: Thread, index: number): Row[] =>
  versions.flatMap(({ later, audiences }, earlier) => {
    const itemId = `${kind}-${index}`;
    const row = (audience: string, step: DueStep, at: RunTime): Row => ({
      id: `${itemId} v${earlier + 1} ${audience} ${step}`,
      itemId,
      audience,
      version: earlier + 1,
      act: earlier === 0 ? 'alert' : later,
      step,
      dueAt: at,
      ...(kind === 'inject' && audience !== 'control' ? { answerWithinMs: 7 * MINUTE } : {}),
    });
    const told = Object.entries(audiences).flatMap(([who, at]) => (at === null ? [] : [row(who, 'deliver', at)]));
    return kind === 'launch' ? [...told, row('control', 'match', audiences.control)] : told;
  });

const played = fc.array(thread, { minLength: 1, maxLength: 6 }).map((threads) => threads.flatMap(rowsOf));

const speed = fc.oneof(fc.constantFrom(0.1, 1, 60, 300, 3600), fc.double({ min: 0.1, max: 3600, noNaN: true }));

type Action = { wait: number } | { command: ClockCommand };

const wait = fc
  .oneof(fc.nat(2_000), fc.nat(30 * MINUTE), fc.double({ min: 0, max: MINUTE, noNaN: true }))
  .map((ms): Action => ({ wait: ms }));
const playPauseSpeed = fc
  .oneof(
    fc.constantFrom<ClockCommand>({ action: 'play' }, { action: 'pause' }),
    speed.map((each): ClockCommand => ({ action: 'speed', speed: each })),
  )
  .map((command): Action => ({ command }));
const jump = target.map((to): Action => ({ command: { action: 'jump', to } }));

const withoutJumps = fc.array(fc.oneof(wait, playPauseSpeed), { maxLength: 30 });
const withJumps = fc.array(fc.oneof(wait, playPauseSpeed, jump), { maxLength: 30 });
const items = fc.constantFrom<JumpItems>('send', 'skip');

const act = (run: SimulatedRun, action: Action, how: JumpItems = 'send'): JumpPlan<Row> | undefined =>
  'wait' in action ? void run.wait(action.wait) : run.command(action.command, how);

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

describe('a run, by any sequence of wall-clock steps and commands', () => {
  it('loses and repeats nothing, and tells in due order and never early', () => {
    fc.assert(
      fc.property(played, speed, withoutJumps, (rows, first, actions) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action));
        run.playToEnd();
        const planned = run.events.filter(({ row }) => row.step !== 'deadline');
        expect(sorted(planned.map(({ row }) => row.id))).toEqual(sorted(rows.map(({ id }) => id)));
        expect(run.idsOf('skipped', 'cancelled')).toEqual([]);
        expect(run.events.map(({ row }) => row)).toEqual(run.events.map(({ row }) => row).sort(inDueOrder));
        expect(run.events.filter(({ row, at }) => at < row.dueAt)).toEqual([]);
      }),
    );
  });

  it('tells each audience the versions of a thread in ascending order, nothing after a cancel, no cancel alone', () => {
    fc.assert(
      fc.property(played, speed, withoutJumps, (rows, first, actions) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action));
        const threads = new Map<string, Row[]>();
        for (const { row, outcome } of run.playToEnd().events) {
          if (outcome === 'told') {
            const key = `${row.audience} ${row.itemId}`;
            threads.set(key, [...(threads.get(key) ?? []), row]);
          }
        }
        for (const told of threads.values()) {
          const versions = told.map(({ version }) => version);
          expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
          expect(told.findIndex((row) => row.act === 'cancel')).not.toBe(0);
          expect(told.slice(0, -1).some((row) => row.act === 'cancel')).toBe(false);
        }
      }),
    );
  });

  it('has one digest at 1, 300 and 3600 times and through pauses, changes of speed and late timers', () => {
    fc.assert(
      fc.property(played, speed, withoutJumps, (rows, first, actions) => {
        const disturbed = new SimulatedRun(rows, first);
        actions.forEach((action) => act(disturbed, action));
        const digest = disturbed.playToEnd().digest();
        for (const each of [1, 300, 3600]) {
          expect(new SimulatedRun(rows, each).playToEnd().digest()).toBe(digest);
        }
      }),
    );
  });

  it('never goes back without a jump back, never passes its end, and goes where a jump says', () => {
    fc.assert(
      fc.property(played, speed, withJumps, items, (rows, first, actions, how) => {
        const run = new SimulatedRun(rows, first);
        for (const action of actions) {
          const before = run.at;
          const plan = act(run, action, how);
          const to = plan && 'command' in action && action.command.action === 'jump' ? action.command.to : undefined;
          expect(run.at).toBeGreaterThanOrEqual(plan?.direction === 'back' ? START : before);
          expect(run.at).toBeLessThanOrEqual(END);
          expect(run.at).toBe(to ?? run.at);
          // Also at the instants at which something was taken, before the end was noticed.
          const instants = run.events.map(({ at }) => at);
          expect(instants).toEqual([...instants].sort((a, b) => a - b));
          expect(instants.at(-1) ?? START).toBeLessThanOrEqual(END);
        }
      }),
    );
  });

  it('plays to its end from wherever the commands left it', () => {
    fc.assert(
      fc.property(played, speed, withJumps, items, (rows, first, actions, how) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action, how));
        run.playToEnd();
        expect(run.at).toBe(END);
        // Only the deadlines that lie past the end are still open, and they never fall due.
        expect(run.pending.filter((row) => row.step !== 'deadline' || row.dueAt <= END)).toEqual([]);
      }),
    );
  });

  it('is continuous to the millisecond where it pauses, plays or changes speed', () => {
    fc.assert(
      fc.property(speed, withoutJumps, (first, actions) => {
        const run = new SimulatedRun([], first);
        for (const action of actions) {
          const before = run.at;
          if ('command' in action) {
            act(run, action);
            expect(run.at).toBe(before);
          } else {
            const stands = run.clock.segment.rate === 0;
            act(run, action);
            expect(stands ? run.at : before).toBe(before);
          }
        }
      }),
    );
  });
});

describe('a jump', () => {
  it('forward splits what it passes over into sent, skipped and cancelled, without remainder or overlap', () => {
    fc.assert(
      fc.property(played, speed, withoutJumps, target, items, (rows, first, actions, to, how) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action));
        const from = run.at;
        fc.pre(to >= from && run.clock.state !== 'ended');
        const passed = run.pending.filter((row) => row.dueAt > from && row.dueAt <= to && row.step !== 'end');
        const { direction, sent, skipped, cancelled } = run.command({ action: 'jump', to }, how)!;
        expect(direction).toBe('forward');
        const parts = [...sent, ...skipped, ...cancelled].map(({ id }) => id);
        expect(sorted(parts)).toEqual(sorted(passed.map(({ id }) => id)));
        expect(new Set(parts).size).toBe(parts.length);
        expect(how === 'send' ? skipped : sent).toEqual([]);
        expect(cancelled).toEqual(passed.filter(({ step }) => step === 'deadline'));
      }),
    );
  });

  it('takes each row that it sends exactly once, and never one that it skips or cancels', () => {
    fc.assert(
      fc.property(played, speed, withoutJumps, target, items, (rows, first, actions, to, how) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action));
        fc.pre(to >= run.at && run.clock.state !== 'ended');
        const { sent, skipped, cancelled } = run.command({ action: 'jump', to }, how)!;
        const takenAtOnce = run.idsOf('told', 'suppressed', 'matched');
        expect(takenAtOnce).toEqual(expect.arrayContaining(sent.map(({ id }) => id)));
        run.playToEnd();
        const taken = run.idsOf('told', 'suppressed', 'matched', 'closed');
        expect(new Set(taken).size).toBe(taken.length);
        expect(sent.filter(({ id }) => !taken.includes(id))).toEqual([]);
        expect([...skipped, ...cancelled].filter(({ id }) => taken.includes(id))).toEqual([]);
        expect(sorted(run.idsOf('skipped'))).toEqual(sorted(skipped.map(({ id }) => id)));
        expect(sorted(run.idsOf('cancelled'))).toEqual(sorted(cancelled.map(({ id }) => id)));
      }),
    );
  });

  it('back begins anew: whatever was sent, skipped or cancelled, all is told once more with the same digest', () => {
    fc.assert(
      fc.property(played, speed, withJumps, target, items, (rows, first, actions, to, how) => {
        const run = new SimulatedRun(rows, first);
        actions.forEach((action) => act(run, action, how));
        fc.pre(to < run.at);
        expect(run.command({ action: 'jump', to }, how)).toMatchObject({ direction: 'back', sent: [], skipped: [] });
        expect(run.playToEnd().digest()).toBe(new SimulatedRun(rows, 300).playToEnd().digest());
      }),
    );
  });
});

describe('a deadline', () => {
  const wallMs = fc.integer({ min: 1, max: 24 * 3_600_000 });

  it.each([1, 60, 300, 3600])('at %d times shifts in wall time by exactly the pause', (rate) => {
    fc.assert(
      fc.property(fc.nat(1_000), wallMs, (untilPause, pause) => {
        const run = new SimulatedRun([], rate);
        run.command({ action: 'play' });
        const deadline = deadlineOf(run.at, 100 * MINUTE);
        run.wait(untilPause);
        const before = wallTimeAt(run.clock, deadline)!;
        run.command({ action: 'pause' });
        run.wait(pause);
        run.command({ action: 'play' });
        // A double holds a present-day instant to a quarter of a microsecond: 0.001 ms is as exact as can be said.
        expect(Math.abs(wallTimeAt(run.clock, deadline)! - before - pause)).toBeLessThan(0.001);
      }),
    );
  });

  it('at any speed shifts by the pause to within one millisecond of run time', () => {
    fc.assert(
      fc.property(speed, fc.double({ min: 0, max: 1_000, noNaN: true }), wallMs, (rate, untilPause, pause) => {
        const run = new SimulatedRun([], rate);
        run.command({ action: 'play' });
        const deadline = deadlineOf(run.at, 100 * MINUTE);
        run.wait(untilPause);
        const before = wallTimeAt(run.clock, deadline)!;
        run.command({ action: 'pause' });
        run.wait(pause);
        run.command({ action: 'play' });
        expect(Math.abs(wallTimeAt(run.clock, deadline)! - before - pause)).toBeLessThan(1 / rate + 0.01);
      }),
    );
  });
});
