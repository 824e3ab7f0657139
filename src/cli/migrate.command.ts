import type { Command } from 'commander';
import { databaseConfig } from './database-config.js';
import { print } from './terminal.js';

const EXAMPLE = `
Example:
  DATABASE_OWNER_URL=postgres://owner@db/triwatch DATABASE_URL=postgres://app@db/triwatch npm run triwatch -- migrate`;

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database at DATABASE_URL to the schema of this version')
    .addHelpText('after', EXAMPLE)
    .action(migrate);
}

async function migrate(): Promise<void> {
  const { database } = databaseConfig();
  if (database.kind === 'embedded') {
    print('The embedded database is brought up to date at every start of the service; DATABASE_URL is not set.');
    return;
  }
  const { runMigrations } = await import('../platform/database/migrate.js');
  const ran = await runMigrations(database.ownerUrl ?? database.url, database.url);
  print(ran.length > 0 ? ran.map((name) => `migrated ${name}`) : 'The database was up to date.');
}
