import { saveUser } from '../src/accounts.js';
import { newSigningKey } from '../src/platform/config/signing-key.js';
import { startEmbeddedDatabase } from '../src/platform/database/embedded-database.js';
import { SUPERUSER } from '../src/platform/database/embedded-cluster.js';
import { ensureSecret } from '../src/platform/database/embedded-secrets.js';
import { freePort, Processes } from '../test/support/processes.js';
import { CONTROLLER, DESKS, type Cluster } from './cluster.js';
import { ProgramMember } from './member.js';
import { continuePostgres, killPostgres, postgresPids } from './postgres-processes.js';
import { Proxy } from './proxy.js';

const PASSWORD = 'a password of the torture';
const SECRET = 'a-secret-of-the-torture-that-is-long-enough';
const MAINS = 2;
const WORKERS = 2;

/** Two mains and two workers on PostgreSQL and Redis, with a proxy before everything that one of them connects to. */
export async function startServed(scenariosDir: string, redisServer: string): Promise<Cluster> {
  const processes = new Processes();
  const closables: (() => Promise<void> | void)[] = [];
  const proxy = async (port: number): Promise<Proxy> => {
    const made = await Proxy.before(port);
    closables.push(() => made.close());
    return made;
  };
  const cleanUp = async (): Promise<void> => {
    for (const close of closables.reverse()) {
      await close();
    }
    await processes.cleanUp();
  };
  try {
    const dataDir = await processes.dataDir();
    const database = await startEmbeddedDatabase(dataDir, () => undefined);
    closables.push(async () => {
      await continuePostgres(dataDir);
      await database.stop();
    });
    const redisPort = await freePort();
    const options = ['--port', String(redisPort), '--bind', '127.0.0.1', '--appendonly', 'no', '--save', ''];
    const redis = new ProgramMember('redis', () => processes.run(redisServer, options), /Ready to accept connections/);
    closables.push(() => redis.end());
    await redis.start();
    const common = {
      TRIWATCH_TOKEN_SECRET: SECRET,
      TRIWATCH_SIGNING_KEY: newSigningKey(),
      TRIWATCH_SCENARIOS_DIR: scenariosDir,
      TRIWATCH_LOG_LEVEL: 'warn',
    };
    await addUsers({ ...common, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl });

    const postgresProxies: Proxy[] = [];
    const redisProxies: Proxy[] = [];
    /** The environment of a node that reaches everything by proxies of its own. */
    const nodeEnv = async (): Promise<Record<string, string>> => {
      const [postgres, cache] = [await proxy(Number(new URL(database.url).port)), await proxy(redisPort)];
      postgresProxies.push(postgres);
      redisProxies.push(cache);
      return {
        ...common,
        DATABASE_URL: withPort(database.url, postgres.port),
        DATABASE_OWNER_URL: withPort(database.ownerUrl, postgres.port),
        REDIS_URL: `redis://127.0.0.1:${cache.port}`,
      };
    };
    const mains: ProgramMember[] = [];
    const ports: number[] = [];
    const consoleProxies: Proxy[] = [];
    for (let index = 0; index < MAINS; index += 1) {
      const port = await freePort();
      const env = { ...(await nodeEnv()), TRIWATCH_PORT: String(port) };
      mains.push(new ProgramMember(`main-${index}`, () => processes.built('main', env), /ready after .* at http:/));
      ports.push(port);
      consoleProxies.push(await proxy(port));
    }
    const workers: ProgramMember[] = [];
    for (let index = 0; index < WORKERS; index += 1) {
      const env = await nodeEnv();
      workers.push(new ProgramMember(`worker-${index}`, () => processes.built('worker', env), /the worker is ready/));
    }
    for (const member of [...mains, ...workers]) {
      closables.push(() => member.end());
    }
    await Promise.all([...mains, ...workers].map((member) => member.start()));
    const superuserPassword = await ensureSecret(dataDir, 'superuserPassword');
    return {
      mains,
      workers,
      redis,
      consoleProxies,
      postgresProxies,
      redisProxies,
      urls: consoleProxies.map(({ port }) => `http://127.0.0.1:${port}`),
      directUrls: ports.map((port) => `http://127.0.0.1:${port}`),
      password: PASSWORD,
      adminUrl: () => Promise.resolve(asUser(database.url, SUPERUSER, superuserPassword)),
      postgresPids: () => postgresPids(dataDir),
      // Whoever started the database watches over it, and that is this process.
      killPostgres: (signal) => killPostgres(dataDir, signal),
      stop: cleanUp,
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function addUsers(env: Record<string, string>): Promise<void> {
  const account = { password: PASSWORD, displayName: 'Torture' };
  await saveUser({ ...account, username: CONTROLLER, role: 'controller' }, env);
  for (const { desk } of DESKS) {
    await saveUser({ ...account, username: desk, role: 'officer', desk }, env);
  }
}

function withPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

function asUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
}
