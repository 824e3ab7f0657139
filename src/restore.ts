import 'reflect-metadata';
import { RestoresRepository } from './modules/dissemination/restores.repository.js';
import { RestoresService } from './modules/dissemination/restores.service.js';
import { onInstallation } from './installation.js';

/**
 * Opens a new epoch in every feed, with a line in the record, after the database was put back in a way that nobody can see
 * from within. Returns how many feeds there are. Of an embedded installation the service must be stopped.
 * Throws the OperationalErrors of `onInstallation`.
 */
export const declareRestored = (env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  onInstallation(env, (transactions) => new RestoresService(transactions, new RestoresRepository()).declare(), {
    alone: true,
  });
