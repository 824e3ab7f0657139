import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { Finding } from '../../core/wire/problem.js';

/** Checks every body and query against its DTO class; unknown fields are faults, so that a misspelt one is not ignored. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => {
      const findings = errors.flatMap((error) => findingsOf(error, ''));
      const first = findings[0];
      return new DomainError('REQUEST_INVALID', `${first?.path ?? 'body'}: ${first?.message ?? 'not valid'}.`, {
        findings,
      });
    },
  });

function findingsOf(error: ValidationError, prefix: string): Finding[] {
  const path = /^\d+$/.test(error.property)
    ? `${prefix}[${error.property}]`
    : `${prefix}${prefix && '.'}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({ rule, path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => findingsOf(child, path))];
}
