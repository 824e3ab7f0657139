import type { ScenarioFault } from '../scenario/scenario.faults.js';

/** A fault of what was sent. */
export interface Finding {
  /** Stable. */
  rule: string;
  path: string;
  message: string;
  /** Of a finding on a CAP document; one without is an error. */
  severity?: 'error' | 'warning' | 'advice';
  /** Where it stands in a document, counted from 1. */
  line?: number;
}

/** RFC 9457 problem details with a stable `code` and, where there are several faults, all of them. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** One sentence for a person; it may change. */
  detail: string;
  code: string;
  /** Of a scenario file they have a line and a column. */
  findings?: readonly (Finding | ScenarioFault)[];
}
