import { randomBytes } from 'node:crypto';
import { loadConfig, type Config } from '../platform/config/config.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';

/** The configuration of a command that works on the database alone: it signs no tokens, so it needs no secret for them. */
export function databaseConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const secret = env['TRIWATCH_TOKEN_SECRET'] || randomBytes(32).toString('hex');
  return loadConfig({ ...env, TRIWATCH_TOKEN_SECRET: secret }, PROJECT_ROOT);
}
