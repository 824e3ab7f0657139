import type { AlertInfo, AlertMessage } from '../alert/alert.js';

/** What a sender says, with the names and values of CAP 1.2. */
export type AlertRequest = Omit<AlertMessage, 'category'> & Partial<Pick<AlertMessage, 'category'>>;

export interface CancelRequest {
  info?: AlertInfo[];
  note?: string;
}

/** What an alert, an update or a cancel is answered with. */
export interface AlertIssued {
  id: string;
  /** Of this one CAP message. */
  identifier: string;
  run: string;
  version: number;
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
}
