import { Injectable } from '@nestjs/common';
import type { Clock } from '../../core/clock/clock.js';
import type { Act } from '../../core/delivery/delivery.js';
import type { DueStep } from '../../core/delivery/due.js';
import type { BranchDecision } from '../../core/exercise/branch.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import type { ItemKind } from '../../core/incident/item.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { DueRow, RunItem } from '../runs/due-row.js';

/** What a due row, or the telling of one, brings about: new items and new due rows, in the same transaction. */
export interface Consequence {
  readonly items: readonly RunItem[];
  readonly rows: readonly DueRow[];
}

/** What a batch of items that were just shown brings about. */
export interface ShownContext {
  readonly run: string;
  readonly job: Job;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly now: RunTime;
  /** Whether a jump opened the clock's present segment. */
  readonly jumped: boolean;
  /** Each with the audience that was shown it, in the order of their due times. */
  readonly rows: readonly DueRow[];
  /** By `contentKey`. */
  readonly contents: ReadonlyMap<string, { content: ItemContent; act: Act }>;
}

/** What becomes of a row whose step was taken: done, or to be taken once more at a later run time. */
export interface StepOutcome extends Consequence {
  readonly againAt?: RunTime;
}

export interface DueContext {
  readonly run: string;
  readonly mode: Mode;
  readonly row: DueRow;
}

export type StepHandler = (tx: Tx, context: DueContext) => Promise<StepOutcome>;
/** Says of each row on a branch, in their order, what becomes of it. */
export type BranchHandler = (tx: Tx, run: string, rows: readonly DueRow[]) => Promise<BranchDecision[]>;
/** Told of everything that a drain has just shown, whatever its kind; it never ends a batch. */
export type ShownHandler = (tx: Tx, context: ShownContext) => Promise<Consequence>;
export type DeliveredHandler = (tx: Tx, context: DueContext & { content: ItemContent }) => Promise<Consequence>;

/** Modules after this one say here what a step means and what follows the telling of a kind of item. */
@Injectable()
export class DueHandlers {
  private readonly steps = new Map<DueStep, StepHandler>();
  private readonly delivered = new Map<ItemKind, DeliveredHandler>();
  private readonly shown: ShownHandler[] = [];
  private branches: BranchHandler | undefined;

  onStep(step: Exclude<DueStep, 'deliver' | 'end'>, handler: StepHandler): void {
    this.steps.set(step, handler);
  }

  onDelivered(kind: ItemKind, handler: DeliveredHandler): void {
    this.delivered.set(kind, handler);
  }

  onShown(handler: ShownHandler): void {
    this.shown.push(handler);
  }

  onBranch(handler: BranchHandler): void {
    this.branches = handler;
  }

  /** What becomes of rows on a branch. Throws when nobody judges them: what hangs on an answer must not be told by chance. */
  judge(tx: Tx, run: string, rows: readonly DueRow[]): Promise<BranchDecision[]> {
    if (!this.branches) {
      throw new Error('Nobody judges branches.');
    }
    return this.branches(tx, run, rows);
  }

  /** What all who listen make of items that were just shown. */
  async afterShown(tx: Tx, context: ShownContext): Promise<Consequence> {
    const items: RunItem[] = [];
    const rows: DueRow[] = [];
    for (const handler of this.shown) {
      const more = await handler(tx, context);
      items.push(...more.items);
      rows.push(...more.rows);
    }
    return { items, rows };
  }

  /** The handler of a step. Throws when nobody registered one: a step that nothing does would be lost in silence. */
  step(step: DueStep): StepHandler {
    const handler = this.steps.get(step);
    if (!handler) {
      throw new Error(`Nobody handles the step "${step}".`);
    }
    return handler;
  }

  afterDelivery(kind: ItemKind): DeliveredHandler | undefined {
    return this.delivered.get(kind);
  }

  /** Whether a row brings about others, so that nothing may be told after it before they are in place. */
  hasConsequence({ step, kind }: DueRow): boolean {
    return step !== 'deliver' || this.delivered.has(kind);
  }
}
