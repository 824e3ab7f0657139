import 'reflect-metadata';
import { verifyFeeds, type FeedsCheck } from './modules/dissemination/feeds-verification.js';
import { PIPELINE } from './platform/database/principal.js';
import { signingKeys } from './platform/signing/signing-keys.js';
import { verifyRecord, type RecordCheck } from './platform/audit/audit-verification.js';
import type { SigningKeys } from './core/wire/signed-head.js';
import { onInstallation } from './installation.js';

export interface Trusted {
  /** Public keys from elsewhere; without them those that the database itself names. */
  keys?: SigningKeys;
  /** The token of a checkpoint that was kept elsewhere. */
  checkpoint?: string;
}

/**
 * Checks the record and every feed of the installation, on one snapshot of its database; changes nothing.
 * Throws the OperationalErrors of `onInstallation`.
 */
export const verifyAll = (
  { keys, checkpoint }: Trusted,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ audit: RecordCheck; feeds: FeedsCheck }> =>
  onInstallation(
    env,
    (transactions) =>
      transactions.run(
        PIPELINE,
        async (tx) => {
          // A page of signatures takes longer to check than a transaction of the service may idle; this one holds no lock.
          await tx.query(`SELECT set_config('idle_in_transaction_session_timeout', '0', true)`);
          const trusted = keys ?? { keys: await signingKeys(tx) };
          return { audit: await verifyRecord(tx, trusted, checkpoint), feeds: await verifyFeeds(tx, trusted) };
        },
        undefined,
        { snapshot: true },
      ),
    { migrate: false },
  );
