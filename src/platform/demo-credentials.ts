import { PROJECT_ROOT } from './config/project-root.js';
import { loadConfig } from './config/config.js';
import { defaultDataDir } from './database/embedded-data-dir.js';
import { ensureSecret, readSecret } from './database/embedded-secrets.js';

const SECRET = 'demoPassword';
const LENGTH = 12;

/** The password of the demo accounts of a data folder: random, made once, short enough to type. */
export async function ensureDemoPassword(dataDir: string): Promise<string> {
  return (await ensureSecret(dataDir, SECRET)).slice(0, LENGTH);
}

/**
 * The password of the demo accounts of the embedded service on this machine, for the command line: TRIWATCH_DEMO_PASSWORD, or
 * what the service wrote into its data folder. Undefined when this user may not read it or no service was started yet.
 */
export async function readDemoPassword(): Promise<string | undefined> {
  const { demoPassword, database } = loadConfig(process.env, PROJECT_ROOT);
  if (demoPassword !== undefined || database.kind === 'served') {
    return demoPassword;
  }
  const secret = await readSecret(database.dataDir ?? defaultDataDir(PROJECT_ROOT), SECRET).catch(() => undefined);
  return secret?.slice(0, LENGTH);
}
