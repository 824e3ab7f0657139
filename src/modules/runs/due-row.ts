import type { Act } from '../../core/delivery/delivery.js';
import type { DueStep } from '../../core/delivery/due.js';
import type { ItemContent, ItemKnowledge } from '../../core/incident/item-body.js';
import type { BranchCondition } from '../../core/scenario/branch.js';
import type { ItemKind } from '../../core/incident/item.js';
import type { RunTime } from '../../core/time/time.js';

/** Where something in a run came from: the scenario file, people's input, or the run itself (a verdict, a missed deadline). */
export type Origin = 'scenario' | 'input' | 'derived';

/** One version of something that can be told, before it is known to whom. */
export interface RunItem {
  readonly id: string;
  readonly version: number;
  readonly kind: ItemKind;
  readonly act: Act;
  readonly origin: Origin;
  readonly content: ItemContent;
  readonly createdAt: RunTime;
}

/** Something that falls due in a run for an audience. */
export interface DueRow {
  readonly dueAt: RunTime;
  readonly itemId: string;
  readonly audience: string;
  readonly version: number;
  readonly step: DueStep;
  readonly kind: ItemKind;
  readonly origin: Origin;
  readonly known: ItemKnowledge;
  readonly createdAt: RunTime;
  /** Orders what people put in at the same run time: the number of the input. */
  readonly turn?: number;
  /** It is done only if this holds when it falls due. */
  readonly branch?: BranchCondition;
}

/** How a due row ended. */
export type Settled = 'done' | 'suppressed' | 'skipped' | 'cancelled';

/** Why a row on a branch was suppressed. */
export const BRANCH_NOT_TAKEN = 'BRANCH_NOT_TAKEN';

/** Sorts after every other id, so that everything due at the end of a chapter is told before the clock stops. */
export const END_OF_CHAPTER = '~end';
