import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { postgresOf, type Processes } from '../../test/support/processes.js';

/** Only for the time of the benchmark, on loopback. */
const PASSWORD = 'only-for-the-benchmark';
const DATABASE = 'bench';

/** A PostgreSQL of the benchmark, of the same build and settings as the service's own. */
export interface BenchPostgres {
  url: string;
  ownerUrl: string;
  pids(): number[];
}

/** Starts a PostgreSQL server with an owner and a login for one database; it ends with the processes. */
export async function startPostgres(processes: Processes): Promise<BenchPostgres> {
  const dataDir = await processes.dataDir();
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  processes.own({ close: () => void server.stop() });
  await makeDatabase(server);
  return {
    url: server.urlFor('login', PASSWORD, DATABASE),
    ownerUrl: server.urlFor('owner', PASSWORD, DATABASE),
    pids: () => [postgresOf(dataDir)].filter((pid) => pid !== undefined),
  };
}

async function makeDatabase(server: EmbeddedPostgres): Promise<void> {
  const admin = new Client({ connectionString: server.urlFor(server.superuser, server.password, 'postgres') });
  await admin.connect();
  await admin.query(`CREATE ROLE owner LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
  await admin.query(`CREATE ROLE login LOGIN NOINHERIT PASSWORD '${PASSWORD}'`);
  await admin.query(`CREATE DATABASE ${DATABASE} OWNER owner`);
  await admin.end();
}
