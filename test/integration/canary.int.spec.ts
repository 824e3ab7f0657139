import { Canary } from '../../src/platform/queue/canary.js';
import { Queue, type QueueConnection } from '../../src/platform/queue/queue.js';
import { eventually } from '../support/eventually.js';
import { freePort, Processes } from '../support/processes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const REDIS_SERVER = process.env['TEST_REDIS_SERVER'] ?? '';

// scripts/test.mjs says so when there is no redis-server.
describe.each(['postgres', ...(REDIS_SERVER ? ['redis'] : [])])(
  'the worker of the queue on %s (pitfall 10)',
  (kind) => {
    const processes = new Processes();
    let service: TestApp;

    beforeAll(async () => {
      service = await startTestApp({ queue: kind === 'redis' ? await startRedis() : undefined });
    });
    afterAll(async () => {
      await service?.stop();
      await processes.cleanUp();
    });

    async function startRedis(): Promise<QueueConnection> {
      const port = await freePort();
      const redis = processes.run(REDIS_SERVER, ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
      await redis.prints(/Ready to accept connections/);
      return { kind: 'redis', url: `redis://127.0.0.1:${port}` };
    }

    it('takes the canary, and goes on taking jobs after it was restarted', async () => {
      const queue = service.app.get(Queue);
      const beat = async (): Promise<void> => {
        const before = queue.taken;
        await service.app.get(Canary).beat();
        await eventually('the canary was taken', () => queue.taken > before);
      };
      expect(await queue.answers()).toBe(true);
      await beat();
      await queue.restartWorker();
      await beat();
    });
  },
);
