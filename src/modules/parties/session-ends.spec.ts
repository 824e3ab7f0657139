import type { Transactions } from '../../platform/database/transactions.js';
import { createLogger } from '../../platform/logging/logger.js';
import type { SessionEndsRepository } from './session-ends.repository.js';
import { SessionEnds } from './session-ends.js';

describe('the watch over sessions', () => {
  const repository = {
    since: () => Promise.resolve({ now: '', ends: [{ subject: 'over', generation: 1 }] }),
  } as unknown as SessionEndsRepository;
  const transactions = { run: (_: unknown, work: (tx: unknown) => unknown) => work({}) } as unknown as Transactions;

  it('tells of a session that was over before anybody watched it', async () => {
    const ends = new SessionEnds(transactions, repository, createLogger('silent'));
    await ends.refresh();
    const ended: string[] = [];
    ['over', 'good'].forEach((id) => ends.watch(() => ({ id }), () => ended.push(id)));
    ends.watch(() => ({ id: 'over' }), () => ended.push('left'))();
    await Promise.resolve();
    expect(ended).toEqual(['over']);
  }); // prettier-ignore
});
