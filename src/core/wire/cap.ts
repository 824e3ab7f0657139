import type { CapFinding } from '../cap/cap.finding.js';

/** What is said of a document that was judged. */
export interface CapVerdict {
  /** Whether no finding is an error. */
  valid: boolean;
  /** All of them at once: of the schema first, then how it was written, then what it says. */
  findings: readonly CapFinding[];
}
