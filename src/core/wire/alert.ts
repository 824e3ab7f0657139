import type { AlertInfo, AlertMessage, PhraseUse } from '../alert/alert.js';
import type { CapReference } from '../cap/cap.references.js';
import type { LanguageFinding } from '../language/language-finding.js';

/** What a sender says, with the names and values of CAP 1.2. Only `category` may be left out, or what a phrase fills in. */
export type AlertRequest = Partial<AlertMessage>;

export interface CancelRequest {
  info?: AlertInfo[];
  phrase?: PhraseUse;
  note?: string;
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
  /** The messages that it replaces. */
  replaces: CapReference[];
}
