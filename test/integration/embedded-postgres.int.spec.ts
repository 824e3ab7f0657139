import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { copyBinaries } from '../../src/platform/database/embedded-binaries.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { ensureSecret } from '../../src/platform/database/embedded-secrets.js';

// These tests run servers of their own: they kill them.
let dataDir: string;
let running: EmbeddedPostgres[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'triwatch-postgres-'));
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: { keepRunning?: boolean } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, ...options });
  running.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.urlFor(server.superuser, server.password, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function serverPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 20_000; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

test('a new server keeps what is written over a stop and a start', async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await query(first, 'CREATE TABLE kept AS SELECT 1 AS value');
  const settings = `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
    current_setting('fsync') AS fsync, current_setting('listen_addresses') AS host`;
  expect(await query(first, settings)).toEqual([{ encoding: 'UTF8', zone: 'UTC', fsync: 'on', host: '127.0.0.1' }]);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  await first.stop();
  await expect(query(first, 'SELECT 1')).rejects.toThrow();

  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await query(second, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'secrets.json']);
});

test('a running server is adopted, and survives one that only looks in', async () => {
  const owner = await start();
  const visitor = await start({ keepRunning: true });
  expect(visitor).toMatchObject({ adopted: true, port: owner.port, password: owner.password });
  await visitor.stop();
  expect(await query(owner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('starts at the same moment do not fight', async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(servers.filter((server) => !server.adopted)).toHaveLength(1);
  expect(new Set(servers.map((server) => server.port)).size).toBe(1);
});

test('a killed server is started again on its port while the service runs', async () => {
  const server = await start();
  await query(server, 'CREATE TABLE kept AS SELECT 1 AS value');
  process.kill(await serverPid(), 'SIGKILL');
  expect(await eventually(() => query(server, 'SELECT value FROM kept'))).toEqual([{ value: 1 }]);
});

test('a server killed together with its service recovers at the next start', async () => {
  const killed = await start({ keepRunning: true });
  await query(killed, 'CREATE TABLE kept AS SELECT 1 AS value');
  process.kill(await serverPid(), 'SIGKILL');
  const next = await start();
  expect(next.adopted).toBe(false);
  expect(await query(next, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
});

test('the id of a dead server that another process has now does not stop a start', async () => {
  const killed = await start({ keepRunning: true });
  const pid = await serverPid();
  process.kill(pid, 'SIGKILL');
  await eventually(() =>
    query(killed, 'SELECT 1').then(
      () => Promise.reject(new Error('up')),
      () => undefined,
    ),
  );
  const path = join(dataDir, 'postgres', 'postmaster.pid');
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(process.pid)));
  expect((await start()).adopted).toBe(false);
});

test('a lost secrets.json is replaced', async () => {
  const first = await start();
  await first.stop();
  await rm(join(dataDir, 'secrets.json'));
  const second = await start();
  expect(second.password).not.toBe(first.password);
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('what an interrupted initdb left is thrown away', async () => {
  await mkdir(join(dataDir, 'postgres.new', 'base'), { recursive: true });
  await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
  await start();
  expect(await readdir(dataDir)).not.toContain('postgres.new');
});

test('a cluster of another version is refused and left alone', async () => {
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9\n');
  await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_VERSION' });
  expect(await readdir(join(dataDir, 'postgres'))).toEqual(['PG_VERSION']);
});

test('a folder that is no cluster is refused and left alone', async () => {
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'letters.txt'), 'mine');
  await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_POSTGRES_FAILED' });
  expect(await readdir(join(dataDir, 'postgres'))).toEqual(['letters.txt']);
});

test('a file in place of the data folder is a clear error', async () => {
  await rm(dataDir, { recursive: true });
  await writeFile(dataDir, '');
  await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_PERMISSION' });
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot('root is told about a data folder below a private one, and nothing is made there', async () => {
  await mkdir(join(dataDir, 'private'), { mode: 0o700 });
  await chmod(dataDir, 0o755);
  const data = join(dataDir, 'private', 'data');
  const attempt = startEmbeddedPostgres({ dataDir: data, log: () => undefined });
  await expect(attempt).rejects.toMatchObject({
    code: 'DATA_DIR_UNREACHABLE',
    message: expect.stringContaining('chmod'),
  });
  expect(await readdir(join(dataDir, 'private'))).toEqual([]);
});

test('binaries out of reach are copied once, with links and open modes, also by two at a time', async () => {
  const native = join(dataDir, 'installed', 'native');
  await mkdir(join(native, 'bin'), { recursive: true, mode: 0o700 });
  await mkdir(join(native, 'lib'), { mode: 0o700 });
  await writeFile(join(native, 'bin', 'postgres'), 'program', { mode: 0o700 });
  await writeFile(join(native, 'lib', 'libpq.so.5.18'), 'library', { mode: 0o600 });
  await symlink('libpq.so.5.18', join(native, 'lib', 'libpq.so'));
  const listed = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(listed));

  const place = join(dataDir, 'place');
  const copies = await Promise.all([copyBinaries(native, [place], '18'), copyBinaries(native, [place], '18')]);
  const copy = copies[0];
  expect(copies[1]).toBe(copy);
  expect(await readdir(place)).toEqual([`postgresql-18-${process.arch}`]);
  expect((await stat(join(copy, 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(copy, 'lib', 'libpq.so.5.18'))).mode & 0o777).toBe(0o644);
  expect(await readlink(join(copy, 'lib', 'libpq.so'))).toBe('libpq.so.5.18');
  expect(await readlink(join(copy, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');

  // A copy that lost a file is made anew.
  await writeFile(join(copy, 'bin', 'postgres'), '');
  await copyBinaries(native, [place], '18');
  expect(await readFile(join(copy, 'bin', 'postgres'), 'utf8')).toBe('program');
  expect(await readdir(place)).toEqual([`postgresql-18-${process.arch}`]);
});

test('secrets are made once and kept side by side', async () => {
  const [one, again, other] = await Promise.all(['one', 'one', 'other'].map((name) => ensureSecret(dataDir, name)));
  expect(again).toBe(one);
  expect(other).not.toBe(one);
  expect(JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'))).toEqual({ one, other });
});
