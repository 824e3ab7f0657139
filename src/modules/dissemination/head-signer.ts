import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SignedHeadClaims } from '../../core/wire/signed-head.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { SIGNING, signerOf, type Signer, type SigningSettings } from '../../platform/signing/signer.js';
import { storeSigningKey } from '../../platform/signing/signing-keys.js';
import { SignedHeadsRepository, type SignedHead, type UnsignedHead } from './signed-heads.repository.js';

const INTERVAL_MS = 1_000;
/** How often all feeds are looked at: one whose transaction took very long and that rests since looks as if it had not moved. */
const LOOK_AT_ALL_MS = 60_000;
/** Heads signed at once: after an outage, or at the first start with a key, every feed may wait for its signature. */
const BATCH = 500;

/**
 * Signs the heads of feeds that have moved, once a second and outside the lock under which feeds are appended to, so that
 * signing delays nobody. One signature vouches for everything before it, since each link of the chain covers the one before.
 * Several workers may sign the same head; the first signature is kept.
 */
@Injectable()
export class HeadSigner implements BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private signing?: Promise<void>;
  private closed = false;
  /** Until when every head is known to be signed; at the start, and after a failure, nothing is. */
  private since?: string;
  private lookedAtAllAt = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly heads: SignedHeadsRepository,
    private readonly metrics: Metrics,
    @Inject(SIGNING) private readonly settings: SigningSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins with what is not signed yet. Throws without a key: a worker that leaves feeds unsigned must not start. */
  start(): void {
    const signer = signerOf(this.settings);
    const round = (): void => {
      this.signing ??= this.round(signer).finally(() => (this.signing = undefined));
    };
    this.timer = setInterval(round, INTERVAL_MS);
    round();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.signing;
  }

  private async round(ready: Promise<Signer>): Promise<void> {
    if (performance.now() - this.lookedAtAllAt >= LOOK_AT_ALL_MS) {
      this.lookedAtAllAt = performance.now();
      this.since = undefined;
    }
    try {
      const signer = await ready;
      let found: UnsignedHead[];
      do {
        const { now, unsigned } = await this.transactions.run(PIPELINE, async (tx) => {
          // The time is read first: what moves while this looks is looked at again.
          const now = await this.heads.now(tx);
          return { now, unsigned: await this.heads.unsigned(tx, this.since, BATCH) };
        });
        found = unsigned;
        await this.sign(found, new Date(now), signer);
        if (found.length < BATCH) {
          this.since = now;
        }
      } while (found.length === BATCH && !this.closed);
    } catch (error) {
      // The database may have been away, or be another one now: look at everything once more.
      this.since = undefined;
      this.logger.warn({ err: error }, 'heads were not signed; the next round tries again');
    }
  }

  private async sign(heads: readonly UnsignedHead[], now: Date, signer: Signer): Promise<void> {
    if (heads.length === 0) {
      return;
    }
    const at = now.toISOString();
    const signed: SignedHead[] = [];
    for (const head of heads) {
      const { run, audience, mode, epoch, seq, hash } = head;
      const claims: SignedHeadClaims = { iss: 'triwatch', run, audience, mode, epoch, seq, hash, at };
      signed.push({ ...head, keyId: signer.key.kid, token: await signer.sign(claims), at });
    }
    const stored = await this.transactions.run(PIPELINE, async (tx) => {
      // Each time, as a restore may have taken the key away that this process has stored before.
      await storeSigningKey(tx, signer.key);
      return this.heads.store(tx, signed);
    });
    this.metrics.headsSignedTotal.inc(stored);
  }
}
