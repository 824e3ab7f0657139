import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable } from 'rxjs';
import { DatabaseWatch } from '../database/database-watch.js';
import { databaseUnavailable } from '../database/unavailable.js';

/**
 * Refuses at once what needs the database while it is silent, and what was under way when it fell silent: a person must not
 * look at a command that hangs. What answers without it, and streams that outlast an outage, are left alone.
 */
@Injectable()
export class OutageInterceptor implements NestInterceptor {
  constructor(private readonly database: DatabaseWatch) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || !needsDatabase(context.switchToHttp().getRequest<Request>().path)) {
      return next.handle();
    }
    if (this.database.silent) {
      throw databaseUnavailable();
    }
    return new Observable((observer) => {
      const answer = next.handle().subscribe(observer);
      const stopWaiting = this.database.whenSilent(() => observer.error(databaseUnavailable()));
      return () => {
        stopWaiting();
        answer.unsubscribe();
      };
    });
  }
}

const needsDatabase = (path: string): boolean => path.startsWith('/api/v1/') && !path.endsWith('/stream');
