import type { Finding } from '../wire/problem.js';

/** What a check across the languages of one message found. An error keeps the message from being sent. */
export interface LanguageFinding extends Finding {
  severity: 'warning' | 'error';
  /** The rule or the incident that the check comes from. */
  source: string;
}
