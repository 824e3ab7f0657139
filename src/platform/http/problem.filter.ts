import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import type { Problem } from '../../core/wire/problem.js';
import { LOGGER } from '../logging/logger.js';
import { problemOf } from './problem.js';

/** An outage is noticed and its end too within a second, so asking again after that makes sense. */
const RETRY_AFTER_S = '1';

/** The one place where an error becomes an HTTP answer. A bug is logged here, once, and says nothing of itself outside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.end();
      return;
    }
    const problem = problemOf(error);
    if (!problem) {
      this.logger.error({ err: error }, 'a request failed for a reason that nobody foresaw');
    }
    const body: Problem = problem ?? {
      type: 'about:blank',
      title: 'Error',
      status: 500,
      detail: 'The service failed; its log says why.',
      code: 'INTERNAL',
    };
    if (body.status === 503) {
      response.set('retry-after', RETRY_AFTER_S);
    }
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }
}
