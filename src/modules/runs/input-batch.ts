import { runTimeAt } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { Standing } from './clock.repository.js';
import type { DueRow, RunItem } from './due-row.js';
import type { DueRowsRepository } from './due-rows.repository.js';

/** Writes rows of one kind into a run. */
export type Store<Row> = (tx: Tx, run: string, rows: readonly Row[]) => Promise<void>;

/** Where a run stands as somebody puts something into it. */
export interface InputContext {
  readonly mode: Mode;
  readonly now: RunTime;
  /**
   * Makes an id of this input unique in its run, and tells nothing else. In a scenario's run it follows from the inputs, so that ids
   * are the same when recorded inputs are played again; the live watch draws it, so that its senders need not wait for one another.
   */
  readonly mark: string;
  /**
   * Has a row written together with those of the other inputs of the transaction, once all are decided; nothing is written
   * of an input that is refused. Kinds of rows are written in the order in which they first came.
   */
  later<Row>(store: Store<Row>, row: Row): void;
}

export interface Input<Answer> {
  /** What is told; nothing when undefined. */
  readonly item?: Omit<RunItem, 'origin' | 'createdAt'>;
  /** What is told besides, to the same audiences. */
  readonly moreItems?: readonly Omit<RunItem, 'origin' | 'createdAt'>[];
  /** Who is told, of those that take part in the run; every audience of it when undefined. */
  readonly audiences?: readonly string[];
  readonly answer: Answer;
}

/** Decides on one input. It refuses (throws a DomainError) before it writes anything, since its neighbours are kept. */
export type Decide<Answer> = (tx: Tx, context: InputContext) => Promise<Input<Answer>>;

/** The mark of an input in a run of that seed, by its number where inputs are counted. */
type MarkOf = (seed: number, number: number | undefined) => string;

/** The inputs of one transaction: each is decided by itself, then all that is to be kept of them is written together. */
export class InputBatch {
  private readonly items: RunItem[] = [];
  private readonly rows: DueRow[] = [];
  /** Of the next input, where inputs are not counted. */
  private turn = 0;
  private readonly kept = new Map<Store<never>, unknown[]>();

  /** `number` is the first of those that are set aside for these inputs; undefined where inputs are not counted. */
  constructor(
    private readonly tx: Tx,
    private readonly run: string,
    private readonly standing: Standing | undefined,
    private number: number | undefined,
  ) {}

  /** Throws DomainError RUN_NOT_FOUND or RUN_ENDED, and whatever `decide` throws; then nothing is kept of this input. */
  async take<Answer>(decide: Decide<Answer>, markOf: MarkOf): Promise<Answer> {
    if (!this.standing) {
      throw new DomainError('RUN_NOT_FOUND', `There is no run "${this.run.slice(0, 100)}" that you take part in.`);
    }
    const { clock, now: realNow, mode, seed } = this.standing;
    if (clock.state === 'ended') {
      throw new DomainError('RUN_ENDED', 'The run is over; jump back to go on with it.');
    }
    const now = runTimeAt(clock, realNow);
    const later: [Store<never>, unknown][] = [];
    const input = await decide(this.tx, {
      mode,
      now,
      mark: markOf(seed, this.number),
      later: (store, row) => later.push([store, row]),
    });
    // A number is used up by what is accepted, so that a refusal leaves no gap.
    const turn = this.number ?? this.turn++;
    this.number = this.number === undefined ? undefined : this.number + 1;
    later.forEach(([store, row]) => this.kept.set(store, [...(this.kept.get(store) ?? []), row]));
    this.tell(input, this.standing.audiences, now, turn);
    return input.answer;
  }

  /** Writes everything, all on its way at once. */
  async store(dueRows: DueRowsRepository): Promise<void> {
    await Promise.all([
      ...[...this.kept].map(([store, rows]) => store(this.tx, this.run, rows as never)),
      dueRows.insert(this.tx, this.run, this.items, this.rows),
    ]);
  }

  private tell(
    { item, moreItems = [], audiences }: Input<unknown>,
    everybody: readonly string[],
    now: RunTime,
    turn: number,
  ): void {
    const told = everybody.filter((audience) => audiences?.includes(audience) ?? true);
    for (const each of item ? [item, ...moreItems] : moreItems) {
      this.items.push({ ...each, origin: 'input', createdAt: now });
      this.rows.push(...told.map((audience) => rowOf(each, audience, now, turn)));
    }
  }
}

function rowOf(
  { id, version, kind }: Pick<RunItem, 'id' | 'version' | 'kind'>,
  audience: string,
  now: RunTime,
  turn: number,
): DueRow {
  return {
    dueAt: now,
    itemId: id,
    version,
    audience,
    step: 'deliver',
    kind,
    origin: 'input',
    known: { basis: 'input' },
    createdAt: now,
    turn,
  };
}
