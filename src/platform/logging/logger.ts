import type { LoggerService } from '@nestjs/common';
import { pino, type Logger, type LoggerOptions } from 'pino';
import type { LogLevel } from '../config/config.js';
import { errorView } from './error-view.js';

/** Injection token of the process's pino logger. */
export const LOGGER = Symbol('LOGGER');

/** Structured logs, one JSON object a line: on stdout, or in `file` where a person reads the terminal. */
export function createLogger(level: LogLevel, file?: string): Logger {
  const options = loggerOptions(level);
  return file === undefined
    ? pino(options)
    : pino(options, pino.destination({ dest: file, append: true, sync: false }));
}

/**
 * Instants as ISO 8601, and no secrets: passwords and tokens are taken out where they stand under their own name, at the top
 * or one level down; of an error nothing is logged but what `errorView` takes.
 */
export const loggerOptions = (level: LogLevel): LoggerOptions => ({
  level,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: errorView },
  redact: {
    paths: [
      'password',
      'token',
      'accessToken',
      'refreshToken',
      '*.password',
      '*.token',
      '*.accessToken',
      '*.refreshToken',
      'key',
      '*.key',
    ].concat([
      'req.headers.authorization',
      'req.headers.cookie',
      'res.headers["set-cookie"]',
      // Where a sign-in ends, the address leads on with the session.
      'res.headers.location',
    ]),
    censor: '[secret]',
  },
});

/** Sends what Nest itself says through the same logger. */
export function nestLogger(logger: Logger): LoggerService {
  const child = (context: unknown): Logger => logger.child({ context });
  return {
    log: (message: unknown, context?: unknown) => child(context).debug(String(message)),
    debug: (message: unknown, context?: unknown) => child(context).debug(String(message)),
    verbose: (message: unknown, context?: unknown) => child(context).trace(String(message)),
    warn: (message: unknown, context?: unknown) => child(context).warn(String(message)),
    error: (message: unknown, stack?: unknown, context?: unknown) => child(context).error({ stack }, String(message)),
    fatal: (message: unknown, context?: unknown) => child(context).fatal(String(message)),
  };
}
