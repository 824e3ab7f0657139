import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { PIPELINE } from '../database/principal.js';
import { Stopping } from './stopping.js';
import { Transactions } from '../database/transactions.js';
import { LOGGER } from '../logging/logger.js';

/** For load balancers and process managers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly transactions: Transactions,
    private readonly stopping: Stopping,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The process answers; it says nothing of what it depends on, so that an outage elsewhere restarts nothing here. */
  @Get('live')
  live(): object {
    return { status: 'live' };
  }

  /** The process can do its work: its database answers, and it is not about to stop. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    if (this.stopping.begun) {
      response.status(503);
      return { status: 'not-ready', reason: 'STOPPING' };
    }
    try {
      await this.transactions.run(PIPELINE, (tx) => tx.query('SELECT 1'));
      return { status: 'ready' };
    } catch (error) {
      this.logger.warn({ err: error }, 'not ready: the database does not answer');
      response.status(503);
      return { status: 'not-ready', reason: 'DATABASE_UNAVAILABLE' };
    }
  }
}
