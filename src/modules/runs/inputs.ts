import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import { Batches } from '../../platform/batches.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Command } from '../../platform/database/transactions.js';
import { problemOf } from '../../platform/http/problem.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { TOKEN_SECRET } from '../parties/tokens.service.js';
import { ClockRepository } from './clock.repository.js';
import { Drains } from './drains.js';
import { DueRowsRepository } from './due-rows.repository.js';
import { IdempotencyRepository, type UsedKey } from './idempotency.repository.js';
import { InputBatch, type Decide } from './input-batch.js';
import { inputMark } from './input-mark.js';
import { RunsRepository } from './runs.repository.js';

export interface InputRequest {
  /** For the record, past tense, as in `alert.issued`. */
  readonly action: string;
  /** Idempotency key of the caller; the same key with the same request gives the first answer again. */
  readonly key?: string;
  readonly request: unknown;
  /** What the input goes on with: inputs that go on with the same wait for one another. */
  readonly thread?: string | readonly string[];
}

interface Call extends InputRequest {
  readonly user: UserPrincipal;
  readonly run: string;
  readonly requestHash: string;
  readonly decide: Decide<object>;
}

const MAX_KEY_LENGTH = 200;
/** Inputs that share a transaction at most: enough to spread its cost, few enough to answer soon. */
const MOST_TOGETHER = 64;

/**
 * What people put into a run: one transaction writes the domain rows of the caller, the item and its due rows, and the record;
 * the queue is only told afterwards. Everything that is told by hand goes this way. Inputs of one person into one run that
 * arrive while a transaction is under way share the next one; each is accepted or refused by itself.
 */
@Injectable()
export class Inputs {
  private readonly batches = new Batches<Call, object>({
    go: (calls) => this.putTogether(calls),
    most: MOST_TOGETHER,
    // Where the database did not answer, the inputs may be kept already: to put them again could double them.
    mayBeOne: (error) => problemOf(error)?.status !== 503,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly clocks: ClockRepository,
    private readonly runs: RunsRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly keys: IdempotencyRepository,
    private readonly drains: Drains,
    private readonly metrics: Metrics,
    @Inject(TOKEN_SECRET) private readonly secret: string,
  ) {}

  /** Throws DomainError RUN_NOT_FOUND, RUN_ENDED, KEY_INVALID or KEY_REUSED, and whatever `decide` throws; then nothing is kept. */
  async put<Answer extends object>(
    user: UserPrincipal,
    run: string,
    input: InputRequest,
    decide: Decide<Answer>,
  ): Promise<Answer> {
    const { action, key, request } = input;
    if (key !== undefined && (key.length === 0 || key.length > MAX_KEY_LENGTH)) {
      throw new DomainError('KEY_INVALID', `Give an Idempotency-Key of 1 to ${MAX_KEY_LENGTH} characters.`);
    }
    const requestHash = createHash('sha256')
      .update(JSON.stringify([action, run, request]))
      .digest('hex');
    return (await this.batches.run(JSON.stringify([run, user]), {
      ...input,
      user,
      run,
      requestHash,
      decide,
    })) as Answer;
  }

  /** One transaction for inputs of one person into one run, in the order of their arrival. */
  private putTogether(calls: readonly [Call, ...Call[]]): Promise<PromiseSettledResult<object>[]> {
    const [{ user, run }] = calls;
    const record: Command[] = [];
    return this.transactions.run(
      user,
      async (tx) => {
        const [used, , standing] = await Promise.all([
          this.keys.lock(tx, user.id, calls.flatMap(({ key }) => key ?? [])),
          this.clocks.lockThreads(tx, run, calls.flatMap(({ thread }) => thread ?? [])),
          this.clocks.readStanding(tx, run),
        ]); // prettier-ignore
        const counted = standing && standing.job !== 'watch' ? calls.length : 0;
        const first = counted > 0 ? await this.runs.countInputs(tx, run, counted) : undefined;
        const batch = new InputBatch(tx, run, standing, first);
        const answers = new Map(used.map((each) => [each.key, each]));
        const fresh: UsedKey[] = [];
        const outcomes = await oneByOne(calls, async ({ action, key, request, requestHash, decide }) => {
          const before = key === undefined ? undefined : answers.get(key);
          if (before) {
            return answerAgain(before, requestHash);
          }
          const answer = await batch.take(decide, (seed, number) =>
            number === undefined ? randomUUID() : inputMark(this.secret, { seed, number, action, request }),
          );
          record.push({ action, run, detail: { request, answer } });
          if (key !== undefined) {
            const now = { key, requestHash, answer };
            answers.set(key, now);
            fresh.push(now);
          }
          return answer;
        });
        await Promise.all([
          batch.store(this.dueRows),
          this.keys.keep(tx, user.id, fresh),
          counted > record.length && this.runs.countInputs(tx, run, record.length - counted),
        ]);
        if (record.length > 0) {
          tx.afterCommit(() => {
            this.metrics.acceptedTotal.inc(record.length);
            this.drains.request(run);
          });
        }
        return outcomes;
      },
      () => record,
    );
  }
}

function answerAgain(before: UsedKey, requestHash: string): object {
  if (before.requestHash !== requestHash) {
    throw new DomainError('KEY_REUSED', 'This Idempotency-Key was used for another request; use a new one.');
  }
  return before.answer;
}

/** How each call ended, one after the other. A refusal is one call's own; any other error ends them all. */
async function oneByOne<Call, Answer>(
  calls: readonly Call[],
  work: (call: Call) => Promise<Answer>,
): Promise<PromiseSettledResult<Answer>[]> {
  const outcomes: PromiseSettledResult<Answer>[] = [];
  for (const call of calls) {
    try {
      outcomes.push({ status: 'fulfilled', value: await work(call) });
    } catch (reason) {
      if (!(reason instanceof DomainError)) {
        throw reason;
      }
      outcomes.push({ status: 'rejected', reason });
    }
  }
  return outcomes;
}
