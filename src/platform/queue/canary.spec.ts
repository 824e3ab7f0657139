import { createLogger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { Canary } from './canary.js';

type State = 'waiting' | 'taken' | undefined;

/** A queue that tells what it is told to. */
class FakeQueue {
  state: State = 'taken';
  taken = 0;
  added = 0;
  restarted = 0;

  handle(): void {}
  stateOf(): Promise<State> {
    return Promise.resolve(this.state);
  }
  add(): Promise<boolean> {
    this.added += 1;
    return Promise.resolve(true);
  }
  restartWorker(): Promise<void> {
    this.restarted += 1;
    return Promise.resolve();
  }
}

async function after(beats: readonly (State | 'waiting, others taken')[]): Promise<FakeQueue & { counted: number }> {
  const queue = new FakeQueue();
  const metrics = new Metrics();
  const canary = new Canary(queue, metrics, createLogger('silent'));
  for (const beat of beats) {
    queue.taken += beat === 'waiting, others taken' ? 1 : 0;
    queue.state = beat === 'waiting, others taken' ? 'waiting' : beat;
    await canary.beat();
  }
  const { values } = await metrics.queueWorkerRestartsTotal.get();
  return Object.assign(queue, { counted: values[0]?.value ?? 0 });
}

describe('the canary (pitfall 10)', () => {
  it('is sent again whenever it was taken', async () => {
    expect(await after(['taken', 'taken', 'taken'])).toMatchObject({ added: 3, restarted: 0, counted: 0 });
  });

  it('has a worker restarted that takes nothing for 15 s while the queue answers', async () => {
    expect(await after(['taken', 'waiting', 'waiting'])).toMatchObject({ restarted: 0 });
    expect(await after(['taken', 'waiting', 'waiting', 'waiting'])).toMatchObject({
      added: 1,
      restarted: 1,
      counted: 1,
    });
  });

  it('gives the new worker as long as the old one', async () => {
    const three: State[] = ['waiting', 'waiting', 'waiting'];
    expect(await after([...three, 'waiting', 'waiting'])).toMatchObject({ restarted: 1 });
    expect(await after([...three, ...three])).toMatchObject({ restarted: 2, counted: 2 });
  });

  it('leaves a worker alone that has other jobs to do first', async () => {
    const busy = 'waiting, others taken';
    expect(await after([busy, busy, busy, busy])).toMatchObject({ restarted: 0 });
  });

  it('does nothing while the queue is away, and begins to count anew when it is back', async () => {
    expect(await after([undefined, undefined, undefined, undefined])).toMatchObject({ added: 0, restarted: 0 });
    expect(await after(['waiting', 'waiting', undefined, 'waiting', 'waiting'])).toMatchObject({ restarted: 0 });
  });
});
