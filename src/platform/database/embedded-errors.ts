import { OperationalError } from '../operational-error.js';

const NO_SPACE = /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|Check free disk space/;
// Leftovers of a killed server go away by themselves, and another port can be taken: both are worth another attempt.
const PASSING =
  /lock file ".*" already exists|pre-existing shared memory block|could not bind|could not create any TCP\/IP sockets|Address already in use|server did not start in time/;
const OTHER_VERSION = /database files are incompatible with server|initialized by PostgreSQL version/;
const NO_PERMISSION =
  /has invalid permissions|has wrong ownership|Permission denied|Operation not permitted|EACCES|EPERM/;

/** Why a program of PostgreSQL failed: `passing` is worth another attempt, `final` is not. */
export type Failure = { kind: 'passing'; line: string } | { kind: 'final'; error: OperationalError };

/** Reads what initdb, pg_ctl or the server's log said and decides what it means for the caller. */
export function classifyFailure(output: string, dataDir: string): Failure {
  const line = lastComplaint(output);
  if (NO_SPACE.test(output)) {
    return { kind: 'final', error: diskFull(dataDir) };
  }
  if (OTHER_VERSION.test(output)) {
    return { kind: 'final', error: failed(dataDir, line) };
  }
  if (PASSING.test(output) && !/PANIC:/.test(output)) {
    return { kind: 'passing', line };
  }
  if (NO_PERMISSION.test(output)) {
    return { kind: 'final', error: noPermission(dataDir) };
  }
  return { kind: 'final', error: failed(dataDir, line) };
}

/** The last line that PostgreSQL marked as FATAL or PANIC, without its time stamp; otherwise its last line. */
export function lastComplaint(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const fatal = lines.filter((line) => /\b(FATAL|PANIC):|\berror:/.test(line)).pop();
  const line = fatal ?? lines.pop() ?? 'it gave no reason';
  return line.replace(/^.*?\b(?=(FATAL|PANIC):)/, '').trim();
}

/** Turns whatever a start threw into an OperationalError, so that no caller ever sees a bare system error. */
export function asOperationalError(error: unknown, dataDir: string): OperationalError {
  if (error instanceof OperationalError) {
    return error;
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return diskFull(dataDir, error);
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return noPermission(dataDir, error);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    const message = `${dataDir} cannot be used as the data folder because a file is in its place: set TRIWATCH_DATA_DIR to another folder.`;
    return new OperationalError('DATA_DIR_PERMISSION', message, { cause: error });
  }
  return failed(dataDir, error instanceof Error ? error.message : String(error), error);
}

/** DISK_FULL: the file system of the data folder has no room. */
function diskFull(dataDir: string, cause?: unknown): OperationalError {
  const message = `The disk that holds ${dataDir} is full: free some space, or set TRIWATCH_DATA_DIR to a folder on another disk, and start again.`;
  return new OperationalError('DISK_FULL', message, { cause });
}

/** DATA_DIR_PERMISSION: the data folder cannot be written by the user who starts Triwatch. */
function noPermission(dataDir: string, cause?: unknown): OperationalError {
  const message = `The data folder ${dataDir} cannot be read and written by this user: correct its owner and mode, or set TRIWATCH_DATA_DIR to another folder.`;
  return new OperationalError('DATA_DIR_PERMISSION', message, { cause });
}

/** EMBEDDED_POSTGRES_FAILED: anything else that PostgreSQL said, with where to read more. */
export function failed(dataDir: string, reason: string, cause?: unknown): OperationalError {
  const message = `Embedded PostgreSQL did not start (${reason.replace(/[.\s]+$/, '')}): see ${dataDir}/postgres.log, or set DATABASE_URL to use a server of your own.`;
  return new OperationalError('EMBEDDED_POSTGRES_FAILED', message, { cause });
}
