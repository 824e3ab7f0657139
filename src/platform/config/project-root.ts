import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, found upwards from this file, so that it is the same from sources, from dist and in tests. */
export const PROJECT_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  const parent = dirname(from);
  return existsSync(join(from, 'package-lock.json')) || parent === from ? from : findRoot(parent);
}
