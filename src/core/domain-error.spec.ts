import { DomainError } from './domain-error.js';

describe('DomainError', () => {
  it('carries its code, its sentence and its data', () => {
    const error = new DomainError('RUN_NOT_FOUND', 'Name a run that exists.', { run: 'x' });
    expect(error).toBeInstanceOf(Error);
    expect({ ...error, message: error.message }).toEqual({
      name: 'DomainError',
      code: 'RUN_NOT_FOUND',
      message: 'Name a run that exists.',
      data: { run: 'x' },
    });
  });
});
