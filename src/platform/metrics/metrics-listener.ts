import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { problemOf } from '../http/problem.js';
import { assertMayReadMetrics, type MetricsSettings } from './metrics-access.js';
import type { Metrics } from './metrics.js';

/** Answers `/metrics` and `/health/live` for a process that has no HTTP otherwise. Rejects when the port cannot be had. */
export function listenForMetrics(
  metrics: Metrics,
  settings: MetricsSettings,
  place: { port: number; host: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.method === 'GET' ? request.url : undefined;
    if (path === '/metrics') {
      void tell(response, metrics, settings, request.headers);
    } else {
      response.writeHead(path === '/health/live' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: path === '/health/live' ? 'live' : 'not-found' }));
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => resolve(server));
  });
}

async function tell(
  response: ServerResponse,
  metrics: Metrics,
  settings: MetricsSettings,
  headers: IncomingHttpHeaders,
): Promise<void> {
  try {
    assertMayReadMetrics(settings, headers);
    response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.text());
  } catch (error) {
    const problem = problemOf(error);
    response.writeHead(problem?.status ?? 500, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(problem ?? { status: 500, code: 'INTERNAL' }));
  }
}
