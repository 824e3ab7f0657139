import type { ObligationView } from '../../core/wire/obligation.js';
import { FeedsController } from './feeds.controller.js';
import type { FeedsService } from './feeds.service.js';
import type { OutstandingObligations } from './outstanding-obligations.js';

const ALERT = { kind: 'alert', id: 'launch', version: 1 } as const;
const duty = (change: Partial<ObligationView>): ObligationView => ({ ...ALERT, epoch: 2, ...change }) as ObligationView;

describe('a snapshot of a feed', () => {
  it('has no duty whose item is not in it, though duties are read a moment later', async () => {
    const feeds: Pick<FeedsService, 'snapshot'> = {
      snapshot: () =>
        Promise.resolve({
          epoch: 2,
          headSeq: 1,
          items: [{ ...ALERT, seq: 1, late: false, realAt: '', body: {} as never }],
          acknowledged: [],
        }),
    };
    const obligations: Pick<OutstandingObligations, 'of'> = {
      of: () =>
        Promise.resolve([
          duty({ desk: 'its own' }),
          duty({ version: 2 }),
          duty({ id: 'another' }),
          duty({ kind: 'inject' }),
          duty({ epoch: 3 }),
        ]),
    };
    const controller = new FeedsController(feeds as FeedsService, obligations as OutstandingObligations);
    const snapshot = await controller.snapshot({} as never, 'live', 'jp');
    expect(snapshot.obligations).toEqual([duty({ desk: 'its own' })]);
  });
});
