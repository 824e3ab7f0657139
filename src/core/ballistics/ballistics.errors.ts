import { DomainError } from '../domain-error.js';

/** What a flight may be refused for. The sentences say what to change. */
export type BallisticsErrorCode =
  | 'FLIGHT_INPUT_INVALID'
  | 'FLIGHT_APOGEE_TOO_LOW'
  | 'FLIGHT_CLASS_MISMATCH'
  | 'FLIGHT_CLASS_UNKNOWN'
  | 'FLIGHT_NOT_FOUND';

export const ballisticsError = (code: BallisticsErrorCode, message: string): DomainError =>
  new DomainError(code, message);
