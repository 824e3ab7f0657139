import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { sealRows, type AuditCheckpointClaims } from '../../core/audit/audit-chain.js';
import { PIPELINE } from '../database/principal.js';
import { Transactions } from '../database/transactions.js';
import { LOGGER } from '../logging/logger.js';
import { SIGNING, signerOf, type Signer, type SigningSettings } from '../signing/signer.js';
import { storeSigningKey } from '../signing/signing-keys.js';
import { AuditChainRepository } from './audit-chain.repository.js';

const INTERVAL_MS = 1_000;
/** Rows sealed at once, under one signature. */
const BATCH = 1_000;

/**
 * Seals the record once a second: each new row gets a link of a hash chain, and each batch a signed checkpoint. It comes after
 * the commit and in a transaction of its own, so that commands never wait for each other's links. Of several workers one
 * seals at a time.
 */
@Injectable()
export class AuditSealer implements BeforeApplicationShutdown {
  private readonly chain = new AuditChainRepository();
  private timer?: NodeJS.Timeout;
  private sealing?: Promise<void>;
  private signer?: Promise<Signer>;

  constructor(
    private readonly transactions: Transactions,
    @Inject(SIGNING) private readonly settings: SigningSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.signer = signerOf(this.settings);
    this.timer = setInterval(() => this.begin(), INTERVAL_MS);
    this.begin();
  }

  /** What was recorded last before a stop is sealed too, as far as the database still answers. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sealing;
    if (this.signer) {
      await this.round(this.signer);
    }
  }

  private begin(): void {
    if (this.signer) {
      this.sealing ??= this.round(this.signer).finally(() => (this.sealing = undefined));
    }
  }

  private async round(signer: Promise<Signer>): Promise<void> {
    try {
      let sealed: number;
      do {
        sealed = await this.seal(await signer);
      } while (sealed === BATCH);
    } catch (error) {
      this.logger.warn({ err: error }, 'the record was not sealed; the next round tries again');
    }
  }

  /** Returns how many rows were sealed. */
  private seal(signer: Signer): Promise<number> {
    return this.transactions.run(PIPELINE, async (tx) => {
      if (!(await this.chain.maySeal(tx))) {
        return 0;
      }
      const head = await this.chain.head(tx);
      const rows = await this.chain.unsealed(tx, BATCH);
      const sealed = sealRows(head, rows, (bytes) => createHash('sha256').update(bytes).digest());
      const last = sealed.at(-1);
      if (!last) {
        return 0;
      }
      const at = await this.chain.now(tx);
      const { seq, chainHash: hash } = last;
      const claims: AuditCheckpointClaims = { iss: 'triwatch', of: 'audit', seq, hash, at };
      const token = await signer.sign(claims);
      // Each time, as a restore may have taken the key away that this process has stored before.
      await storeSigningKey(tx, signer.key);
      await this.chain.store(tx, sealed, { seq, hash, at, token, keyId: signer.key.kid });
      return sealed.length;
    });
  }
}
