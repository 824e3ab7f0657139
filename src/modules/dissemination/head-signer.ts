import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { CompactSign, calculateJwkThumbprint } from 'jose';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { SignedHeadClaims, SigningKey } from '../../core/wire/signed-head.js';
import { PIPELINE } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { SignedHeadsRepository, type SignedHead, type UnsignedHead } from './signed-heads.repository.js';

/** Injection token of the SigningSettings. */
export const SIGNING = Symbol('SIGNING');

export interface SigningSettings {
  /** PEM of an Ed25519 private key; only processes that work have one. */
  readonly privateKey?: string;
}

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
    if (this.settings.privateKey === undefined) {
      throw new Error('A process that works on feeds needs a key to sign them with.');
    }
    const key = createPrivateKey(this.settings.privateKey);
    const round = (): void => {
      this.signing ??= this.round(key).finally(() => (this.signing = undefined));
    };
    this.timer = setInterval(round, INTERVAL_MS);
    round();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.signing;
  }

  private async round(privateKey: KeyObject): Promise<void> {
    if (performance.now() - this.lookedAtAllAt >= LOOK_AT_ALL_MS) {
      this.lookedAtAllAt = performance.now();
      this.since = undefined;
    }
    try {
      const key = await publicKeyOf(privateKey);
      let found: UnsignedHead[];
      do {
        const { now, unsigned } = await this.transactions.run(PIPELINE, async (tx) => {
          // The time is read first: what moves while this looks is looked at again.
          const now = await this.heads.now(tx);
          return { now, unsigned: await this.heads.unsigned(tx, this.since, BATCH) };
        });
        found = unsigned;
        await this.sign(found, new Date(now), privateKey, key);
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

  private async sign(heads: readonly UnsignedHead[], now: Date, privateKey: KeyObject, key: SigningKey): Promise<void> {
    if (heads.length === 0) {
      return;
    }
    const at = now.toISOString();
    const signed: SignedHead[] = [];
    for (const head of heads) {
      const { run, audience, mode, epoch, seq, hash } = head;
      const claims: SignedHeadClaims = { iss: 'triwatch', run, audience, mode, epoch, seq, hash, at };
      const token = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .sign(privateKey);
      signed.push({ ...head, keyId: key.kid, token, at });
    }
    const stored = await this.transactions.run(PIPELINE, async (tx) => {
      // Each time, as a restore may have taken the key away that this process has stored before.
      await this.heads.storeKey(tx, key);
      return this.heads.store(tx, signed);
    });
    this.metrics.headsSignedTotal.inc(stored);
  }
}

async function publicKeyOf(privateKey: KeyObject): Promise<SigningKey> {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
}
