import { Client } from 'pg';
import { OperationalError } from '../operational-error.js';
import { ownerDataSource } from './data-source.js';

/**
 * Brings the schema of the database up to date as its owner and lets the login of `url` act in the service's two roles.
 * Several processes may call it at once: an advisory lock lets one work and the rest find nothing to do.
 * Returns the names of the migrations that ran. Throws OperationalError DATABASE_UNREACHABLE or MIGRATION_FAILED.
 */
export async function runMigrations(ownerUrl: string, url: string): Promise<string[]> {
  const lock = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  try {
    await lock.connect();
  } catch (error) {
    throw new OperationalError('DATABASE_UNREACHABLE', `The database does not answer: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const dataSource = ownerDataSource(ownerUrl);
  try {
    await lock.query(`SELECT pg_advisory_lock(hashtext('triwatch migrations'))`);
    await dataSource.initialize();
    const done = await dataSource.runMigrations();
    await letActAs(lock, url);
    return done.map((migration) => migration.name);
  } catch (error) {
    throw new OperationalError(
      'MIGRATION_FAILED',
      `The database schema could not be brought up to date: ${messageOf(error)}.`,
      {
        cause: error,
      },
    );
  } finally {
    if (dataSource.isInitialized) {
      await dataSource.destroy();
    }
    await lock.end();
  }
}

async function letActAs(owner: Client, url: string): Promise<void> {
  const login = decodeURIComponent(new URL(url).username);
  if (login) {
    await owner.query(`GRANT triwatch_app, triwatch_pipeline TO ${owner.escapeIdentifier(login)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
