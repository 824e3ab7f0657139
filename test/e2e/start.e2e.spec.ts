import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { Client } from '../support/client.js';
import { DeskConsole } from '../support/desk-console.js';
import { freePort, postgresOf, Processes, type Program } from '../support/processes.js';
import { DEMO_PASSWORD } from '../support/test-app.js';

const processes = new Processes();
afterAll(() => processes.cleanUp());

async function settings(): Promise<Record<string, string>> {
  return {
    TRIWATCH_DATA_DIR: await processes.dataDir(),
    TRIWATCH_PORT: String(await freePort()),
    TRIWATCH_DEMO_PASSWORD: DEMO_PASSWORD,
  };
}

/** What a user sees of a failure for a known reason: one line that ends with its code, and no stack. */
async function expectOneLine(program: Program, code: string, exitCode: number): Promise<string> {
  const ended = await program.whenEnded();
  expect(program.stderr).toMatch(new RegExp(`^Triwatch: [^\\n]+ \\[${code}\\]\\n$`));
  expect(program.output).not.toMatch(/^ +at /m);
  expect(ended).toEqual({ code: exitCode, signal: null });
  return program.stderr;
}

describe('a service on a data folder of its own', () => {
  let env: Record<string, string>;
  let main: Program & { url: string };
  let run: string;

  beforeAll(async () => {
    env = await settings();
    main = await processes.main(env);
    const control = await Client.signIn(main.url, 'controller');
    run = (await control.post<{ id: string }>('/runs', { scenario: 'yeonpyeong-2010', paused: true })).body.id;
  }, 120_000);

  it('tells how to open it and who may sign in', () => {
    expect(main.stdout).toContain(`Open http://127.0.0.1:${env['TRIWATCH_PORT']}`);
    expect(main.stdout).toContain('kr-jcs');
    expect(main.stdout).toContain(DEMO_PASSWORD);
    expect(main.stderr).toBe('');
  });

  it('is left alone by a second start on its port and folder', async () => {
    const second = processes.built('main', env);
    expect(await expectOneLine(second, 'PORT_IN_USE', 1)).toContain(`Port ${env['TRIWATCH_PORT']}`);
    expect((await fetch(`${main.url}/health/ready`)).status).toBe(200);
  });

  it('keeps its folder to itself: a second start on another port is refused and takes nothing away', async () => {
    const second = processes.built('main', { ...env, TRIWATCH_PORT: String(await freePort()) });
    expect(await expectOneLine(second, 'DATA_DIR_IN_USE', 1)).toContain('TRIWATCH_DATA_DIR');
    expect((await fetch(`${main.url}/health/ready`)).status).toBe(200);
    expect(main.output).not.toContain('ended unexpectedly');
  });

  it('says goodbye to its consoles and stops its PostgreSQL on SIGTERM, within ten seconds', async () => {
    const { token } = await Client.signIn(main.url, 'kr-jcs');
    const console = processes.own(new DeskConsole(main.url, { token, run, desk: 'kr-jcs' }));
    await console.whenConnected();
    const dataDir = env['TRIWATCH_DATA_DIR']!;
    expect(postgresOf(dataDir)).toBeDefined();
    const ended = await main.stop('SIGTERM', 10_000);
    console.close();
    expect(ended).toEqual({ code: 0, signal: null });
    expect(console.closings[0]).toBe('SERVICE_STOPS');
    expect(postgresOf(dataDir)).toBeUndefined();
    expect(main.stderr).toBe('');
  });

  it('has kept its data when it starts again', async () => {
    const again = await processes.main(env);
    expect((await fetch(`${again.url}/health/ready`)).status).toBe(200);
    const control = await Client.signIn(again.url, 'controller');
    const { body: runs } = await control.get<{ id: string }[]>('/runs');
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining([run, 'live']));
  });
});

it('stops its PostgreSQL also when the signal comes while it starts', async () => {
  const env = await settings();
  const main = processes.built('main', env);
  await main.prints(/starting the service/);
  expect(postgresOf(env['TRIWATCH_DATA_DIR']!)).toBeDefined();
  expect(await main.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(postgresOf(env['TRIWATCH_DATA_DIR']!)).toBeUndefined();
});

const SERVED = {
  TRIWATCH_SIGNING_KEY: newSigningKey(),
  DATABASE_URL: 'postgres://triwatch:secret@127.0.0.1:1/triwatch',
  TRIWATCH_TOKEN_SECRET: 'x'.repeat(40),
};

it.each<[string, 'main' | 'worker', Record<string, string>, string, number]>([
  ['a variable that does not exist', 'main', { TRIWATCH_FOO: '1' }, 'CONFIG_INVALID', 78],
  ['a worker without DATABASE_URL', 'worker', {}, 'CONFIG_INVALID', 78],
  ['a database that does not answer', 'main', SERVED, 'DATABASE_UNREACHABLE', 1],
  ['a database that a worker cannot reach', 'worker', SERVED, 'DATABASE_UNREACHABLE', 1],
])('one line and an exit code for %s', async (_, program, env, code, exitCode) => {
  const line = await expectOneLine(
    processes.built(program, { TRIWATCH_PORT: String(await freePort()), ...env }),
    code,
    exitCode,
  );
  expect(line).not.toContain('secret@');
});

it('one line for a data folder of another version of PostgreSQL', async () => {
  const env = await settings();
  const cluster = join(env['TRIWATCH_DATA_DIR']!, 'postgres');
  await mkdir(cluster);
  await writeFile(join(cluster, 'PG_VERSION'), '14\n');
  await expectOneLine(processes.built('main', env), 'DATA_DIR_VERSION', 1);
});

it('one line for a data folder that may not be used', async () => {
  const env = await settings();
  const closed = env['TRIWATCH_DATA_DIR']!;
  const isRoot = process.getuid?.() === 0;
  // Root may write anywhere, but the user under which PostgreSQL then runs may not pass here.
  await chmod(closed, isRoot ? 0o700 : 0o500);
  const dataDir = join(closed, 'data');
  const main = processes.built('main', { ...env, TRIWATCH_DATA_DIR: dataDir });
  expect(await expectOneLine(main, isRoot ? 'DATA_DIR_UNREACHABLE' : 'DATA_DIR_PERMISSION', 1)).toContain(dataDir);
});
