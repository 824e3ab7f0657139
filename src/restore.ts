import 'reflect-metadata';
import { join } from 'node:path';
import { databaseConfig } from './cli/database-config.js';
import { RestoresRepository } from './modules/dissemination/restores.repository.js';
import { RestoresService } from './modules/dissemination/restores.service.js';
import { PROJECT_ROOT } from './platform/config/project-root.js';
import { serviceDataSource } from './platform/database/data-source.js';
import { defaultDataDir } from './platform/database/embedded-data-dir.js';
import { startEmbeddedDatabase } from './platform/database/embedded-database.js';
import { holdLock } from './platform/database/embedded-lock.js';
import { ensureSchema, runMigrations } from './platform/database/migrate.js';
import { Transactions } from './platform/database/transactions.js';

/**
 * Opens a new epoch in every feed, with a line in the record, after the database was put back in a way that nobody can see
 * from within. Returns how many feeds there are. Of an embedded installation the service must be stopped.
 * Throws the OperationalErrors of `databaseConfig`, `ensureSchema`, `startEmbeddedDatabase` and DATA_DIR_IN_USE.
 */
export async function declareRestored(env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const { database } = databaseConfig(env);
  if (database.kind === 'served') {
    await ensureSchema(database.url, database.ownerUrl);
    return declare(database.url);
  }
  const dataDir = database.dataDir ?? defaultDataDir(PROJECT_ROOT);
  const server = await startEmbeddedDatabase(dataDir, () => undefined);
  const release = await holdLock(join(dataDir, 'service.lock')).catch(async (error: unknown) => {
    // A service that runs on the folder keeps its server.
    await (server.adopted ? undefined : server.stop());
    throw error;
  });
  try {
    await runMigrations(server.ownerUrl, server.url);
    return await declare(server.url);
  } finally {
    await server.stop();
    await release();
  }
}

async function declare(url: string): Promise<number> {
  const dataSource = await serviceDataSource(url).initialize();
  try {
    return await new RestoresService(new Transactions(dataSource), new RestoresRepository()).declare();
  } finally {
    await dataSource.destroy();
  }
}
