import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstClosedFolder, grants } from './embedded-user.js';

describe('which mode bits count for whom', () => {
  const file = { uid: 10, gid: 20 };
  const cases = [
    { as: 'owner', user: { uid: 10, gid: 99 }, mode: 0o100, enters: true },
    { as: 'owner, whom the bits for others do not help', user: { uid: 10, gid: 99 }, mode: 0o011, enters: false },
    { as: 'group', user: { uid: 11, gid: 20 }, mode: 0o010, enters: true },
    { as: 'group, which the bits for others do not help', user: { uid: 11, gid: 20 }, mode: 0o701, enters: false },
    { as: 'anybody', user: { uid: 11, gid: 21 }, mode: 0o701, enters: true },
    { as: 'anybody', user: { uid: 11, gid: 21 }, mode: 0o770, enters: false },
    { as: 'root', user: { uid: 0, gid: 0 }, mode: 0o000, enters: true },
  ];
  test.each(cases)('mode $mode as $as', ({ user, mode, enters }) => {
    expect(grants({ ...file, mode }, user, 'enter')).toBe(enters);
  });
});

describe('the first closed folder on the way', () => {
  // Nobody here has these ids, so only the bits for others count.
  const stranger = { uid: 54_321, gid: 54_321 };
  let base: string;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'triwatch-reach-'));
    await chmod(base, 0o755);
    await mkdir(join(base, 'private', 'inner'), { recursive: true });
    await mkdir(join(base, 'open'));
    await chmod(join(base, 'open'), 0o755);
    await writeFile(join(base, 'private', 'inner', 'postgres'), '');
    await chmod(join(base, 'private'), 0o700);
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  test('is none when all are open', async () => {
    expect(await firstClosedFolder(join(base, 'open'), stranger)).toBeUndefined();
  });

  test('is the private one above the file, even when what lies in it is open', async () => {
    expect(await firstClosedFolder(join(base, 'private', 'inner', 'postgres'), stranger)).toBe(join(base, 'private'));
  });

  test('is found behind a link in an open folder', async () => {
    await symlink(join(base, 'private', 'inner'), join(base, 'open', 'link'));
    expect(await firstClosedFolder(join(base, 'open', 'link'), stranger)).toBe(join(base, 'private'));
  });
});
