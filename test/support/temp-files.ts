import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for the time of a test file, with a way to write files into it. */
export interface TempFiles {
  readonly folder: string;
  /** Writes a file, with the folders above it, and returns its path. */
  write(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

export async function tempFiles(): Promise<TempFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'triwatch-files-'));
  return {
    folder,
    write: async (name, content) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
