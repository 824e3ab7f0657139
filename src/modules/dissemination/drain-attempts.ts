import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainError } from '../../core/domain-error.js';
import { byDueOrder } from '../../core/delivery/due.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { StatementFailedError, Transactions, type Tx } from '../../platform/database/transactions.js';
import { problemOf } from '../../platform/http/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { ClockRepository } from '../runs/clock.repository.js';
import type { DueRow } from '../runs/due-row.js';
import { DueRowsRepository } from '../runs/due-rows.repository.js';

/** Rows told in one transaction: enough to spread its cost, few enough to keep the feeds' locks short. */
const ROWS_A_TRANSACTION = 500;
/** After so many failures at the same row it is set aside, so that one row cannot keep a run from everything after it. */
const MOST_FAILURES = 3;

/** One transaction of a drain: how many rows it may take, and the first that it took. */
export interface Attempt {
  readonly limit: number;
  row?: DueRow;
}

interface Failure {
  /** The row at which the attempt began; undefined when it came to none. */
  readonly row?: DueRow;
  /** How often an attempt that began at this row failed by the fault of a row. */
  readonly count: number;
  /** How many rows are still to be taken one by one, until the one at fault is passed. */
  left: number;
}

/**
 * Runs the transactions of drains. What fails is tried again row by row. A row at which it fails every time by the row's own
 * fault is set aside on record; what fails for another reason, such as a slow database, is tried for as long as it takes.
 */
@Injectable()
export class DrainAttempts {
  /** By run: how its last attempt failed. */
  private readonly failures = new Map<string, Failure>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns what `work` returns, or undefined when a row was set aside instead. Throws what the transaction failed with. */
  async attempt<T>(run: string, work: (tx: Tx, attempt: Attempt) => Promise<T>): Promise<T | undefined> {
    const attempt: Attempt = { limit: this.failures.has(run) ? 1 : ROWS_A_TRANSACTION };
    try {
      const endTimer = this.metrics.drainSeconds.startTimer();
      const done = await this.transactions.run(PIPELINE, (tx) => work(tx, attempt));
      endTimer();
      this.succeeded(run);
      return done;
    } catch (error) {
      const { row, count } = this.failed(run, attempt.row, isFaultOfRow(error));
      if (!row || count < MOST_FAILURES) {
        throw error;
      }
      await this.setAside(run, row, error);
      return undefined;
    }
  }

  private succeeded(run: string): void {
    const failure = this.failures.get(run);
    if (failure && (failure.left -= 1) <= 0) {
      this.failures.delete(run);
    }
  }

  private failed(run: string, row: DueRow | undefined, ownFault: boolean): Failure {
    const before = this.failures.get(run);
    const same = before?.row && row && byDueOrder(before.row, row) === 0;
    const failure = {
      row,
      count: (same ? before.count : 0) + (ownFault ? 1 : 0),
      // Where no row is at fault there is none to look for: one alone shows whether it goes again.
      left: ownFault ? ROWS_A_TRANSACTION : Math.max(1, before?.left ?? 1),
    };
    this.failures.set(run, failure);
    return failure;
  }

  private async setAside(run: string, row: DueRow, error: unknown): Promise<void> {
    await this.transactions.run(PIPELINE, async (tx) => {
      await this.clocks.lockRun(tx, run);
      await this.dueRows.settle(tx, run, [{ row, state: 'suppressed', reason: 'FAILED' }]);
    });
    this.failures.delete(run);
    this.metrics.rowsSetAsideTotal.inc();
    this.logger.error(
      { err: error, run, item: row.itemId, audience: row.audience, step: row.step },
      'a due row is set aside',
    );
  }
}

/**
 * Whether it is a row that fails: by an error of this program, or with values that the database does not take (22) or that break
 * a rule of a table (23). Everything else, whatever the database says, may go away by itself, and an alert must not be lost for it.
 */
function isFaultOfRow(error: unknown): boolean {
  if (error instanceof DomainError) {
    return true;
  }
  if (error instanceof StatementFailedError || problemOf(error)?.status === 503) {
    return false;
  }
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code !== 'string' || /^2[23]/.test(code);
}
