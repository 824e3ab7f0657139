import type { DurationMs, RunTime } from '../time/time.js';
import type { AlertMessage } from './alert.js';
import { isConfirmed } from './confirmation.js';

export const DRAFT_STATES = ['awaiting-approval', 'approved', 'rejected', 'withdrawn'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** How long a draft may wait. An assumption: long enough to read three languages, too short to describe another situation. */
export const DRAFT_LIFETIME_MS: DurationMs = 30 * 60 * 1000;

export interface Draft {
  readonly state: DraftState;
  /** Ids of everybody who wrote on it. */
  readonly authors: readonly string[];
  readonly hash: string;
  readonly draftedAt: RunTime;
  readonly message: Pick<AlertMessage, 'expires'>;
}

/** What an approver says. */
export interface Approval {
  readonly by: string;
  /** Of the draft that the approver read. */
  readonly hash: string;
  readonly typed: string;
}

export interface DraftRefusal {
  readonly code: string;
  readonly message: string;
}

const DECIDED: Readonly<Record<Exclude<DraftState, 'awaiting-approval'>, DraftRefusal>> = {
  approved: { code: 'DRAFT_APPROVED', message: 'This draft was approved already; the alert is out.' },
  rejected: { code: 'DRAFT_REJECTED', message: 'This draft was rejected; write a new one.' },
  withdrawn: { code: 'DRAFT_WITHDRAWN', message: 'This draft was withdrawn; write a new one.' },
};

/** The end of a draft: its own, or that of what it says where that comes first. */
export function draftEndsAt({ draftedAt, message }: Pick<Draft, 'draftedAt' | 'message'>): RunTime {
  const own = draftedAt + DRAFT_LIFETIME_MS;
  return Math.min(own, message.expires === undefined ? own : Date.parse(message.expires)) as RunTime;
}

/** Why a draft can no longer be changed or decided; undefined while it can. */
export function whyOver(draft: Draft, now: RunTime): DraftRefusal | undefined {
  if (draft.state !== 'awaiting-approval') {
    return DECIDED[draft.state];
  }
  return now >= draftEndsAt(draft)
    ? { code: 'DRAFT_EXPIRED', message: 'This draft waited too long to still be true; write a new one.' }
    : undefined;
}

/** Why an approval does not hold; undefined when it does. The password was checked before. */
export function whyNotApproved(
  draft: Draft,
  approval: Approval,
  phrase: string,
  now: RunTime,
): DraftRefusal | undefined {
  const over = whyOver(draft, now);
  if (over) {
    return over;
  }
  if (draft.authors.includes(approval.by)) {
    return {
      code: 'SECOND_PERSON_REQUIRED',
      message: 'Whoever wrote on a draft cannot approve it; another approver must.',
    };
  }
  if (approval.hash !== draft.hash) {
    return { code: 'DRAFT_CHANGED', message: 'The draft is no longer what you read; read it again, then approve.' };
  }
  return isConfirmed(approval.typed, phrase)
    ? undefined
    : { code: 'CONFIRMATION_WRONG', message: 'What you typed is not the phrase that is shown; nothing was sent.' };
}

/** What a draft says, as one text to hash: the same for the same content, in whatever order its fields came. */
export const draftText = (content: { act: 'alert' | 'update'; thread?: string; message: AlertMessage }): string =>
  JSON.stringify(content, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
