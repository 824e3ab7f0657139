import type { Problem } from './wire/problem.js';

/**
 * A rule of the domain was broken by what somebody asked for. The code is stable and is what callers decide by;
 * the message is one sentence for a person; the data is plain and may be shown. It knows nothing of HTTP:
 * each edge maps it once.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    message: string,
    readonly data?: Record<string, unknown> & Pick<Problem, 'findings'>,
  ) {
    super(message);
  }
}
