import { OperationalError } from '../operational-error.js';

/** The connection may have ended under the COMMIT itself, so it is not certain that nothing was changed. */
export function databaseUnavailable(): OperationalError {
  return new OperationalError(
    'DATABASE_UNAVAILABLE',
    'The database does not answer; try again in a moment, with the same Idempotency-Key if there was one.',
  );
}
