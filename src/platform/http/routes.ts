import type { INestApplication } from '@nestjs/common';
import { ROUTE_ACCESS } from './access-table.js';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route that the application serves, as `METHOD /path`. */
export function routesOf(app: INestApplication): string[] {
  const express = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return express.router.stack.flatMap(({ route }) =>
    route && typeof route.path === 'string'
      ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
      : [],
  );
}

/** Whether a route is one of those that the access table must list; the pages of the console and of the documentation are not. */
export const needsAccess = (route: string): boolean => / \/(api\/v1\/|health\/|metrics$)/.test(route);

/** Throws when a route of the API has no line in the access table: forgotten must mean closed, and be noticed. */
export function assertRoutesListed(app: INestApplication): void {
  const unlisted = routesOf(app).filter((route) => needsAccess(route) && !(route in ROUTE_ACCESS));
  if (unlisted.length > 0) {
    throw new Error(`Routes without a line in the access table: ${unlisted.join(', ')}.`);
  }
}
