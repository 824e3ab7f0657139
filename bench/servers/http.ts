import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The name of the header in which a plain server says when it had accepted an alert, in ns of the monotonic clock. */
export const ACCEPTED_HEADER = 'x-accepted-ns';
export const FEEDS = ['jp', 'kr', 'us'] as const;

/**
 * The HTTP side that the plain servers have in common: takes an alert and answers 201 once `take` is done. `take` returns
 * when it had accepted the alert.
 */
export function alertServer(take: (alert: string, path: string) => bigint | Promise<bigint>): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const alert = Buffer.concat(parts).toString();
      Promise.resolve(take(alert, request.url ?? '/')).then(
        (acceptedAt) => {
          response.writeHead(201, { 'content-type': 'application/json', [ACCEPTED_HEADER]: String(acceptedAt) });
          response.end('{"ok":true}');
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
}

/** Listens on any free port and tells the benchmark which. */
export function listen(server: Server): void {
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`);
  });
}
