import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { runMigrations } from '../src/platform/database/migrate.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/platform/database/embedded-postgres.js';
import { TEMPLATE, OWNER, LOGIN, PASSWORD } from './support/test-roles.js';

declare global {
  // eslint-disable-next-line no-var -- the only way to a property of globalThis that the teardown sees
  var testPostgres: { server: EmbeddedPostgres; dataDir: string } | undefined;
}

/** One PostgreSQL for all files of a call, with a migrated template that each file clones. */
export default async function setup(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'triwatch-test-'));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  globalThis.testPostgres = { server, dataDir };
  const adminUrl = server.urlFor(server.superuser, server.password, 'postgres');
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
  await admin.query(`CREATE ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD '${PASSWORD}'`);
  await admin.query(`CREATE DATABASE ${TEMPLATE} OWNER ${OWNER}`);
  await admin.end();
  await runMigrations(server.urlFor(OWNER, PASSWORD, TEMPLATE), server.urlFor(LOGIN, PASSWORD, TEMPLATE));
  process.env['TEST_POSTGRES_ADMIN_URL'] = adminUrl;
}
