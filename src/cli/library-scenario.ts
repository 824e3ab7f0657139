import { join } from 'node:path';
import { parseScenario } from '../core/scenario/scenario.parse.js';
import type { Scenario } from '../core/scenario/scenario.schema.js';
import { loadConfig } from '../platform/config/config.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { CliError, EXIT } from './cli-error.js';
import { readText } from './read-text.js';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A scenario of the library by its id. Throws CliError: wrong use for what is no id, failed for a file that cannot be played. */
export async function libraryScenario(id: string): Promise<Scenario> {
  if (!SLUG.test(id)) {
    throw new CliError(`Name a scenario of the library, as in yeonpyeong-2010: "${id.slice(0, 80)}" is none.`, EXIT.usage); // prettier-ignore
  }
  const file = join(loadConfig(process.env, PROJECT_ROOT).scenariosDir, id, 'scenario.yaml');
  const parsed = parseScenario(await readText(file));
  if (!('scenario' in parsed)) {
    throw new CliError(`The scenario is not right; see: npm run triwatch -- scenario check ${file}`, EXIT.failed);
  }
  return parsed.scenario;
}
