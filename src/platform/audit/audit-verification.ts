import { createHash } from 'node:crypto';
import type { AuditCheckpointClaims } from '../../core/audit/audit-chain.js';
import { AuditCheck, type AuditFinding } from '../../core/audit/audit-check.js';
import { highestSeq } from '../../core/delivery/chain.js';
import type { SigningKeys } from '../../core/wire/signed-head.js';
import type { Tx } from '../database/transactions.js';
import { verifiedClaims } from '../signing/signer.js';
import { AuditChainRepository } from './audit-chain.repository.js';

const PAGE = 1_000;
/** A record that nobody seals grows without end; this many say enough. */
const UNSEALED = 100;

/** What was found out about the record. */
export interface RecordCheck {
  /** Rows that were sealed and looked at. */
  rows: number;
  /** The newest checkpoint whose signature stands; keep it somewhere else, and hold the record against it later. */
  checkpoint?: { seq: number; at: string; keyId: string; token: string };
  findings: (Omit<AuditFinding, 'fault'> & { fault: AuditFinding['fault'] | 'BAD_SIGNATURE' })[];
}

/**
 * Recomputes the chain over the record from its first row and holds it against every checkpoint whose signature stands.
 * `kept` is the token of a checkpoint from another place, which finds an end that was cut off with its checkpoints.
 * The transaction must see one snapshot.
 */
export async function verifyRecord(tx: Tx, keys: SigningKeys, kept?: string): Promise<RecordCheck> {
  const chain = new AuditChainRepository();
  const stored = await chain.checkpoints(tx);
  const tokens = kept === undefined ? stored : [...stored, { seq: undefined, token: kept }];
  const good = new Map<number, NonNullable<RecordCheck['checkpoint']> & { hash: string }>();
  const bad: RecordCheck['findings'] = [];
  for (const { seq, token } of tokens) {
    try {
      const { claims, keyId } = await verifiedClaims<AuditCheckpointClaims>(token, keys);
      if (claims.of !== 'audit' || (seq !== undefined && claims.seq !== seq)) {
        throw new Error('it was made for something else');
      }
      good.set(claims.seq, { seq: claims.seq, hash: claims.hash, at: claims.at, keyId, token });
    } catch (error) {
      const which = seq === undefined ? 'that was kept' : `at position ${seq}`;
      bad.push({ fault: 'BAD_SIGNATURE', ids: [], message: `The checkpoint ${which} does not stand: ${messageOf(error)}.` }); // prettier-ignore
    }
  }
  const hashes = new Map([...good].map(([seq, { hash }]) => [seq, hash]));
  const check = new AuditCheck(hashes, (bytes) => createHash('sha256').update(bytes).digest());
  for (let page = await chain.sealedAfter(tx, 0, PAGE); page.length > 0; page = await nextPage(tx, chain, check)) {
    check.follow(page);
  }
  const findings = check.finish(await chain.unsealedAnywhere(tx, UNSEALED));
  const newest = good.get(highestSeq(good.keys()));
  const checkpoint = newest && { seq: newest.seq, at: newest.at, keyId: newest.keyId, token: newest.token };
  return { rows: check.seq, checkpoint, findings: [...bad, ...findings] };
}

const nextPage = (
  tx: Tx,
  chain: AuditChainRepository,
  check: AuditCheck,
): ReturnType<AuditChainRepository['sealedAfter']> => chain.sealedAfter(tx, check.seq, PAGE);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
