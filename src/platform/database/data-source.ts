import { DataSource, type Logger } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/migrations.js';

const SILENT: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Injection token of the service's TypeORM data source. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

/** Connections a process holds at most; docs/architecture.md adds them up for each shape. */
export const POOL_SIZE = 16;

/** Connections for the service's own work. The schema comes from migrations alone, never from entities. */
export function serviceDataSource(url: string, poolSize = POOL_SIZE): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    synchronize: false,
    migrationsRun: false,
    poolSize,
    applicationName: 'triwatch',
    extra: {
      statement_timeout: 30_000,
      // Nothing of ours idles within a transaction. A process that is paused in one may hold a run's clock, for which every
      // drain and command of the run waits on all nodes; it gives its locks up after this.
      idle_in_transaction_session_timeout: 2_000,
      connectionTimeoutMillis: 5_000,
      // Statements asked for together are sent together instead of each waiting for the answer to the one before.
      pipeline: true,
    },
  });
}

/** A short-lived data source of the owner role, for migrations. */
export function ownerDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    synchronize: false,
    migrations: [...MIGRATIONS],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    poolSize: 2,
    applicationName: 'triwatch-owner',
    // What goes wrong is thrown and told once; the library's own lines would stand beside it.
    logger: SILENT,
  });
}
