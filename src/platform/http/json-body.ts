import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../core/domain-error.js';
import { bringsXml } from './xml-body.js';

/** The deepest body that the service takes, a polygon in an area of an alert, has five levels. */
const MAX_DEPTH = 20;

/** Comes before the parser, which would pass over a body of another type: what is optional in it would be lost in silence. */
export function requireJson(request: Request, _: Response, next: NextFunction): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const hasBody = encoding !== undefined || Number(length ?? 0) > 0;
  next(
    hasBody && request.is('application/json') === false && !bringsXml(request) && !mayBeYaml(request)
      ? new UnsupportedMediaTypeException('Send the body as application/json in UTF-8')
      : undefined,
  );
}

/** The media types of YAML: the registered one and those from before it (RFC 9512). */
export const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

/** Notices are kept as YAML files, so the routes that judge one take it as it is; it reaches them as text. */
const YAML_ROUTES: readonly string[] = ['/api/v1/notices/check', '/api/v1/thresholds/check'];

const mayBeYaml = (request: Request): boolean => YAML_ROUTES.includes(request.path) && request.is(YAML_TYPES) !== false;

/**
 * Comes after the parser. Takes out fields that are null, so that they mean the same everywhere as fields left out, and
 * refuses a body so deep that what walks through it later would run out of stack.
 */
export function tidyBody(request: Request, _: Response, next: NextFunction): void {
  next(
    Buffer.isBuffer(request.body) || tidy(request.body)
      ? undefined
      : new DomainError('REQUEST_INVALID', 'The body is nested too deeply; flatten it.'),
  );
}

/** Returns false when the value is too deep. It walks with a list of its own instead of the stack. */
function tidy(body: unknown): boolean {
  const open = [{ value: body, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) {
      continue;
    }
    if (depth > MAX_DEPTH) {
      return false;
    }
    for (const [key, part] of Object.entries(value) as [string, unknown][]) {
      if (part === null && !Array.isArray(value)) {
        delete (value as Record<string, unknown>)[key];
      } else {
        open.push({ value: part, depth: depth + 1 });
      }
    }
  }
  return true;
}
