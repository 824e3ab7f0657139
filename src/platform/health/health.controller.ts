import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DatabaseWatch } from '../database/database-watch.js';
import { Queue } from '../queue/queue.js';
import { Stopping } from './stopping.js';
import { Vitals } from './vitals.js';

/** What `GET /health/ready` says. */
export interface Readiness {
  status: 'ready' | 'not-ready';
  /** STOPPING or DATABASE_UNAVAILABLE. */
  reason?: string;
  database: 'answers' | 'silent';
  /** A queue that is away delays nothing that matters, so it makes no process unready. */
  queue: 'answers' | 'silent';
  /** How long ago this process last read the feeds; null before the first time. */
  tailAgeMs: number | null;
}

/** For load balancers and process managers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DatabaseWatch,
    private readonly queue: Queue,
    private readonly vitals: Vitals,
    private readonly stopping: Stopping,
  ) {}

  /** The process answers; it says nothing of what it depends on, so that an outage elsewhere restarts nothing here. */
  @Get('live')
  live(): object {
    return { status: 'live' };
  }

  /** The process can do its work: its database answers, and it is not about to stop. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const reason = this.stopping.begun ? 'STOPPING' : this.database.silent ? 'DATABASE_UNAVAILABLE' : undefined;
    if (reason !== undefined) {
      response.status(503).set('retry-after', '1');
    }
    return {
      status: reason === undefined ? 'ready' : 'not-ready',
      reason,
      database: this.database.silent ? 'silent' : 'answers',
      queue: (await this.queue.answers()) ? 'answers' : 'silent',
      tailAgeMs: this.vitals.tailAgeMs(),
    };
  }
}
