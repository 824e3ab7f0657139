import { Injectable } from '@nestjs/common';
import { endClock, runTimeAt, wallTimeAt, type Clock } from '../../core/clock/clock.js';
import type { DueStep } from '../../core/delivery/due.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import type { RunTime, WallTime } from '../../core/time/time.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { FeedHints } from '../../platform/database/feed-hints.js';
import type { Tx } from '../../platform/database/transactions.js';
import { ClockRepository } from '../runs/clock.repository.js';
import { Drains } from '../runs/drains.js';
import { BRANCH_NOT_TAKEN, type DueRow } from '../runs/due-row.js';
import { DueRowsRepository, contentKey } from '../runs/due-rows.repository.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { DrainAttempts, type Attempt } from './drain-attempts.js';
import { DueHandlers, type Consequence, type DueContext, type ShownContext } from './due-handlers.js';
import { FeedsRepository } from './feeds.repository.js';
import { tellingOf } from './telling.js';

/** Steps before which inputs under way are waited for. A duty judges receipts, which do not go through the run's clock. */
const JUDGES_INPUT: readonly DueStep[] = ['match', 'deadline', 'end'];

/** What one transaction of a drain found: more to do, or when the next row falls due. */
type Drained = { more: true } | { more: false; next?: { dueAt: RunTime; revision: number; delayMs: number } };

/** A run as a drain sees it within one transaction. */
interface Moment {
  run: string;
  clock: Clock;
  realNow: WallTime;
  now: RunTime;
}

/** Tells audiences what is due. Idempotent: a drain that finds nothing due does nothing. */
@Injectable()
export class DisseminationService {
  /** Runs that are being drained by this process, and whether somebody asked again meanwhile. */
  private readonly draining = new Map<string, { again: boolean; done: Promise<void> }>();
  private readonly kinds = new Map<string, { job: Job; mode: Mode }>();

  constructor(
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly runs: RunsRepository,
    private readonly feeds: FeedsRepository,
    private readonly handlers: DueHandlers,
    private readonly attempts: DrainAttempts,
    private readonly drains: Drains,
    private readonly hints: FeedHints,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Tells everything that is due in a run and sets the timer for what comes next. A `revision` that is not the clock's
   * marks a timer from before a change of the clock: ignored. Calls for one run in one process become one.
   */
  async drain(run: string, revision?: number): Promise<void> {
    if (this.joins(run)) {
      return this.draining.get(run)?.done;
    }
    const state = { again: false, done: Promise.resolve() };
    this.draining.set(run, state);
    state.done = this.drainUntilDone(run, state, revision);
    return state.done;
  }

  /** Asks once more for what is due in a run that is being drained by this process; returns false when it is not. */
  joins(run: string): boolean {
    const under = this.draining.get(run);
    if (under) {
      under.again = true;
    }
    return under !== undefined;
  }

  isDraining(run: string): boolean {
    return this.draining.has(run);
  }

  private async drainUntilDone(run: string, state: { again: boolean }, revision?: number): Promise<void> {
    let drained: Drained;
    // The revision is the timer's own condition: whoever joined meanwhile asks for what is due by the clock as it is.
    let condition = revision;
    try {
      do {
        state.again = false;
        const attempted = condition;
        // Where a row was set aside, there may be more after it.
        drained = (await this.attempts.attempt(run, (tx, attempt) => this.drainOnce(tx, run, attempted, attempt))) ?? {
          more: true,
        };
        condition = undefined;
      } while (drained.more || state.again);
    } finally {
      // In the same turn as the last look at `again`, so that nobody joins a drain that is over.
      this.draining.delete(run);
    }
    if (drained.next) {
      this.drains.requestAt(run, drained.next.revision, drained.next.dueAt, drained.next.delayMs);
    }
  }

  private async drainOnce(tx: Tx, run: string, revision: number | undefined, attempt: Attempt): Promise<Drained> {
    const { limit } = attempt;
    const [, reading, claimed] = await Promise.all([
      this.clocks.lockRun(tx, run),
      this.clocks.read(tx, run),
      this.dueRows.claim(tx, run, limit),
    ]);
    if (!reading || (revision !== undefined && reading.clock.revision !== revision)) {
      return { more: false };
    }
    const { clock, now: realNow } = reading;
    const moment: Moment = { run, clock, realNow, now: runTimeAt(clock, realNow) };
    let rows = claimed.filter(({ dueAt }) => dueAt <= moment.now);
    if ((rows[0] && JUDGES_INPUT.includes(rows[0].step)) || rows.some(({ branch }) => branch)) {
      // It judges what people put in before it: what is under way comes first.
      const [, again] = await Promise.all([this.clocks.awaitInputs(tx, run), this.dueRows.claim(tx, run, limit)]);
      rows = again.filter(({ dueAt }) => dueAt <= moment.now);
    }
    const [first] = rows;
    attempt.row = first;
    if (!first) {
      return this.after(moment, await this.dueRows.nextDueAt(tx, run));
    }
    tx.afterCommit(() => this.hints.send());
    const batch = first.step === 'deliver' ? upToFirst(rows, (row) => this.handlers.hasConsequence(row)) : [first];
    const deliveries = await this.onTakenBranches(tx, run, batch);
    if (deliveries.length === 0) {
      return { more: true };
    }
    if (first.step !== 'deliver') {
      await this.take(tx, moment, first);
      return { more: true };
    }
    return this.after(moment, await this.tell(tx, moment, deliveries));
  }

  /** The rows without those on a branch that was not taken, which are settled, and those on one that is still open, which wait. */
  private async onTakenBranches(tx: Tx, run: string, rows: readonly DueRow[]): Promise<DueRow[]> {
    const branched = rows.filter(({ branch }) => branch);
    const decisions = branched.length > 0 ? await this.handlers.judge(tx, run, branched) : [];
    const heldBack = new Set<DueRow>();
    for (const [index, decision] of decisions.entries()) {
      const row = branched[index];
      if (row && decision.kind !== 'tell') {
        heldBack.add(row);
        await (decision.kind === 'wait'
          ? this.dueRows.postpone(tx, run, row, decision.until)
          : this.dueRows.settle(tx, run, [{ row, state: 'suppressed', reason: BRANCH_NOT_TAKEN }]));
      }
    }
    return rows.filter((row) => !heldBack.has(row));
  }

  /** What is left to do when the next pending row of a run falls due at `dueAt`. */
  private after({ clock, realNow, now }: Moment, dueAt: RunTime | undefined): Drained {
    if (dueAt !== undefined && dueAt <= now) {
      return { more: true };
    }
    const realAt = dueAt === undefined ? undefined : wallTimeAt(clock, dueAt);
    return dueAt === undefined || realAt === undefined
      ? { more: false }
      : {
          more: false,
          next: { dueAt, revision: clock.revision, delayMs: Math.max(1, Math.ceil(realAt - realNow)) },
        };
  }

  /** Appends deliveries to their feeds; the last of them may have consequences. Returns when the next row falls due. */
  private async tell(tx: Tx, moment: Moment, rows: readonly DueRow[]): Promise<RunTime | undefined> {
    const { run, clock, now } = moment;
    // Asked only where it can matter: in the steady state nothing is due from before the clock's present segment.
    const passedOver = rows.some(({ dueAt }) => dueAt < clock.segment.runAt);
    const [contents, shown, jumped, heads] = await Promise.all([
      this.dueRows.contents(tx, run, rows),
      this.feeds.shown(tx, run, [...new Set(rows.map(({ itemId }) => itemId))]),
      passedOver && this.clocks.hasJumped(tx, run, clock.revision),
      this.feeds.lockHeads(
        tx,
        run,
        rows.map(({ audience }) => audience),
      ),
    ]);
    const { appends, settled } = tellingOf(rows, { clock, now, jumped, contents, shown });
    const shownRows = settled.filter(({ state }) => state === 'done').map(({ row }) => row);
    const [, , more] = await Promise.all([
      this.feeds.append(tx, run, heads, appends),
      this.dueRows.settle(tx, run, settled),
      this.afterShown(tx, { run, clock, now, jumped, rows: shownRows, contents }),
    ]);
    const last = settled.at(-1);
    const followUp = last?.state === 'done' ? this.handlers.afterDelivery(last.row.kind) : undefined;
    const content = last && contents.get(contentKey(last.row.itemId, last.row.version))?.content;
    const consequence =
      last && followUp && content
        ? await followUp(tx, { ...(await this.contextOf(tx, moment, last.row)), content })
        : { items: [], rows: [] };
    const [, next] = await Promise.all([
      this.dueRows.insert(tx, run, [...more.items, ...consequence.items], [...more.rows, ...consequence.rows]),
      this.dueRows.nextDueAt(tx, run),
    ]);
    tx.afterCommit(() => this.metrics.itemsAppendedTotal.inc(appends.length));
    return next;
  }

  private async afterShown(tx: Tx, shown: Omit<ShownContext, 'job' | 'mode'>): Promise<Consequence> {
    return shown.rows.length === 0
      ? { items: [], rows: [] }
      : this.handlers.afterShown(tx, { ...shown, ...(await this.kindOf(tx, shown.run)) });
  }

  /** Takes a step that is no delivery. */
  private async take(tx: Tx, moment: Moment, row: DueRow): Promise<void> {
    if (row.step === 'end') {
      await this.clocks.lock(tx, moment.run);
      await this.clocks.save(tx, moment.run, endClock(moment.clock, moment.realNow), 'end');
    } else {
      const outcome = await this.handlers.step(row.step)(tx, await this.contextOf(tx, moment, row));
      await this.dueRows.insert(tx, moment.run, outcome.items, outcome.rows);
      if (outcome.againAt !== undefined) {
        await this.dueRows.postpone(tx, moment.run, row, outcome.againAt);
        return;
      }
    }
    await this.dueRows.settle(tx, moment.run, [{ row, state: 'done' }]);
  }

  private async contextOf(tx: Tx, { run }: Moment, row: DueRow): Promise<DueContext> {
    return { run, mode: (await this.kindOf(tx, run)).mode, row };
  }

  /** Job and mode of a run, which never change. */
  private async kindOf(tx: Tx, run: string): Promise<{ job: Job; mode: Mode }> {
    const known = this.kinds.get(run);
    if (known) {
      return known;
    }
    const kind = await this.runs.kind(tx, run);
    this.kinds.set(run, kind);
    return kind;
  }
}

/** The deliveries up to the first row that has a consequence; that row ends the batch, and is in it when it is a delivery. */
function upToFirst(rows: readonly DueRow[], test: (row: DueRow) => boolean): DueRow[] {
  const index = rows.findIndex(test);
  const row = rows[index];
  if (!row) {
    return [...rows];
  }
  return rows.slice(0, row.step === 'deliver' ? index + 1 : index);
}
