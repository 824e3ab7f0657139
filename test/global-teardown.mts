import { rm } from 'node:fs/promises';

export default async function teardown(): Promise<void> {
  const { server, dataDir } = globalThis.testPostgres ?? {};
  await server?.stop();
  if (dataDir) {
    await rm(dataDir, { recursive: true, force: true });
  }
}
