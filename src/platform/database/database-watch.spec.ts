import { pino } from 'pino';
import { DatabaseWatch } from './database-watch.js';

describe('the watch over the database', () => {
  let watch: DatabaseWatch;
  afterEach(() => watch.beforeApplicationShutdown());

  it('tells at every miss, for what was opened since the last one, and logs the first alone', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    watch = new DatabaseWatch('postgres://nobody@127.0.0.1:1/none', logger);
    let misses = 0;
    const thrice = new Promise<void>((resolve) => {
      watch.whenSilent(() => {
        misses += 1;
        if (misses === 3) {
          resolve();
        }
      });
    });
    watch.onApplicationBootstrap();
    await thrice;
    expect(watch.silent).toBe(true);
    expect(lines).toHaveLength(1);
  });
});
