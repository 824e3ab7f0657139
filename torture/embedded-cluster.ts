import { freePort, Processes } from '../test/support/processes.js';
import { SUPERUSER } from '../src/platform/database/embedded-cluster.js';
import { ensureSecret } from '../src/platform/database/embedded-secrets.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';
import { ProgramMember } from './member.js';
import { continuePostgres, killPostgres, postgresPids } from './postgres-processes.js';
import { Proxy } from './proxy.js';

const PASSWORD = 'a password of the torture';

/** One process that brings its own PostgreSQL, behind one proxy. */
export async function startEmbedded(scenariosDir: string): Promise<Cluster> {
  const processes = new Processes();
  const dataDir = await processes.dataDir();
  const port = await freePort();
  const env = {
    TRIWATCH_DATA_DIR: dataDir,
    TRIWATCH_PORT: String(port),
    TRIWATCH_DEMO_PASSWORD: PASSWORD,
    TRIWATCH_SCENARIOS_DIR: scenariosDir,
    TRIWATCH_LOG_LEVEL: 'warn',
  };
  const main = new ProgramMember('main-0', () => processes.built('main', env), /ready after .* at http:/);
  const proxy = await Proxy.before(port);
  try {
    await main.start();
  } catch (error) {
    await processes.cleanUp();
    proxy.close();
    throw error;
  }
  return {
    mains: [main],
    workers: [],
    consoleProxies: [proxy],
    postgresProxies: [],
    redisProxies: [],
    urls: [`http://127.0.0.1:${proxy.port}`],
    directUrls: [`http://127.0.0.1:${port}`],
    password: PASSWORD,
    adminUrl: async () => {
      const password = await ensureSecret(dataDir, 'superuserPassword');
      const lines = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      return `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${lines[3]}/triwatch`;
    },
    postgresPids: () => postgresPids(dataDir),
    killPostgres: (signal) => killPostgres(dataDir, signal),
    stop: async () => {
      proxy.close();
      await main.end();
      await continuePostgres(dataDir);
      await processes.cleanUp();
    },
  };
}
