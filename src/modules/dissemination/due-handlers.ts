import { Injectable } from '@nestjs/common';
import type { DueStep } from '../../core/delivery/due.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import type { ItemKind } from '../../core/incident/item.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { DueRow, RunItem } from '../runs/due-row.js';

/** What a due row, or the telling of one, brings about: new items and new due rows, in the same transaction. */
export interface Consequence {
  readonly items: readonly RunItem[];
  readonly rows: readonly DueRow[];
}

export interface DueContext {
  readonly run: string;
  readonly mode: Mode;
  readonly row: DueRow;
}

export type StepHandler = (tx: Tx, context: DueContext) => Promise<Consequence>;
export type DeliveredHandler = (tx: Tx, context: DueContext & { content: ItemContent }) => Promise<Consequence>;

/** Modules after this one say here what a step means and what follows the telling of a kind of item. */
@Injectable()
export class DueHandlers {
  private readonly steps = new Map<DueStep, StepHandler>();
  private readonly delivered = new Map<ItemKind, DeliveredHandler>();

  onStep(step: Exclude<DueStep, 'deliver' | 'end'>, handler: StepHandler): void {
    this.steps.set(step, handler);
  }

  onDelivered(kind: ItemKind, handler: DeliveredHandler): void {
    this.delivered.set(kind, handler);
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
