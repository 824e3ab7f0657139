import type { BranchView } from './branch.js';
import type { InjectBody, ResponseBody } from '../incident/item.js';
import type { Texts } from '../scenario/scenario.schema.js';

/** An inject as it stands for its audiences. */
export interface InjectView {
  id: string;
  texts: Texts;
  question: Texts;
  options?: InjectBody['options'];
  /** Audiences. */
  to: string[];
  answerWithinMs: number;
  /** Run time; absent when it is planned for nobody in this run. */
  plannedAt?: string;
  deliveries: InjectDelivery[];
  /** Where the story parts by its answers. */
  branches: BranchView[];
}

export interface InjectDelivery {
  audience: string;
  state: 'pending' | 'sent' | 'skipped' | 'cancelled' | 'left-out';
  dueAt: string;
  deadlineAt: string;
  /** The first of `answers`. */
  answer?: ResponseBody;
  /** Every desk of an audience may answer for itself. */
  answers: ResponseBody[];
}
