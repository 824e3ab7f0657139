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

/** Throws when a route of the API has no line in the access table: forgotten must mean closed, and be noticed. */
export function assertRoutesListed(app: INestApplication): void {
  const unlisted = routesOf(app).filter((route) => / \/(api\/v1|health)\//.test(route) && !(route in ROUTE_ACCESS));
  if (unlisted.length > 0) {
    throw new Error(`Routes without a line in the access table: ${unlisted.join(', ')}.`);
  }
}
