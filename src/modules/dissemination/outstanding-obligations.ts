import { Injectable } from '@nestjs/common';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import { MOST_OUTSTANDING, type ObligationView } from '../../core/wire/obligation.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';
import { ObligationReadsRepository } from './obligation-reads.repository.js';

/** The outstanding obligations, open or lapsed, that whoever may see a feed may see with it. */
@Injectable()
export class OutstandingObligations {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: ObligationReadsRepository,
  ) {}

  /** Those of the feed's audience; of all for control. Ask only for somebody who was let in to the feed: a desk sees no due rows. */
  of({ run, audience }: FeedKey): Promise<ObligationView[]> {
    const only = audience === CONTROL ? undefined : audience;
    return this.transactions.run(PIPELINE, (tx) => this.reads.outstanding(tx, run, only, MOST_OUTSTANDING));
  }
}
