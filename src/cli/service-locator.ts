import { setTimeout as sleep } from 'node:timers/promises';
import { probe, unreachable } from './api.js';
import { tell } from './terminal.js';

const START_PATIENCE_MS = 30_000;

export interface FoundService {
  url: string;
  stop(): Promise<void>;
}

/**
 * The running service at `url`, or an embedded one of this process when none runs there.
 * A service that was asked for by name is not replaced: then nothing running is an error.
 */
export async function findService(url: string, asked: boolean): Promise<FoundService> {
  const giveUpAt = Date.now() + START_PATIENCE_MS;
  let state = await probe(url);
  while (state === 'starting' && Date.now() < giveUpAt) {
    await sleep(300);
    state = await probe(url);
  }
  if (state === 'ready') {
    return { url, stop: () => Promise.resolve() };
  }
  if (asked) {
    throw unreachable(url);
  }
  tell(`No service runs at ${url}; this replay starts its own embedded one.`);
  const { startService } = await import('../service.js');
  return startService({ port: 0, quiet: true });
}
