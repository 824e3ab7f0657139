import { MIGRATIONS } from '../../migrations/migrations.js';
import { ownerDataSource, serviceDataSource } from '../../src/platform/database/data-source.js';
import { runMigrations } from '../../src/platform/database/migrate.js';
import { OperationalError } from '../../src/platform/operational-error.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { LOGIN, OWNER } from '../support/test-roles.js';

const NAMES = MIGRATIONS.map(({ name }) => name);

/** Everything that a migration makes in `public`, as text: columns, constraints, indexes, functions, rights and policies. */
const SCHEMA = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || coalesce(collation_name, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'rights ' || relname || ' ' || coalesce(relacl::text, '') || ' ' || relrowsecurity || ' ' || relforcerowsecurity
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || roles::text || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
    FROM pg_policies WHERE schemaname = 'public'
  ORDER BY 1`;

describe('migrations', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterEach(() => database.drop());

  const migrate = (): Promise<string[]> => runMigrations(database.ownerUrl, database.url);
  const schema = async (): Promise<string[]> =>
    (await queryAsAdmin<{ line: string }>(database, SCHEMA)).map(({ line }) => line);
  const tables = async (): Promise<string[]> =>
    (
      await queryAsAdmin<{ tablename: string }>(
        database,
        `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
      )
    ).map(({ tablename }) => tablename);

  it('bring an empty database up once, and then find nothing to do', async () => {
    expect(await migrate()).toEqual(NAMES);
    const before = await schema();
    expect(before.filter((line) => line.startsWith('policy'))).not.toEqual([]);
    expect(await migrate()).toEqual([]);
    expect(await schema()).toEqual(before);
  });

  it('let one of several processes work that start at once', async () => {
    const done = await Promise.all([migrate(), migrate(), migrate()]);
    expect(done.flat()).toEqual(NAMES);
    expect(await queryAsAdmin(database, 'SELECT name FROM migrations')).toHaveLength(NAMES.length);
  });

  it('can be taken back, and brought up again as they were', async () => {
    await migrate();
    const before = await schema();
    const dataSource = await ownerDataSource(database.ownerUrl).initialize();
    for (let count = 0; count < NAMES.length; count += 1) {
      await dataSource.undoLastMigration();
    }
    await dataSource.destroy();
    expect(await tables()).toEqual(['migrations']);
    expect((await schema()).filter((line) => /^(function|policy)/.test(line))).toEqual([]);
    expect(await migrate()).toEqual(NAMES);
    expect(await schema()).toEqual(before);
  });

  it('leave everything to the owner and nothing to the login of the service', async () => {
    await migrate();
    const owners = await queryAsAdmin(
      database,
      `SELECT DISTINCT pg_get_userbyid(owner) AS owner FROM (
         SELECT relowner AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace
         UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace
         UNION ALL SELECT datdba FROM pg_database WHERE datname = current_database()) AS owners`,
    );
    expect(owners).toEqual([{ owner: OWNER }]);
    const dataSource = await serviceDataSource(database.url).initialize();
    try {
      for (const statement of [
        'CREATE TABLE mine (id int)',
        'CREATE SCHEMA mine',
        'DROP TABLE audit',
        'ALTER TABLE audit DISABLE ROW LEVEL SECURITY',
        'DROP POLICY own ON feed_items',
        `SET ROLE ${OWNER}`,
        'SET ROLE triwatch_app; CREATE TABLE mine (id int)',
        'SET ROLE triwatch_pipeline; ALTER TABLE audit NO FORCE ROW LEVEL SECURITY',
      ]) {
        await expect(dataSource.query(statement)).rejects.toThrow(/permission denied|must be owner/);
      }
    } finally {
      await dataSource.destroy();
    }
    expect(await queryAsAdmin(database, `SELECT 1 FROM pg_roles WHERE rolname = '${LOGIN}' AND rolinherit`)).toEqual(
      [],
    );
  });

  it('say in one line that the database does not answer', async () => {
    const nowhere = 'postgres://nobody@127.0.0.1:1/triwatch_test';
    const error: unknown = await runMigrations(nowhere, nowhere).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.not.stringContaining('\n') as unknown,
    });
  });

  it('say in one line that a database cannot be brought up, and leave nothing half-made', async () => {
    // Somebody else's table stands where one of ours belongs.
    await queryAsAdmin(database, 'CREATE TABLE audit (id int)');
    const error: unknown = await migrate().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'MIGRATION_FAILED', message: expect.not.stringContaining('\n') as unknown });
    expect(await tables()).toEqual(['audit', 'migrations']);
  });
});
