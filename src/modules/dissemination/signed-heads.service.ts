import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { SigningKeys } from '../../core/wire/signed-head.js';
import type { Principal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { signingKeys } from '../../platform/signing/signing-keys.js';
import type { FeedKey } from './feed.js';
import { SignedHeadsRepository, type HeadWithSignature } from './signed-heads.repository.js';

/** Nobody in particular: the keys are for whoever asks. */
const ANYONE: Principal = { kind: 'sign-in' };

/** What somebody needs who checks a feed without trusting the service that shows it. */
@Injectable()
export class SignedHeadsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly heads: SignedHeadsRepository,
  ) {}

  async keys(): Promise<SigningKeys> {
    return { keys: await this.transactions.run(ANYONE, signingKeys) };
  }

  /** Throws DomainError FORBIDDEN_FEED. */
  head(principal: Principal, key: FeedKey): Promise<HeadWithSignature> {
    return this.transactions.run(principal, async (tx) => {
      const head = await this.heads.head(tx, key);
      if (!head) {
        throw new DomainError(
          'FORBIDDEN_FEED',
          `The feed "${key.audience.slice(0, 80)}" of the run "${key.run.slice(0, 80)}" is not yours to see.`,
        );
      }
      return head;
    });
  }
}
