import { Client } from 'pg';
import { MIGRATIONS } from '../../../migrations/migrations.js';
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
      `The database schema could not be brought up to date (${messageOf(error)}): run "triwatch migrate" with DATABASE_OWNER_URL first.`,
      { cause: error },
    );
  } finally {
    if (dataSource.isInitialized) {
      await dataSource.destroy();
    }
    await lock.end();
  }
}

/**
 * Makes sure that the schema is that of this version. A login that owns nothing can read that it is, and needs no more; where
 * it is not, `migrate` must have run with the owner's URL. Throws the OperationalErrors of `runMigrations`.
 */
export async function ensureSchema(url: string, ownerUrl: string | undefined): Promise<void> {
  if (ownerUrl !== undefined) {
    await runMigrations(ownerUrl, url);
  } else if (!(await isSchemaCurrent(url))) {
    // The login may own the database after all: one URL for everything is the simplest installation.
    await runMigrations(url, url);
  }
}

/**
 * Makes sure that the schema is that of this version and changes nothing.
 * Throws OperationalError SCHEMA_OUTDATED, also where the database does not answer.
 */
export async function requireSchema(url: string): Promise<void> {
  if (!(await isSchemaCurrent(url))) {
    throw new OperationalError(
      'SCHEMA_OUTDATED',
      'The database does not answer, or its schema is not that of this version: use the version that wrote it, or run "triwatch migrate" first.',
    );
  }
}

async function isSchemaCurrent(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SET ROLE triwatch_app');
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations');
    return MIGRATIONS.every((migration) => rows.some(({ name }) => name === migration.name));
  } catch {
    // No role, no table, no connection: the migration that is tried next says which, and what to do.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Lets the login of `url` take the service's two roles, and every process read which migrations have run. */
async function letActAs(owner: Client, url: string): Promise<void> {
  await owner.query('GRANT SELECT ON migrations TO triwatch_app');
  const login = decodeURIComponent(new URL(url).username);
  const { rows } = await owner.query<{ member: boolean }>(
    `SELECT pg_has_role($1, 'triwatch_app', 'SET') AND pg_has_role($1, 'triwatch_pipeline', 'SET') AS member`,
    [login],
  );
  if (rows[0]?.member === false) {
    await owner.query(`GRANT triwatch_app, triwatch_pipeline TO ${owner.escapeIdentifier(login)}`);
  }
}

/** When every address of a host name refuses, Node's error has a code and an empty message. */
const messageOf = (error: unknown): string =>
  (error instanceof Error && (error.message || (error as NodeJS.ErrnoException).code)) || String(error);
