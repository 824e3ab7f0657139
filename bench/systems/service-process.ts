import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import type { Processes, Program } from '../../test/support/processes.js';

/** How processes of the service are started: by whom, and with a folder for CPU profiles when one is wanted. */
export interface Starter {
  processes: Processes;
  profile?: string;
}

/** On a busy machine the first start, which makes the database, takes its time. */
const START_MS = 180_000;

/** Starts a built entry point of the service. */
export function startBuilt(
  { processes, profile }: Starter,
  name: 'main' | 'worker',
  env: Record<string, string>,
): Program {
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  return processes.run(process.execPath, [...flags, join(PROJECT_ROOT, 'dist', 'src', `${name}.js`)], env);
}

/** Starts a main on any free port and resolves once it is ready. */
export async function startMain(
  starter: Starter,
  env: Record<string, string>,
): Promise<{ program: Program; port: number }> {
  const program = startBuilt(starter, 'main', { ...env, TRIWATCH_PORT: '0' });
  const [, url = ''] = await program.prints(/ready after .* at (http:\S+)/, START_MS);
  return { program, port: Number(new URL(url).port) };
}
