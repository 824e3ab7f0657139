import type { AlertInfo, AlertMessage, PhraseUse } from '../alert/alert.js';
import type { DraftState } from '../alert/draft.js';
import type { PreparedWords } from '../alert/prepared.js';
import type { CapReference } from '../cap/cap.references.js';
import type { Names } from '../scenario/scenario.schema.js';
import type { LanguageFinding } from '../language/language-finding.js';

/** What a sender says, with the names and values of CAP 1.2. Only `category` may be left out, or what a phrase fills in. */
export type AlertRequest = Partial<AlertMessage>;

export interface CancelRequest {
  /** The words that were prepared with the alert: `true` and `false-alarm` say that it was false, `cancellation` takes it back. */
  prepared?: true | 'false-alarm' | 'cancellation';
  /** Own words. Without these and without `prepared` it is cancelled in the prepared words of a cancellation. */
  info?: AlertInfo[];
  phrase?: PhraseUse;
  note?: string;
}

/** What is ready to be said should an alert have to be taken back. */
export interface PreparedView extends PreparedWords {
  id: string;
  run: string;
  version: number;
}

/** What a draft is answered with, with status 202: nobody was told yet. */
export interface AwaitingApproval {
  /** Of the draft; an alert that is approved keeps it. */
  id: string;
  run: string;
  state: 'awaiting-approval';
  /** SHA-256 of what it says, lower-case hex; an approval names it. */
  hash: string;
  /** From then on it can no longer be approved. */
  expiresAt: string;
}

export interface AlertDraftView extends Omit<AwaitingApproval, 'state'> {
  state: DraftState;
  act: 'alert' | 'update';
  /** The alert that an update is for. */
  thread?: string;
  desk: string;
  message: AlertMessage;
  /** Names of everybody who wrote on it. */
  authors: string[];
  /** Whether whoever asks is one of them, and so cannot approve it. */
  own: boolean;
  draftedAt: string;
  /** How many audiences of parties will be told. */
  audienceCount: number;
  /** What an approver types, in the language of the desk that asks. */
  confirmation: string;
  reason?: string;
}

export interface ApproveRequest {
  /** Of the approver, once more. */
  password: string;
  /** Of the draft that the approver read. */
  hash: string;
  /** What the approver typed. */
  confirmation: string;
}

export interface RejectRequest {
  reason?: string;
}

/** What an alert, an update or a cancel is answered with. */
export interface AlertIssued {
  id: string;
  /** Of this one CAP message. */
  identifier: string;
  run: string;
  version: number;
  /** What the checks across languages found; it was sent all the same. */
  warnings: LanguageFinding[];
}

export interface AlertView {
  id: string;
  run: string;
  /** The oldest first. */
  versions: AlertVersionView[];
}

export interface AlertVersionView {
  id: string;
  version: number;
  identifier: string;
  msgType: 'Alert' | 'Update' | 'Cancel';
  message: AlertMessage;
  /** Wall time. */
  sent: string;
  /** Who sent it, as CAP names the sender. */
  sender: string;
  /** Names by language of who speaks, where that is not whoever sent it: the source of what is relayed. */
  issuer?: Names;
  /** The messages that it replaces. */
  replaces: CapReference[];
}
