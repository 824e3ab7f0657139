import { Injectable } from '@nestjs/common';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions, type Command, type Tx } from '../../platform/database/transactions.js';
import { RestoresRepository } from './restores.repository.js';
import { isSame } from '../../platform/database/installation.js';

/** What was found of the database: never seen before, as it was, or another history of it. */
export type Found = 'new' | 'same' | 'restored';

/**
 * Opens an epoch in every feed after the database was restored or failed over, when the same position may stand for
 * another item than the one that a console holds. Consoles are told `RESTORED`, clear their list and read it again.
 */
@Injectable()
export class RestoresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly restores: RestoresRepository,
  ) {}

  /** Compares the database with what it was last seen as. Any number of processes may ask at once: one of them acts. */
  async check(): Promise<Found> {
    let feeds = 0;
    return this.transactions.run(
      PIPELINE,
      async (tx): Promise<Found> => {
        const now = await this.restores.identity(tx);
        const seen = await this.restores.lastSeen(tx);
        if (seen && isSame(seen, now)) {
          return 'same';
        }
        await this.restores.lock(tx);
        const meanwhile = await this.restores.lastSeen(tx);
        if (meanwhile && isSame(meanwhile, now)) {
          return 'same';
        }
        await this.restores.remember(tx, now);
        if (!meanwhile) {
          return 'new';
        }
        feeds = await this.restores.renewEpochs(tx);
        return 'restored';
      },
      (found) => (found === 'restored' ? record(feeds, 'noticed') : undefined),
    );
  }

  /** Does the same by hand, for a copied data folder, which looks as it did. Returns how many feeds there are. */
  async declare(): Promise<number> {
    const work = async (tx: Tx): Promise<number> => {
      await this.restores.lock(tx);
      await this.restores.remember(tx, await this.restores.identity(tx));
      return this.restores.renewEpochs(tx);
    };
    return this.transactions.run(PIPELINE, work, (feeds) => record(feeds, 'declared'));
  }
}

const record = (feeds: number, how: 'noticed' | 'declared'): Command => ({
  action: 'installation.restored',
  detail: { feeds, how },
});
