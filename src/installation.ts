import { join } from 'node:path';
import { databaseConfig } from './cli/database-config.js';
import { PROJECT_ROOT } from './platform/config/project-root.js';
import { serviceDataSource } from './platform/database/data-source.js';
import { defaultDataDir } from './platform/database/embedded-data-dir.js';
import { startEmbeddedDatabase } from './platform/database/embedded-database.js';
import { holdLock } from './platform/database/embedded-lock.js';
import { ensureSchema, requireSchema, runMigrations } from './platform/database/migrate.js';
import { Transactions } from './platform/database/transactions.js';

export interface InstallationOptions {
  /** Whether the service of an embedded installation must be stopped meanwhile. */
  readonly alone?: boolean;
  /** Whether an older schema is brought up to date first; it is refused otherwise. */
  readonly migrate?: boolean;
}

/**
 * Works on the database of the installation that the environment names, without a running service; brings its schema up to date
 * first, unless told not to. An embedded server that runs already is used and left running.
 * Throws the OperationalErrors of `databaseConfig`, `ensureSchema`, `startEmbeddedDatabase` and, alone, DATA_DIR_IN_USE, or
 * SCHEMA_OUTDATED of `requireSchema`.
 */
export async function onInstallation<T>(
  env: NodeJS.ProcessEnv,
  work: (transactions: Transactions) => Promise<T>,
  { alone = false, migrate = true }: InstallationOptions = {},
): Promise<T> {
  const { database } = databaseConfig(env);
  if (database.kind === 'served') {
    await (migrate ? ensureSchema(database.url, database.ownerUrl) : requireSchema(database.url));
    return withTransactions(database.url, work);
  }
  const dataDir = database.dataDir ?? defaultDataDir(PROJECT_ROOT);
  const server = await startEmbeddedDatabase(dataDir, () => undefined);
  let release: (() => Promise<void>) | undefined;
  try {
    release = alone ? await holdLock(join(dataDir, 'service.lock')) : undefined;
    await (migrate ? runMigrations(server.ownerUrl, server.url) : requireSchema(server.url));
    return await withTransactions(server.url, work);
  } finally {
    // A service that runs on the folder keeps its server; one that we hold the lock against has left its own behind.
    await (server.adopted && !release ? undefined : server.stop());
    await release?.();
  }
}

async function withTransactions<T>(url: string, work: (transactions: Transactions) => Promise<T>): Promise<T> {
  const dataSource = await serviceDataSource(url).initialize();
  try {
    return await work(new Transactions(dataSource));
  } finally {
    await dataSource.destroy();
  }
}
