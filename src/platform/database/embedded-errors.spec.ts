import { OperationalError } from '../operational-error.js';
import { asOperationalError, classifyFailure, lastComplaint } from './embedded-errors.js';

describe('what a failed program of PostgreSQL means', () => {
  const final = [
    ['FATAL:  could not extend file "base/1/2691": No space left on device', 'DISK_FULL'],
    ['PANIC:  could not write\nHINT:  Check free disk space.', 'DISK_FULL'],
    ['FATAL:  data directory "/x/postgres" has wrong ownership', 'DATA_DIR_PERMISSION'],
    ['pg_ctl: could not open PID file: Permission denied', 'DATA_DIR_PERMISSION'],
    ['PANIC:  could not locate a valid checkpoint record', 'EMBEDDED_POSTGRES_FAILED'],
    ['', 'EMBEDDED_POSTGRES_FAILED'],
  ] as const;
  test.each(final)('%j is final: %s', (output, code) => {
    expect(classifyFailure(output, '/data')).toMatchObject({ kind: 'final', error: { code } });
  });

  const passing = [
    'FATAL:  lock file "postmaster.pid" already exists',
    'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets',
    'pg_ctl: server did not start in time',
  ];
  test.each(passing)('%j is worth another attempt', (output) => {
    expect(classifyFailure(output, '/data').kind).toBe('passing');
  });

  test('the last FATAL or PANIC line is shown without its time stamp', () => {
    const log =
      '2026-01-01 00:00:00 UTC [1] LOG:  starting\n2026-01-01 00:00:00 UTC [1] FATAL:  bad\n2026-01-01 LOG:  shut down\n';
    expect(lastComplaint(log)).toBe('FATAL:  bad');
  });
});

describe('system errors become operational errors', () => {
  const cases = [
    ['EACCES', 'DATA_DIR_PERMISSION'],
    ['EROFS', 'DATA_DIR_PERMISSION'],
    ['ENOTDIR', 'DATA_DIR_PERMISSION'],
    ['ENOSPC', 'DISK_FULL'],
    ['EIO', 'EMBEDDED_POSTGRES_FAILED'],
  ] as const;
  test.each(cases)('%s is %s, in one line, with its cause', (system, code) => {
    const cause = Object.assign(new Error('system'), { code: system });
    const error = asOperationalError(cause, '/data');
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code, cause, exitCode: 1 });
    expect(error.message).toMatch(/^.*\/data.*\.$/);
  });

  test('an operational error stays what it is', () => {
    const error = new OperationalError('DATA_DIR_VERSION', 'Other version.');
    expect(asOperationalError(error, '/data')).toBe(error);
  });
});
