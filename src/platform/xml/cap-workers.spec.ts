import { monitorEventLoopDelay } from 'node:perf_hooks';
import { HOSTILE_CAP } from '../../../test/support/hostile-cap.js';
import { CapWorkers } from './cap-workers.js';
import { XmlRefusal } from './xml-refusal.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const SIMPLE = { xml: bytes('<alert/>') };

describe('CapWorkers', () => {
  let workers: CapWorkers;
  const make = (limits = { timeMs: 60_000, memoryMb: 256 }): CapWorkers => (workers = new CapWorkers(limits, 1));

  afterEach(() => workers.onApplicationShutdown());

  it('judge the hardest documents while their process goes on with its own work', async () => {
    make();
    await workers.run('verdict', SIMPLE);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    for (const [name, text] of Object.entries(HOSTILE_CAP)) {
      const { findings } = await workers.run('verdict', { xml: bytes(text) });
      expect({ name, rules: findings.filter(({ message }) => /bytes/.test(message)) }).toEqual({ name, rules: [] });
    }
    delay.disable();
    // In the process itself each takes one second to several.
    expect(delay.max / 1e6).toBeLessThan(500);
  });

  it('end what takes too long, and go on with the next', async () => {
    make({ timeMs: 5, memoryMb: 256 });
    const hard = { xml: bytes(HOSTILE_CAP['points of a polygon'] ?? '') };
    for (let count = 0; count < 2; count += 1) {
      await expect(workers.run('verdict', hard)).rejects.toMatchObject({ code: 'CAP_TOO_HARD' });
    }
  });

  it('refuse what would wait too long', async () => {
    make();
    const tasks = Array.from({ length: 22 }, () => workers.run('verdict', SIMPLE));
    const outcomes = await Promise.allSettled(tasks);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'CAP_BUSY' } }]);
  });

  it('refuse a document as its reader does', async () => {
    make();
    const limits = { bytes: 1000, depth: 9, elements: 9, prefixes: 9 };
    const reading = workers.run('feed', { xml: bytes('<!DOCTYPE feed><feed/>'), limits });
    await expect(reading).rejects.toBeInstanceOf(XmlRefusal);
    await expect(reading).rejects.toMatchObject({ rule: 'XML_DOCTYPE', line: 1 });
  });
});
