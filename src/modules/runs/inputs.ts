import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { runTimeAt } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { RunTime } from '../../core/time/time.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { Drains } from './drains.js';
import type { DueRow, RunItem } from './due-row.js';
import { DueRowsRepository } from './due-rows.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

/** Where a run stands as somebody puts something into it. */
export interface InputContext {
  readonly mode: Mode;
  readonly now: RunTime;
  /**
   * Makes an id of this input unique in its run. In a scenario's run it counts the inputs, so that ids are the same when
   * recorded inputs are played again; the live watch draws it, so that its senders need not wait for one another.
   */
  readonly mark: string;
}

export interface Input<Answer> {
  /** What is told; nothing when undefined. */
  readonly item?: Omit<RunItem, 'origin' | 'createdAt'>;
  /** Who is told; every audience of the run when undefined. */
  readonly audiences?: readonly string[];
  readonly answer: Answer;
}

export interface InputRequest {
  /** For the record, past tense, as in `alert.issued`. */
  readonly action: string;
  /** Idempotency key of the caller; the same key with the same request gives the first answer again. */
  readonly key?: string;
  readonly request: unknown;
}

const MAX_KEY_LENGTH = 200;

/**
 * What people put into a run: one transaction writes the domain rows of the caller, the item and its due rows, and the record;
 * the queue is only told afterwards. Everything that is told by hand goes this way.
 */
@Injectable()
export class Inputs {
  constructor(
    private readonly transactions: Transactions,
    private readonly runs: RunsService,
    private readonly runRows: RunsRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly keys: IdempotencyRepository,
    private readonly drains: Drains,
  ) {}

  /** Throws DomainError RUN_NOT_FOUND, RUN_ENDED, KEY_INVALID or KEY_REUSED, and whatever `decide` throws; then nothing is kept. */
  async put<Answer extends object>(
    user: UserPrincipal,
    run: string,
    { action, key, request }: InputRequest,
    decide: (tx: Tx, context: InputContext) => Promise<Input<Answer>>,
  ): Promise<Answer> {
    if (key !== undefined && (key.length === 0 || key.length > MAX_KEY_LENGTH)) {
      throw new DomainError('KEY_INVALID', `Give an Idempotency-Key of 1 to ${MAX_KEY_LENGTH} characters.`);
    }
    const requestHash = createHash('sha256')
      .update(JSON.stringify([action, run, request]))
      .digest('hex');
    const outcome = await this.transactions.run(
      user,
      async (tx) => {
        const before = key === undefined ? undefined : await this.keys.claim<Answer>(tx, user.id, key, requestHash);
        if (before) {
          return { answer: before, repeated: true };
        }
        const answer = await this.accept(tx, run, decide);
        if (key !== undefined) {
          await this.keys.complete(tx, user.id, key, answer);
        }
        tx.afterCommit(() => this.drains.request(run));
        return { answer, repeated: false };
      },
      ({ answer, repeated }) => (repeated ? undefined : { action, run, detail: { request, answer } }),
    );
    return outcome.answer;
  }

  private async accept<Answer>(
    tx: Tx,
    run: string,
    decide: (tx: Tx, context: InputContext) => Promise<Input<Answer>>,
  ): Promise<Answer> {
    const { clock, now: realNow } = await this.runs.readClock(tx, run);
    if (clock.state === 'ended') {
      throw new DomainError('RUN_ENDED', 'The run is over; jump back to go on with it.');
    }
    const now = runTimeAt(clock, realNow);
    const found = await this.runRows.find(tx, run);
    if (!found) {
      throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you take part in.`);
    }
    const mark = found.run.job === 'watch' ? randomUUID() : String(await this.runRows.countInput(tx, run));
    const input = await decide(tx, { mode: found.run.mode, now, mark });
    if (input.item) {
      const item: RunItem = { ...input.item, origin: 'input', createdAt: now };
      const audiences = input.audiences ?? found.audiences.map(({ audience }) => audience);
      await this.dueRows.insert(
        tx,
        run,
        [item],
        audiences.map((audience) => rowOf(item, audience, now)),
      );
    }
    return input.answer;
  }
}

function rowOf(item: RunItem, audience: string, now: RunTime): DueRow {
  return {
    dueAt: now,
    itemId: item.id,
    version: item.version,
    audience,
    step: 'deliver',
    kind: item.kind,
    origin: 'input',
    known: { basis: 'input' },
    createdAt: now,
  };
}
