import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './embedded-lock.js';

describe('the lock file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triwatch-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('lets one in at a time and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(join(folder, 'lock'), async () => {
        most = Math.max(most, (inside += 1));
        await sleep(10);
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is free again after the work failed', async () => {
    const failing = withLock(join(folder, 'lock'), () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    await expect(withLock(join(folder, 'lock'), () => Promise.resolve('next'))).resolves.toBe('next');
  });

  const abandoned = [
    { by: 'a process that ended', content: '{"pid":2147483646,"born":"1"}' },
    { by: 'a process whose id another one has now', content: `{"pid":${process.pid},"born":"1"}` },
    { by: 'a half-written file', content: '{"pid"' },
  ];
  test.each(abandoned)('is taken over from $by', async ({ content }) => {
    await writeFile(join(folder, 'lock'), content);
    await expect(withLock(join(folder, 'lock'), () => Promise.resolve('mine'))).resolves.toBe('mine');
  });
});
