import { DomainError } from '../domain-error.js';
import type { Notice } from '../regime/notice.js';

/** What a reader or a writer noticed. It stops nothing; the code is stable, and the message says what was done. */
export interface TextFinding {
  code:
    | 'ACT_OPEN'
    | 'AREA_FROM_Q'
    | 'AREA_MISSING'
    | 'HEIGHTS_NOT_TOLD'
    | 'LINE_ONLY'
    | 'NUMBER_OPEN'
    | 'PERIOD_ESTIMATED'
    | 'PERIOD_MISSING'
    | 'POINT_ONLY'
    | 'POSITION_UNREADABLE'
    | 'Q_CIRCLE_SMALL'
    | 'Q_LINE'
    | 'RADIUS_ROUNDED'
    | 'RADIUS_UNIT'
    | 'RING_DIRECTION'
    | 'RING_START'
    | 'SCHEDULE_AS_TEXT'
    | 'TIME_ROUNDED'
    | 'YEAR_TAKEN';
  message: string;
}

/** A warning that was read: its number, the earlier ones that it ends, and the notice it amounts to. */
export interface ReadWarning {
  form: 'notam' | 'navarea';
  /** As in `A2734/24` or `NAVAREA XII 801/23`. */
  id?: string;
  /** The numbers of warnings that this one replaces or cancels. */
  ends: string[];
  notice: Notice;
  findings: TextFinding[];
}

export interface WrittenWarning {
  text: string;
  findings: TextFinding[];
}

/** A longer text is no single warning. */
export const MAX_WARNING_CHARS = 16 * 1024;

/** Refusals of writers and readers; the sentence says what to do. */
export class WarningTextError extends DomainError {
  constructor(
    code:
      'WARNING_ACT' | 'WARNING_AREA' | 'WARNING_LACKS' | 'WARNING_NUMBER' | 'WARNING_TOO_LONG' | 'WARNING_UNREADABLE',
    message: string,
  ) {
    super(code, message);
  }
}

/** The text in capitals with single line breaks, or a refusal where it is longer than any warning. */
export function warningTextOf(text: string): string {
  if (text.length > MAX_WARNING_CHARS) {
    throw new WarningTextError('WARNING_TOO_LONG', `Give one warning of at most ${MAX_WARNING_CHARS} characters.`);
  }
  return text.replace(/\r\n?/g, '\n').toUpperCase();
}
