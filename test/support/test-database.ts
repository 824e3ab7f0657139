import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { LOGIN, OWNER, PASSWORD, TEMPLATE } from './test-roles.js';

export interface TestDatabase {
  /** Of the service's login, which owns nothing. */
  readonly url: string;
  readonly ownerUrl: string;
  /** Of the superuser, for looking past row-level security in assertions. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** A fresh database with the present schema, cloned from the template in some 50 ms; or an empty one. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'];
  if (!adminUrl) {
    throw new Error('Run through `npm run test:integration` or `npm run test:e2e`, which start PostgreSQL.');
  }
  const name = `triwatch_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${name} TEMPLATE ${empty ? 'template0' : TEMPLATE} OWNER ${OWNER}`),
  );
  return {
    url: urlFor(adminUrl, name, LOGIN),
    ownerUrl: urlFor(adminUrl, name, OWNER),
    adminUrl: urlFor(adminUrl, name),
    drop: () => asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** Rows as the superuser sees them, whatever row-level security says. */
export async function queryAsAdmin<Row extends object>(
  database: TestDatabase,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

function urlFor(adminUrl: string, database: string, user?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user) {
    url.username = user;
    url.password = PASSWORD;
  }
  return url.href;
}

async function asAdmin(url: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    // Two clones of one template at the same moment would refuse each other.
    await admin.query(`SELECT pg_advisory_lock(hashtext('triwatch test databases'))`);
    await work(admin);
  } finally {
    await admin.end();
  }
}
