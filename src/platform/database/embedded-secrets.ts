import { randomBytes } from 'node:crypto';
import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from './embedded-lock.js';

/**
 * Returns the secret of this name from `<dataDir>/secrets.json`, and on first use makes one: random (32 bytes, base64url) unless
 * `make` says otherwise.
 * The file has mode 0600 and is replaced as a whole, so that a crash leaves either the old or the new one.
 */
export async function ensureSecret(dataDir: string, name: string, make = randomSecret): Promise<string> {
  const path = join(dataDir, 'secrets.json');
  const known = (await readSecrets(path))[name];
  if (known) {
    return known;
  }
  return withLock(join(dataDir, 'secrets.lock'), async () => {
    const secrets = await readSecrets(path);
    const secret = secrets[name] ?? make();
    if (secrets[name] !== secret) {
      await writeSecrets(path, { ...secrets, [name]: secret });
    }
    return secret;
  });
}

const randomSecret = (): string => randomBytes(32).toString('base64url');

/** The secret of this name, or undefined when the folder has none. */
export async function readSecret(dataDir: string, name: string): Promise<string | undefined> {
  return (await readSecrets(join(dataDir, 'secrets.json')))[name];
}

async function readSecrets(path: string): Promise<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, string>) : {};
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw error;
  }
}

async function writeSecrets(path: string, secrets: Record<string, string>): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    if (process.getuid?.() === 0) {
      // In a folder that belongs to someone else root must not lock the owner out of the owner's own secrets.
      const folder = await stat(dirname(path));
      await chown(draft, folder.uid, folder.gid);
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
