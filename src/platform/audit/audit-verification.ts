import { createHash } from 'node:crypto';
import type { AuditCheckpointClaims } from '../../core/audit/audit-chain.js';
import { AuditCheck, type AuditFinding } from '../../core/audit/audit-check.js';
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
  const { hashes, newest, bad } = await checkpointsThatStand(tx, chain, keys, kept);
  const check = new AuditCheck(hashes, (bytes) => createHash('sha256').update(bytes).digest());
  for (let page = await chain.sealedAfter(tx, 0, PAGE); page.length > 0; page = await nextPage(tx, chain, check)) {
    check.follow(page);
  }
  const findings = check.finish(await chain.unsealedAnywhere(tx, UNSEALED));
  return { rows: check.seq, checkpoint: newest, findings: [...bad, ...findings] };
}

interface StandingCheckpoints {
  /** By position. */
  readonly hashes: Map<number, string>;
  newest?: RecordCheck['checkpoint'];
  readonly bad: RecordCheck['findings'];
}

async function checkpointsThatStand(
  tx: Tx,
  chain: AuditChainRepository,
  keys: SigningKeys,
  kept: string | undefined,
): Promise<StandingCheckpoints> {
  const standing: StandingCheckpoints = { hashes: new Map(), bad: [] };
  let page: { seq: number; token: string }[] = await chain.checkpointsAfter(tx, 0, PAGE);
  while (page.length > 0) {
    for (const { seq, token } of page) {
      await judge(standing, token, keys, seq);
    }
    page = await chain.checkpointsAfter(tx, page.at(-1)!.seq, PAGE);
  }
  if (kept !== undefined) {
    await judge(standing, kept, keys);
  }
  return standing;
}

/** `seq` is where the checkpoint is stored; one that was kept elsewhere has none. */
async function judge(standing: StandingCheckpoints, token: string, keys: SigningKeys, seq?: number): Promise<void> {
  try {
    const { claims, keyId } = await verifiedClaims<AuditCheckpointClaims>(token, keys);
    if (claims.of !== 'audit' || (seq !== undefined && claims.seq !== seq)) {
      throw new Error('it was made for something else');
    }
    standing.hashes.set(claims.seq, claims.hash);
    if (claims.seq >= (standing.newest?.seq ?? 0)) {
      standing.newest = { seq: claims.seq, at: claims.at, keyId, token };
    }
  } catch (error) {
    const which = seq === undefined ? 'that was kept' : `at position ${seq}`;
    standing.bad.push({ fault: 'BAD_SIGNATURE', ids: [], message: `The checkpoint ${which} does not stand: ${messageOf(error)}.` }); // prettier-ignore
  }
}

const nextPage = (
  tx: Tx,
  chain: AuditChainRepository,
  check: AuditCheck,
): ReturnType<AuditChainRepository['sealedAfter']> => chain.sealedAfter(tx, check.seq, PAGE);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
