import type { Names } from '../scenario/scenario.schema.js';

/** An arrangement that a run can be started under; the first of the list is the default. */
export interface ArrangementView {
  id: string;
  names: Names;
  summary: Names;
  /** Nobody has agreed to it. */
  hypothetical: boolean;
  /** First and last day, as 2014-12-29. */
  since?: string;
  until?: string;
}
