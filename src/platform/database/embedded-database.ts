import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { ensureSecret } from './embedded-secrets.js';

const DATABASE = 'triwatch';
const OWNER = 'triwatch_owner';
const LOGIN = 'triwatch';

export interface EmbeddedDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  /** Whether the server ran already: another process of ours may be using it. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL of a data folder with the service's database in it: owned by one role and used by another
 * that owns nothing. Throws the OperationalErrors of `startEmbeddedPostgres`.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  log: (message: string) => void,
): Promise<EmbeddedDatabase> {
  const server = await startEmbeddedPostgres({ dataDir, log });
  try {
    const [ownerPassword, loginPassword] = await Promise.all([
      ensureSecret(dataDir, 'ownerPassword'),
      ensureSecret(dataDir, 'loginPassword'),
    ]);
    await prepare(server, ownerPassword, loginPassword);
    return {
      url: server.urlFor(LOGIN, loginPassword, DATABASE),
      ownerUrl: server.urlFor(OWNER, ownerPassword, DATABASE),
      adopted: server.adopted,
      stop: () => server.stop(),
    };
  } catch (error) {
    if (!server.adopted) {
      await server.stop();
    }
    throw error;
  }
}

async function prepare(server: EmbeddedPostgres, ownerPassword: string, loginPassword: string): Promise<void> {
  const client = new Client({ connectionString: server.urlFor(server.superuser, server.password, 'postgres') });
  await client.connect();
  try {
    // Two processes may prepare the same new folder at once.
    await client.query(`SELECT pg_advisory_lock(hashtext('triwatch roles'))`);
    const role = async (name: string, password: string, options: string): Promise<void> => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN ${options} PASSWORD ${client.escapeLiteral(password)}`,
      );
    };
    await role(OWNER, ownerPassword, 'CREATEROLE');
    await role(LOGIN, loginPassword, 'NOINHERIT');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) {
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
    }
  } finally {
    await client.end();
  }
}
