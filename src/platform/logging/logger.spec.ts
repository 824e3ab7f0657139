import { pino } from 'pino';
import { QueryFailedError } from 'typeorm';
import { loggerOptions } from './logger.js';

const PARAMETER = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA';

describe('the log', () => {
  /** What stands in the log after one line of it, as text and as JSON. */
  function logged(fields: object): { text: string; line: Record<string, unknown> } {
    let text = '';
    pino(loggerOptions('info'), { write: (line) => (text += line) }).error(fields, 'it failed');
    return { text, line: JSON.parse(text) as Record<string, unknown> };
  }

  const failedQuery = (): Error =>
    new QueryFailedError(
      'INSERT INTO users VALUES ($1)',
      [PARAMETER],
      Object.assign(new Error('duplicate key value violates unique constraint "users_username"'), {
        code: '23505',
        detail: `Key (password_hash)=(${PARAMETER}) already exists.`,
      }),
    );

  it.each([
    ['itself', failedQuery],
    ['as a cause', () => new Error('the account could not be saved', { cause: failedQuery() })],
    ['within a plain object', () => ({ ...failedQuery(), message: 'as it comes from elsewhere' })],
  ])('holds no parameter of a query that failed, %s', (_, make) => {
    const { text } = logged({ err: make() });
    expect(text).not.toContain(PARAMETER);
    expect(text).not.toContain('INSERT INTO');
  });

  it('says of an error what it is, its code, where it was and what caused it', () => {
    const { line } = logged({ err: failedQuery() });
    expect(line['err']).toEqual({
      type: 'QueryFailedError',
      message: 'duplicate key value violates unique constraint "users_username"',
      code: '23505',
      stack: expect.stringContaining('logger.spec') as string,
    });
  });

  it('says what caused an error', () => {
    const { line } = logged({ err: new Error('outer', { cause: new Error('inner') }) });
    expect(line['err']).toMatchObject({ message: 'outer', causes: ['inner'] });
  });

  it('ends with an error that is its own cause', () => {
    const error = new Error('circle');
    error.cause = error;
    expect(logged({ err: error }).line['err']).toMatchObject({ message: 'circle' });
  });

  it.each(['password', 'token', 'accessToken', 'refreshToken'])('takes out a %s', (name) => {
    const { text } = logged({ [name]: 'open sesame', body: { [name]: 'open sesame' } });
    expect(text).not.toContain('open sesame');
  });
});
