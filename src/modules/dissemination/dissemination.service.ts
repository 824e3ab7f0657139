import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { endClock, runTimeAt, wallTimeAt, type Clock } from '../../core/clock/clock.js';
import { decideDelivery, isLate } from '../../core/delivery/delivery.js';
import { byDueOrder } from '../../core/delivery/due.js';
import { bodyOf } from '../../core/incident/item-body.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import type { RunTime, WallTime } from '../../core/time/time.js';
import { problemOf } from '../../platform/http/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { FeedHints } from '../../platform/database/feed-hints.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { ClockRepository } from '../runs/clock.repository.js';
import { Drains } from '../runs/drains.js';
import type { DueRow, Settled } from '../runs/due-row.js';
import { DueRowsRepository, contentKey } from '../runs/due-rows.repository.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { DueHandlers, type DueContext } from './due-handlers.js';
import type { Append } from './feed.js';
import { FeedsRepository, shownKey } from './feeds.repository.js';

/** Rows told in one transaction: enough to spread its cost, few enough to keep the feeds' locks short. */
const ROWS_A_TRANSACTION = 500;
/** After so many failures at the same row it is set aside, so that one row cannot keep a run from everything after it. */
const MOST_FAILURES = 3;

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
  /** Runs whose last drain failed, with the row that it began at. */
  private readonly failures = new Map<string, { row?: DueRow; count: number }>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly runs: RunsRepository,
    private readonly feeds: FeedsRepository,
    private readonly handlers: DueHandlers,
    private readonly drains: Drains,
    private readonly hints: FeedHints,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Tells everything that is due in a run and sets the timer for what comes next. A `revision` that is not the clock's
   * marks a timer from before a change of the clock: ignored. Calls for one run in one process become one.
   */
  async drain(run: string, revision?: number): Promise<void> {
    const under = this.draining.get(run);
    if (under) {
      under.again = true;
      return under.done;
    }
    const state = { again: false, done: Promise.resolve() };
    this.draining.set(run, state);
    state.done = this.drainUntilDone(run, state, revision).finally(() => this.draining.delete(run));
    return state.done;
  }

  private async drainUntilDone(run: string, state: { again: boolean }, revision?: number): Promise<void> {
    let drained: Drained;
    // The revision is the timer's own condition: whoever joined meanwhile asks for what is due by the clock as it is.
    let condition = revision;
    do {
      state.again = false;
      drained = await this.attempt(run, condition);
      condition = undefined;
    } while (drained.more || state.again);
    if (drained.next) {
      this.drains.requestAt(run, drained.next.revision, drained.next.dueAt, drained.next.delayMs);
    }
  }

  /**
   * One transaction of a drain. What fails is tried again row by row; a row at which it fails every time is set aside on
   * record, unless it is the database that fails.
   */
  private async attempt(run: string, revision: number | undefined): Promise<Drained> {
    const failure = this.failures.get(run);
    const tried: { row?: DueRow } = {};
    try {
      const limit = failure ? 1 : ROWS_A_TRANSACTION;
      const drained = await this.transactions.run(PIPELINE, (tx) => this.drainOnce(tx, run, revision, limit, tried));
      this.failures.delete(run);
      return drained;
    } catch (error) {
      const same = failure?.row && tried.row && byDueOrder(failure.row, tried.row) === 0;
      const count = same ? failure.count + 1 : 1;
      this.failures.set(run, { row: tried.row, count });
      if (!tried.row || count < MOST_FAILURES || problemOf(error)?.status === 503) {
        throw error;
      }
      const { row } = tried;
      this.logger.error(
        { err: error, run, item: row.itemId, audience: row.audience, step: row.step },
        'a due row is set aside',
      );
      await this.transactions.run(PIPELINE, (tx) =>
        this.dueRows.settle(tx, run, [{ row, state: 'suppressed', reason: 'FAILED' }]),
      );
      this.failures.delete(run);
      return { more: true };
    }
  }

  private async drainOnce(
    tx: Tx,
    run: string,
    revision: number | undefined,
    limit: number,
    tried: { row?: DueRow },
  ): Promise<Drained> {
    await this.clocks.lockRun(tx, run);
    const reading = await this.clocks.read(tx, run);
    if (!reading || (revision !== undefined && reading.clock.revision !== revision)) {
      return { more: false };
    }
    const { clock, now: realNow } = reading;
    const moment: Moment = { run, clock, realNow, now: runTimeAt(clock, realNow) };
    let rows = await this.dueRows.claim(tx, run, moment.now, limit);
    if (rows[0] && rows[0].step !== 'deliver') {
      // A deadline or a match judges what people put in before it: what is under way comes first.
      await this.clocks.awaitInputs(tx, run);
      rows = await this.dueRows.claim(tx, run, moment.now, limit);
    }
    const [first] = rows;
    tried.row = first;
    if (!first) {
      return { more: false, next: await this.next(tx, moment) };
    }
    if (first.step === 'deliver') {
      await this.tell(
        tx,
        moment,
        upToFirst(rows, (row) => this.handlers.hasConsequence(row)),
      );
    } else {
      await this.take(tx, moment, first);
    }
    tx.afterCommit(() => this.hints.send());
    return { more: true };
  }

  private async next(tx: Tx, { run, clock, realNow }: Moment): Promise<Extract<Drained, { more: false }>['next']> {
    const dueAt = await this.dueRows.nextDueAt(tx, run);
    const realAt = dueAt === undefined ? undefined : wallTimeAt(clock, dueAt);
    return dueAt === undefined || realAt === undefined
      ? undefined
      : { dueAt, revision: clock.revision, delayMs: Math.max(1, Math.ceil(realAt - realNow)) };
  }

  /** Appends deliveries to their feeds; the last of them may have consequences. */
  private async tell(tx: Tx, moment: Moment, rows: readonly DueRow[]): Promise<void> {
    const contents = await this.dueRows.contents(tx, moment.run, rows);
    // Asked only where it can matter: in the steady state nothing is due from before the clock's present segment.
    const passedOver = rows.some(({ dueAt }) => dueAt < moment.clock.segment.runAt);
    const jumped = passedOver && (await this.clocks.hasJumped(tx, moment.run, moment.clock.revision));
    const shown = await this.feeds.shown(tx, moment.run, [...new Set(rows.map(({ itemId }) => itemId))]);
    const appends: Append[] = [];
    const settled: { row: DueRow; state: Settled; reason?: string }[] = [];
    for (const row of rows) {
      const item = contents.get(contentKey(row.itemId, row.version));
      if (!item) {
        throw new Error(`The item ${row.itemId} version ${row.version} of the run ${moment.run} is not there.`);
      }
      const key = shownKey(row.audience, row.itemId);
      const candidate = { version: row.version, act: item.act };
      const decision = decideDelivery(candidate, shown.get(key));
      if (decision.kind === 'suppress') {
        settled.push({ row, state: 'suppressed', reason: decision.reason });
        continue;
      }
      const body = JSON.stringify(bodyOf(item.content, row.known, row.dueAt));
      appends.push({
        audience: row.audience,
        kind: row.kind,
        id: row.itemId,
        ...candidate,
        dueAt: row.dueAt,
        late: isLate(row.dueAt, moment.now, moment.clock, jumped),
        body,
        bodyHash: createHash('sha256').update(body).digest(),
      });
      shown.set(key, candidate);
      settled.push({ row, state: 'done' });
    }
    if (appends.length > 0) {
      await this.feeds.append(tx, moment.run, appends);
    }
    await this.dueRows.settle(tx, moment.run, settled);
    const shownRows = settled.filter(({ state }) => state === 'done').map(({ row }) => row);
    if (shownRows.length > 0) {
      const { job, mode } = await this.kindOf(tx, moment.run);
      const more = await this.handlers.afterShown(tx, { run: moment.run, job, mode, rows: shownRows, contents });
      await this.dueRows.insert(tx, moment.run, more.items, more.rows);
    }
    const last = settled.at(-1);
    const followUp = last?.state === 'done' ? this.handlers.afterDelivery(last.row.kind) : undefined;
    if (last && followUp) {
      const content = contents.get(contentKey(last.row.itemId, last.row.version))?.content;
      const { items, rows: due } = await followUp(tx, {
        ...(await this.contextOf(tx, moment, last.row)),
        content: content!,
      });
      await this.dueRows.insert(tx, moment.run, items, due);
    }
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
