import 'reflect-metadata';
import { databaseConfig } from './cli/database-config.js';
import { PartiesService } from './modules/parties/parties.service.js';
import { SessionEnds } from './modules/parties/session-ends.js';
import { SessionEndsRepository } from './modules/parties/session-ends.repository.js';
import { SignInLimit } from './modules/parties/sign-in-limit.js';
import { SignInService } from './modules/parties/sign-in.service.js';
import { TokensService } from './modules/parties/tokens.service.js';
import { UsersRepository } from './modules/parties/users.repository.js';
import { serviceDataSource } from './platform/database/data-source.js';
import { ensureSchema } from './platform/database/migrate.js';
import type { Role } from './core/wire/session.js';
import { Transactions } from './platform/database/transactions.js';
import { createLogger } from './platform/logging/logger.js';
import { OperationalError } from './platform/operational-error.js';

export interface NewUser {
  username: string;
  displayName: string;
  role: Role;
  desk?: string;
  password: string;
}

const USAGE = { exitCode: 2 };

/**
 * Makes a user of a served installation, or gives an existing one of that name these values and this password.
 * It speaks to the database and needs neither a running service nor Redis: the first user of an installation cannot be made by
 * somebody who is signed in. Embedded mode has its demonstration accounts and takes no others.
 * Throws OperationalError USERS_NEED_DATABASE, UNKNOWN_DESK, and those of `databaseConfig` and `ensureSchema`.
 */
export async function saveUser(user: NewUser, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const config = databaseConfig(env);
  const database = served(config.database);
  const { partiesFile, tokenSecret } = config;
  const { desks } = new PartiesService(partiesFile);
  if (user.desk !== undefined && !desks.some(({ id }) => id === user.desk)) {
    const known = desks.map(({ id }) => id).join(', ');
    throw new OperationalError('UNKNOWN_DESK', `There is no desk "${user.desk}". Desks: ${known}.`, USAGE);
  }
  await onAccounts(database, tokenSecret, (signIns) => signIns.saveAccounts([user]));
}

/**
 * Closes an account of a served installation, or opens it again.
 * Throws DomainError USER_NOT_FOUND, OperationalError USERS_NEED_DATABASE, and those of `databaseConfig` and `ensureSchema`.
 */
export async function setUserActive(
  username: string,
  active: boolean,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { database, tokenSecret } = databaseConfig(env);
  await onAccounts(served(database), tokenSecret, (signIns) => signIns.setActive(username, active));
}

type Database = ReturnType<typeof databaseConfig>['database'];
type Served = Extract<Database, { kind: 'served' }>;

function served(database: Database): Served {
  if (database.kind === 'embedded') {
    throw new OperationalError(
      'USERS_NEED_DATABASE',
      'Embedded mode has its demonstration accounts only; set DATABASE_URL to the database of the installation that the user is for.',
      { exitCode: 78 },
    );
  }
  return database;
}

async function onAccounts(
  database: Served,
  tokenSecret: string | undefined,
  work: (signIns: SignInService) => Promise<void>,
): Promise<void> {
  // The first user may well be made before the service was ever started.
  await ensureSchema(database.url, database.ownerUrl);
  const dataSource = await serviceDataSource(database.url).initialize();
  try {
    // A few objects by hand: the whole application would also open the queue, and wait for a Redis that is down.
    const transactions = new Transactions(dataSource);
    const ends = new SessionEndsRepository();
    const signIns = new SignInService(
      transactions,
      new UsersRepository(),
      new TokensService(tokenSecret ?? ''),
      new SignInLimit(),
      ends,
      new SessionEnds(transactions, ends, createLogger('silent')),
    );
    await work(signIns);
  } finally {
    await dataSource.destroy();
  }
}
