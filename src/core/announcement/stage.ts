import { DomainError } from '../domain-error.js';
import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import { runTimeOf, type RunTime } from '../time/time.js';

/** What a version of an announcement does. */
export type Stage = 'announce' | 'amend' | 'cancel' | 'report' | 'release';

/** Until when nobody but the announcing party and control is told: an instant, an event that somebody declares, or both. */
export interface Embargo {
  until?: string;
  event?: string;
}

export const OUTCOMES = ['as-announced', 'in-part', 'not-held'] as const;

/** What is told after the act. */
export interface ActReport {
  occurredAt: string;
  outcome: (typeof OUTCOMES)[number];
}

/** Acts done quietly: they may be told of later. A notice that warns of danger is told at once. */
const QUIET_ACTS: readonly AnnouncementTerms['act'][] = ['humanitarian-act', 'memorial-act'];

/** Why an announcement cannot be under this embargo; undefined when it can. */
export function embargoFault(terms: AnnouncementTerms, embargo: Embargo | undefined): DomainError | undefined {
  if (embargo && !QUIET_ACTS.includes(terms.act)) {
    return new DomainError(
      'EMBARGO_NOT_FOR_ACT',
      `Announce this at once: an embargo is for ${QUIET_ACTS.join(' and ')} only.`,
    );
  }
  return embargo && embargo.until === undefined && embargo.event === undefined
    ? new DomainError('EMBARGO_WITHOUT_END', 'Say until when the embargo holds, or with which event it ends.')
    : undefined;
}

/** The last version of an announcement, as far as it decides what may follow. */
export interface Standing {
  stage: Stage;
  embargo?: Embargo;
}

/**
 * Why a version cannot follow now; undefined when it can. `declared` is the event that whoever releases declares to have
 * happened.
 */
export function stageFault(
  last: Standing,
  next: { stage: Exclude<Stage, 'announce'>; report?: ActReport; declared?: string },
  now: RunTime,
): DomainError | undefined {
  if (last.stage === 'cancel') {
    return new DomainError('ANNOUNCEMENT_CANCELLED', 'This announcement was cancelled; make a new one.');
  }
  switch (next.stage) {
    case 'amend':
    case 'cancel':
      return last.stage === 'report'
        ? new DomainError('ANNOUNCEMENT_OVER', 'The act was reported on already; report again instead.')
        : undefined;
    case 'report':
      return next.report && runTimeOf(next.report.occurredAt) > now
        ? new DomainError('REPORT_TOO_EARLY', 'Report on the act after it: its time has not come yet.')
        : undefined;
    case 'release':
      return releaseFault(last.embargo, next.declared, now);
  }
}

function releaseFault(
  embargo: Embargo | undefined,
  declared: string | undefined,
  now: RunTime,
): DomainError | undefined {
  if (!embargo) {
    return new DomainError('NOT_UNDER_EMBARGO', 'This announcement is under no embargo: everybody was told.');
  }
  const isDue = embargo.until !== undefined && runTimeOf(embargo.until) <= now;
  const hasHappened = embargo.event !== undefined && declared === embargo.event;
  if (isDue || hasHappened) {
    return undefined;
  }
  const ends = [embargo.until, embargo.event && `the event "${embargo.event}", which you declare with it`];
  return new DomainError(
    'EMBARGO_STANDS',
    `The embargo stands: release it at ${ends.filter(Boolean).join(', or after ')}.`,
  );
}
