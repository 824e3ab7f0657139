import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { Processes, freePort, type Program } from '../support/processes.js';
import { eventually } from '../support/eventually.js';
import { DEMO_PASSWORD } from '../support/test-app.js';
import { createTestDatabase, queryAsAdmin } from '../support/test-database.js';
import { OWNER } from '../support/test-roles.js';

const processes = new Processes();
afterAll(() => processes.cleanUp());

const cli = (args: readonly string[], env: Record<string, string> = {}, input?: string): Program =>
  processes.built('cli', env, args, input);

/** Runs a command to its end, which must be a good one. */
async function done(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Program> {
  const program = cli(args, env, input);
  const ended = await program.whenEnded(90_000);
  expect({ args, ended, stderr: ended.code === 0 ? '' : program.output }).toEqual({
    args,
    ended: { code: 0, signal: null },
    stderr: '',
  });
  return program;
}

/** Runs a command that is refused with one line. */
async function refused(args: readonly string[], exitCode: number, env?: Record<string, string>, input?: string) {
  const program = cli(args, env, input);
  expect({ ended: await program.whenEnded(), stdout: program.stdout }).toEqual({
    ended: { code: exitCode, signal: null },
    stdout: '',
  });
  expect(program.stderr).toMatch(/^triwatch: [^\n]+\n$/);
  return program.stderr;
}

interface Summary {
  outcome: string;
  digest: string;
}

it('replays on a service of its own, and twice with the same digest', async () => {
  const replay = async (): Promise<Summary> => {
    // A port on which nothing runs: a service on the usual one is none of this test's business.
    const env = { TRIWATCH_DATA_DIR: await processes.dataDir(), TRIWATCH_PORT: String(await freePort()) };
    const program = await done(['replay', 'yeonpyeong-2010', '--speed', '3600', '--json'], env);
    expect(program.stderr).toContain('starts its own embedded one');
    return JSON.parse(program.stdout) as Summary;
  };
  const [first, second] = await Promise.all([replay(), replay()]);
  expect(first.outcome).toBe('complete');
  expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(second.digest).toBe(first.digest);
}, 150_000);

it('judges a notice without a service, whatever the verdict, and refuses what it cannot judge', async () => {
  const check = ['notice', 'check', join(PROJECT_ROOT, 'test/notices/dprk-2023-11-21.yaml')];
  const { stdout } = await done([...check, '--regime', 'us-ussr-1988', '--json']);
  const { verdict, rules } = JSON.parse(stdout) as { verdict: string; rules: { id: string; figures: object }[] };
  expect(verdict).toBe('broken');
  expect(rules.find(({ id }) => id === 'LEAD')).toMatchObject({ figures: { leadHours: 21.33, minLeadHours: 24 } });
  expect(await refused([...check, '--regime', 'gsomia'], 1)).toContain('[REGIME_NOT_FOUND]');
  expect(await refused(['notice', 'check', '/nowhere.yaml'], 1)).toContain('[NOTICE_UNREADABLE]');
  await refused(['notice', 'check'], 2);
}, 60_000);

it('writes a notice as a warning, reads it back, and judges what it read', async () => {
  const drill = JSON.stringify({
    act: 'live-fire-drill',
    window: '2030-01-05T00:00:00Z/2030-01-07T09:00:00Z',
    daily: '00:00-09:00Z',
    impactAreas: [{ circle: { latitude: 35.5, longitude: 124, radiusNm: 20 } }],
  });
  const as = (form: string): string[] => ['notice', 'write', '-', '--as', form];
  const { stdout: text } = await done([...as('navarea'), '--number', 'NAVAREA XI 0001/30'], {}, drill);
  expect(text).toContain('IN AREA WITHIN 20 NM OF 35-30.00N 124-00.00E.');
  const { stdout } = await done(['notice', 'read', '-', '--json'], {}, text);
  expect(JSON.parse(stdout)).toMatchObject({
    id: 'NAVAREA XI 0001/30',
    notice: { act: 'live-fire-drill' },
    findings: [],
  });
  await done(['notice', 'check', '-', '--regime', 'navarea'], {}, stdout);
  expect(await refused(as('notam'), 1, {}, drill)).toContain('[WARNING_LACKS]');
  await refused(as('morse'), 2, {}, drill);
}, 60_000);

describe('with a running service', () => {
  let env: Record<string, string>;

  beforeAll(async () => {
    env = {
      TRIWATCH_DATA_DIR: await processes.dataDir(),
      TRIWATCH_PORT: String(await freePort()),
      TRIWATCH_DEMO_PASSWORD: DEMO_PASSWORD,
    };
    await processes.main(env);
  }, 90_000);

  const ALERT = ['alert', '--event', 'Missile launch', '--severity', 'Extreme', '--urgency', 'Immediate'].concat([
    ...['--certainty', 'Observed', '--ko', '동해안에서 발사 탐지', '--en', 'Launch detected', '--from', 'kr-jcs'],
  ]);

  it('watches a desk: gets an alert, leaves with its cursor and comes back after it', async () => {
    const watch = cli(['watch', '--desk', 'jp-cas', '--json'], env);
    await watch.prints(/watching run live as jp-cas/);
    const first = await done([...ALERT, '--key', 'first'], env);
    const id = /^alert (\S+) version 1$/m.exec(first.stdout)?.[1];
    await eventually('the alert in the terminal', () => watch.stdout.includes('\n'));
    const item = JSON.parse(watch.stdout) as Record<string, unknown>;
    expect(item).toMatchObject({ run: 'live', audience: 'jp', kind: 'alert', id, seq: 1, mode: 'test', late: false });
    expect(await watch.stop('SIGINT')).toEqual({ code: 130, signal: null });
    expect(watch.stderr).toContain('--since 1:1');

    // The same key issues no second alert.
    expect((await done([...ALERT, '--key', 'first'], env)).stdout).toBe(first.stdout);
    const again = cli(['watch', '--desk', 'jp-cas', '--json', '--since', '1:1'], env);
    await again.prints(/watching run live/);
    await done([...ALERT, '--key', 'second'], env);
    await eventually('the second alert in the terminal', () => again.stdout.includes('\n'));
    expect(JSON.parse(again.stdout)).toMatchObject({ kind: 'alert', seq: 2 });
    await again.stop('SIGINT');
  }, 90_000);

  it('gives notice of a launch and shows how it stands to the rules', async () => {
    const window = ['--window-start', '2027-03-03T09:00:00+09:00', '--window-end', '2027-03-03T15:00:00+09:00'];
    const areas = ['--launch', '39.66,124.71 20', '--impact', '41.0,138.5 40.0,140.0 39.0,138.0'];
    const notice = ['announce', '--act', 'missile-test', '--class', 'ICBM', ...window, ...areas];
    const { stdout } = await done([...notice, '--by', 'KP'], env);
    expect(stdout).toMatch(/^announcement \S+ version 1 in run live$/m);
    expect(stdout).toMatch(/│ (met|not met|cannot tell) /);
    expect(await refused(notice, 2, env)).toContain('--by PARTY');
  });
});

it('says in one line that no service answers', async () => {
  const port = await freePort();
  const line = await refused(['watch', '--desk', 'kr-jcs'], 3, {
    TRIWATCH_PORT: String(port),
    TRIWATCH_DEMO_PASSWORD: DEMO_PASSWORD,
  });
  expect(line).toContain(`No service answers at http://127.0.0.1:${port}`);
});

it('names file, line and column of a fault in a scenario', async () => {
  const file = join(await processes.dataDir(), 'scenario.yaml');
  await writeFile(file, 'format: triwatch/scenario/1\nid: broken\nkind: guess\n');
  const program = cli(['scenario', 'check', file]);
  expect(await program.whenEnded()).toEqual({ code: 1, signal: null });
  expect(program.stdout).toContain(`${file}:3:7 `);
  await done(['scenario', 'check', 'scenarios/yeonpyeong-2010/scenario.yaml']);
});

it('brings an empty database to the present schema, and needs no secret for it', async () => {
  const database = await createTestDatabase();
  try {
    await queryAsAdmin(database, `DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION ${OWNER}`);
    const env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    expect((await done(['migrate'], env)).stdout).toMatch(/^migrated \S+$/m);
    expect((await done(['migrate'], env)).stdout).toBe('The database was up to date.\n');
  } finally {
    await database.drop();
  }
});

// That users who are added can sign in is shown with the served installation.
const OFFICER = ['user', 'add', '--username', 'kim', '--role', 'officer', '--password-file', '-'];
const SERVED = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/triwatch' };
it.each<[string, string[], string, Record<string, string>, number, string]>([
  ['an unknown desk', [...OFFICER, '--desk', 'kr-none'], 'long enough for it', SERVED, 2, 'Desks: jp-cas'],
  ['no desk', OFFICER, 'long enough for it', SERVED, 2, '--desk'],
  ['an unknown role', [...OFFICER, '--role', 'admiral'], 'long enough for it', SERVED, 2, 'drafter, approver'],
  ['a short password', [...OFFICER, '--desk', 'kr-jcs'], 'short\n', SERVED, 2, '12 to 200 characters'],
  ['embedded mode', [...OFFICER, '--desk', 'kr-jcs'], 'long enough for it', {}, 78, 'DATABASE_URL'],
])('refuses to add a user with %s', async (_, args, password, env, exitCode, says) => {
  expect(await refused(args, exitCode, env, password)).toContain(says);
});

it('lets a user in no more and in again, and names one who is not there', async () => {
  const database = await createTestDatabase();
  try {
    const secret = { TRIWATCH_TOKEN_SECRET: 'a-secret-of-the-tests-that-is-long-enough' };
    const env = { ...secret, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    const state = async (): Promise<object[]> =>
      queryAsAdmin(
        database,
        'SELECT active, (SELECT count(*)::int FROM session_ends e WHERE e.subject = u.id) AS ends FROM users u',
      );
    await done([...OFFICER, '--desk', 'kr-jcs'], env, 'long enough for it');
    expect(await state()).toEqual([{ active: true, ends: 0 }]);
    expect((await done(['user', 'disable', 'kim'], env)).stdout).toBe('kim may not sign in any more.\n');
    expect(await state()).toEqual([{ active: false, ends: 1 }]);
    expect((await done(['user', 'enable', 'kim'], env)).stdout).toBe('kim may sign in again.\n');
    expect(await state()).toEqual([{ active: true, ends: 1 }]);
    expect(await refused(['user', 'disable', 'nobody'], 1, env)).toContain('[USER_NOT_FOUND]');
    await refused(['user', 'enable'], 2, env);
    expect(await refused(['user', 'disable', 'kim'], 78)).toContain('DATABASE_URL');
  } finally {
    await database.drop();
  }
}, 150_000);
