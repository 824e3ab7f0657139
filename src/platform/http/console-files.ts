import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Serves the built console: its files as they are, and its one page for every address that is no file and no API. */
export function serveConsole(app: Express, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    return;
  }
  // Built files carry a hash in their name and never change; the page that names them does.
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(folder, { maxAge: 0 }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      request.method === 'GET' &&
      request.accepts('html') &&
      !/^\/(api|health|metrics|socket\.io)(\/|$)/.test(request.path);
    if (!isPage) {
      next();
      return;
    }
    response.sendFile('index.html', { root: folder });
  });
}
