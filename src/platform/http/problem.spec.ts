import {
  BadRequestException,
  HttpException,
  MethodNotAllowedException,
  NotFoundException,
  PayloadTooLargeException,
} from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import { OperationalError } from '../operational-error.js';
import { problemOf } from './problem.js';

const brief = (error: unknown): string | undefined => {
  const problem = problemOf(error);
  return problem && `${problem.status} ${problem.code}`;
};

describe('a broken rule of the domain', () => {
  it.each([
    ['UNAUTHENTICATED', 401],
    ['BAD_CREDENTIALS', 401],
    ['FORBIDDEN', 403],
    ['FORBIDDEN_FEED', 403],
    ['DEMO_UNAVAILABLE', 403],
    ['RUN_NOT_FOUND', 404],
    ['SCENARIO_NOT_FOUND', 404],
    ['ALERT_NOT_FOUND', 404],
    ['ANNOUNCEMENT_NOT_FOUND', 404],
    ['INJECT_NOT_FOUND', 404],
    ['REGIME_NOT_FOUND', 404],
    ['NOT_FOUND', 404],
    ['RUN_ENDED', 409],
    ['WALL_CLOCK', 409],
    ['ALERT_CANCELLED', 409],
    ['INJECT_NOT_PENDING', 409],
    ['BRANCH_DUE', 409],
    ['KEY_REUSED', 409],
    ['ALREADY_ANSWERED', 409],
    ['TOO_MANY_ATTEMPTS', 429],
    ['DEMO_BUSY', 429],
    // Whatever is in no list is a request that can be read and is not right.
    ['SPEED_OUT_OF_RANGE', 422],
    ['JUMP_OUT_OF_RANGE', 422],
    ['CHAPTER_NOT_FOUND', 422],
    ['SCENARIO_INVALID', 422],
    ['A_CODE_OF_TOMORROW', 422],
  ])('%s has the status %d', (code, status) => {
    const problem = problemOf(new DomainError(code, 'Do this instead.'));
    expect(problem).toEqual({
      type: 'about:blank',
      title: expect.stringMatching(/^(?!Error$).+/) as unknown,
      status,
      detail: 'Do this instead.',
      code,
    });
  });

  it('carries its findings, and nothing else of its data', () => {
    const findings = [{ rule: 'STATUS_MODE', path: 'status', message: 'Leave it out' }];
    const problem = problemOf(new DomainError('ALERT_INVALID', 'It has 1 fault.', { findings, secret: 'x' }));
    expect(problem).toMatchObject({ status: 422, findings });
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problemOf(new DomainError('ALERT_INVALID', 'None.'))).not.toHaveProperty('findings');
  });
});

it('something outside that failed is worth a later try: 503, without its cause', () => {
  const error = new OperationalError('QUEUE_UNAVAILABLE', 'Try again in a moment.', { cause: new Error('secret') });
  const problem = problemOf(error);
  expect(problem).toMatchObject({ status: 503, code: 'QUEUE_UNAVAILABLE', detail: 'Try again in a moment.' });
  expect(JSON.stringify(problem)).not.toContain('secret');
});

describe('an exception of the framework', () => {
  it.each([
    [new BadRequestException('No'), '400 BAD_REQUEST', 'No.'],
    [new NotFoundException('Cannot GET /x'), '404 NOT_FOUND', 'Cannot GET /x.'],
    [new MethodNotAllowedException('Use POST!'), '405 METHOD_NOT_ALLOWED', 'Use POST!'],
    [new PayloadTooLargeException('Too much.'), '413 TOO_LARGE', 'Too much.'],
    [new HttpException('Short', 418), '418 BAD_REQUEST', 'Short.'],
  ])('%s: %s', (error, expected, detail) => {
    expect(brief(error)).toBe(expected);
    expect(problemOf(error)?.detail).toBe(detail);
  });
});

describe('an error of a body parser', () => {
  const parserError = (type: string, status: number): Error =>
    Object.assign(new Error('at position 1'), { type, status });

  it.each([
    ['entity.parse.failed', 400, '400 BAD_REQUEST', 'The body is not well-formed JSON.'],
    ['entity.too.large', 413, '413 TOO_LARGE', 'The body is larger than this service takes; send less at once.'],
    ['charset.unsupported', 415, '415 UNKNOWN_MEDIA_TYPE', 'Send the body as application/json in UTF-8.'],
  ])('%s', (type, status, expected, detail) => {
    expect(brief(parserError(type, status))).toBe(expected);
    expect(problemOf(parserError(type, status))?.detail).toBe(detail);
  });

  it('is a bug when its status is of the server', () => {
    expect(problemOf(parserError('stream.not.readable', 500))).toBeUndefined();
  });
});

describe('an error of the database', () => {
  it.each([
    ['insufficient privilege: row-level security', '42501', '403 FORBIDDEN'],
    ['unique violation', '23505', '409 CONFLICT'],
    ['a character that it does not store', '22021', '422 UNSTORABLE_VALUE'],
    ['a number out of range', '22003', '422 UNSTORABLE_VALUE'],
    ['connection failure', '08006', '503 DATABASE_UNAVAILABLE'],
    ['shut down', '57P01', '503 DATABASE_UNAVAILABLE'],
    ['starting', '57P03', '503 DATABASE_UNAVAILABLE'],
    ['too many connections', '53300', '503 DATABASE_UNAVAILABLE'],
    ['deadlock', '40P01', '503 DATABASE_UNAVAILABLE'],
    ['could not be serialized', '40001', '503 DATABASE_UNAVAILABLE'],
    ['a statement that took too long', '57014', '503 DATABASE_UNAVAILABLE'],
    ['idle for too long within a transaction', '25P03', '503 DATABASE_UNAVAILABLE'],
    ['connection refused', 'ECONNREFUSED', '503 DATABASE_UNAVAILABLE'],
    ['connection reset', 'ECONNRESET', '503 DATABASE_UNAVAILABLE'],
    ['broken pipe', 'EPIPE', '503 DATABASE_UNAVAILABLE'],
    ['timed out', 'ETIMEDOUT', '503 DATABASE_UNAVAILABLE'],
    ['no such host at the moment', 'EHOSTUNREACH', '503 DATABASE_UNAVAILABLE'],
    ['no network', 'ENETUNREACH', '503 DATABASE_UNAVAILABLE'],
    ['a name that nobody knows', 'ENOTFOUND', '503 DATABASE_UNAVAILABLE'],
    ['a name that nobody knows at the moment', 'EAI_AGAIN', '503 DATABASE_UNAVAILABLE'],
    ['a statement that is wrong is a bug', '42601', undefined],
    ['a broken reference is a bug', '23503', undefined],
  ])('%s (%s)', (_, code, expected) => {
    const error = Object.assign(new Error('relation "users" secret'), { code });
    expect(brief(error)).toBe(expected);
    expect(JSON.stringify(problemOf(error) ?? '')).not.toContain('secret');
  });
});

describe('a bug tells nothing', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('x')],
    ['a type error', new TypeError('x is not a function')],
    ['an error with a code of its own', Object.assign(new Error('x'), { code: 42 })],
    ['a file that is missing', Object.assign(new Error('x'), { code: 'ENOENT' })],
    ['a text', 'x'],
    ['an object', {}],
    ['nothing', undefined],
    ['null', null],
  ])('%s', (_, error) => {
    expect(problemOf(error)).toBeUndefined();
  });
});
