import { GENESIS, toHex, type Sha256 } from '../delivery/chain.js';

/** A row of the record as it is hashed. `at` is UTC with microseconds and `detail` the database's text of the JSON. */
export interface AuditRow {
  /** A bigint in decimal digits. */
  readonly id: string;
  readonly at: string;
  readonly who: string;
  readonly role: string;
  readonly action: string;
  readonly run: string | null;
  readonly detail: string;
}

/** A link of the chain over the record, and the row that it seals where that is still there. Hashes are lower-case hex. */
export interface SealedRow {
  readonly seq: number;
  readonly id: string;
  readonly contentHash: string;
  readonly chainHash: string;
  readonly row?: AuditRow;
}

/** The newest link, from which the next one follows. */
export interface AuditHead {
  readonly seq: number;
  /** Lower-case hex. */
  readonly hash: string;
}

export const AUDIT_START: AuditHead = { seq: 0, hash: toHex(GENESIS) };

/** What a signed checkpoint says: up to `seq` the record hashes to `hash`. */
export interface AuditCheckpointClaims {
  iss: 'triwatch';
  of: 'audit';
  seq: number;
  /** Lower-case hex. */
  hash: string;
  /** Database time of the signature. */
  at: string;
}

/** SHA-256 over everything that a row says but its number, which the link covers: so a row that changed places is told as such. */
export function auditContentHash({ at, who, role, action, run, detail }: AuditRow, sha256: Sha256): string {
  return hashOf([at, who, role, action, run, detail], sha256);
}

/** The link that follows: SHA-256 over the one before, the position, the row's number and the hash of its content. */
export function auditLink(previous: string, seq: number, id: string, contentHash: string, sha256: Sha256): string {
  return hashOf([previous, seq, id, contentHash], sha256);
}

/** Seals rows in the order in which they are given, after the newest link. */
export function sealRows(head: AuditHead, rows: readonly AuditRow[], sha256: Sha256): SealedRow[] {
  let { seq, hash } = head;
  return rows.map((row) => {
    const contentHash = auditContentHash(row, sha256);
    seq += 1;
    hash = auditLink(hash, seq, row.id, contentHash, sha256);
    return { seq, id: row.id, contentHash, chainHash: hash, row };
  });
}

const hashOf = (parts: readonly unknown[], sha256: Sha256): string =>
  toHex(sha256(new TextEncoder().encode(JSON.stringify(parts))));
