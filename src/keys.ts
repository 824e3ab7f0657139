import 'reflect-metadata';
import type { Keys } from './cli/key.command.js';
import { databaseConfig } from './cli/database-config.js';
import { onInstallation } from './installation.js';
import { KeysRepository } from './modules/parties/keys.repository.js';
import { KeysService } from './modules/parties/keys.service.js';
import { PartiesService } from './modules/parties/parties.service.js';
import { SessionEnds } from './modules/parties/session-ends.js';
import { SessionEndsRepository } from './modules/parties/session-ends.repository.js';
import { LIVE_RUN } from './modules/runs/run.js';
import type { Principal } from './platform/database/principal.js';
import { createLogger } from './platform/logging/logger.js';

const ADMINISTRATOR: Principal = { kind: 'administrator' };

/** The keys of the installation that the environment names. Their methods throw what `onInstallation` and KeysService do. */
export function keysOf(env: NodeJS.ProcessEnv = process.env): Keys {
  const work = <T>(use: (keys: KeysService) => Promise<T>): Promise<T> =>
    onInstallation(env, (transactions) => {
      const ends = new SessionEndsRepository();
      const parties = new PartiesService(databaseConfig(env).partiesFile);
      const sessionEnds = new SessionEnds(transactions, ends, createLogger('silent'));
      return use(new KeysService(transactions, new KeysRepository(), parties, ends, sessionEnds, LIVE_RUN));
    });
  return {
    make: (wanted) => work((keys) => keys.make(ADMINISTRATOR, wanted)),
    list: () => work((keys) => keys.list(ADMINISTRATOR)),
    revoke: (idOrPrefix) => work((keys) => keys.revoke(ADMINISTRATOR, idOrPrefix)),
  };
}
