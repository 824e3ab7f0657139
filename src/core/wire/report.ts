import type { DueStep } from '../delivery/due.js';
import type { InjectOutcome } from '../exercise/inject.js';
import type { ObligationOutcome } from '../obligation/obligation.js';
import type { ItemBody, ResponseBody } from '../incident/item.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { BranchView } from './branch.js';
import type { ObligationView } from './obligation.js';
import type { DeskAcknowledgement, ItemRef } from './feed.js';
import type { RunView } from './run.js';
import type { UntimedView } from './scenario.js';

/** What a run was, in its present epoch. `dueAt`, `deadlineAt`, `eventAt`, `knownAt` are run time; other instants are wall time. */
export interface Report {
  run: RunView;
  digest?: string;
  injects: ReportInject[];
  /** Where the story parted, by whose answer, and what followed. */
  branches: BranchView[];
  shown: ReportShown[];
  suppressed: ReportSuppressed[];
  knew: ReportKnew[];
  /** How far each desk has received the feed of its audience. */
  received: ReportReceived[];
  /** In the order in which they were opened; a rank above 1 is an escalation. */
  obligations: ReportObligation[];
  untimed: UntimedView[];
}

export interface ReportInject {
  id: string;
  texts: Texts;
  deliveries: {
    audience: string;
    dueAt: string;
    /** When the first desk of the audience had it on its screen. */
    shownAt?: string;
    /** Absent while it was not sent. */
    deadlineAt?: string;
    answers: ResponseBody[];
    outcome: InjectOutcome;
  }[];
}

/** An item that an audience was shown. */
export interface ReportShown extends ItemRef {
  audience: string;
  epoch: number;
  seq: number;
  texts: Texts;
  dueAt: string;
  realAt: string;
  late: boolean;
  displayed: { desk: string; at: string }[];
  acknowledged: DeskAcknowledgement[];
}

export interface ReportReceived {
  audience: string;
  desk: string;
  /** Everything up to it has arrived. */
  seq: number;
  /** Wall time. */
  at: string;
}

/** What a desk owed for an item, and how it ended. */
export interface ReportObligation extends ObligationView {
  outcome: ObligationOutcome;
  /** When the desk first acknowledged, in time or not. */
  acknowledgedAt?: string;
}

/** Something that fell due and was not done. */
export interface ReportSuppressed extends ItemRef {
  audience: string;
  step: DueStep;
  dueAt: string;
  state: 'suppressed' | 'skipped' | 'cancelled';
  /** A stable code, as in JUMPED_OVER. */
  reason?: string;
}

/** When each audience knew of an event. */
export interface ReportKnew extends ItemRef {
  texts: Texts;
  eventAt: string;
  precision?: NonNullable<ItemBody['event']>['precision'];
  /** Without `knownAt` where none is on record. */
  audiences: { audience: string; knownAt?: string; delayMs?: number; basis?: string }[];
  /** Bodies without a desk. */
  others: { id: string; names: Names; knownAt: string; delayMs: number }[];
}
