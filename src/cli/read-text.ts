import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CliError, EXIT } from './cli-error.js';

/** The text of a file, or of standard input for `-`. Throws a CliError that names the file. */
export const readText = (file: string): Promise<string> =>
  readOrRefuse(file, () => (file === '-' ? text(process.stdin) : readFile(file, 'utf8')));

/** What `read` gives of a file. Throws a CliError that names the file where it cannot be read. */
export async function readOrRefuse<Content>(file: string, read: () => Promise<Content>): Promise<Content> {
  try {
    return await read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? (cause as Error).message})`;
    throw new CliError(`The file ${file} ${why}.`, EXIT.usage, { cause });
  }
}
