import { AUDIT_START, type AuditHead, type AuditRow, type SealedRow } from '../../core/audit/audit-chain.js';
import type { UnsealedRow } from '../../core/audit/audit-check.js';
import type { Tx } from '../database/transactions.js';

/** A signature over the chain at a position. */
export interface StoredCheckpoint extends AuditHead {
  readonly keyId: string;
  readonly token: string;
  readonly at: string;
}

/** What is hashed of a row: text in one form only, whatever the settings of the connection are. */
const CONTENT = `a.id::text AS id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, a.who, a.role,
  a.action, a.run_id AS run, a.detail::text AS detail`;

/**
 * Rows from here on may still appear: a number is drawn shortly before the commit. A row that appears with a lower one was
 * put in by other hands, and is left for people to look at. Counted back from the newest seal, so that it does not depend on how
 * long the workers were away.
 */
const FLOOR = `coalesce((SELECT audit_id FROM audit_links WHERE sealed_at <
  (SELECT sealed_at FROM audit_links ORDER BY seq DESC LIMIT 1) - interval '60 seconds' ORDER BY sealed_at DESC LIMIT 1), 0)`;

/** The chain over the record: one link a row, in the order in which they were sealed. */
export class AuditChainRepository {
  /** Whether this process may seal until the transaction ends: two at once would fork the chain. */
  async maySeal(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ may: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('triwatch audit chain')) AS may`,
    );
    return row?.may === true;
  }

  /** The database's time, as RFC 3339. */
  async now(tx: Tx): Promise<string> {
    const [row] = await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return row!.now.toISOString();
  }

  async head(tx: Tx): Promise<AuditHead> {
    const [row] = await tx.query<AuditHead>(
      `SELECT seq::float8 AS seq, encode(chain_hash, 'hex') AS hash FROM audit_links ORDER BY seq DESC LIMIT 1`,
    );
    return row ?? AUDIT_START;
  }

  /** Rows without a link, by number. */
  unsealed(tx: Tx, limit: number): Promise<AuditRow[]> {
    return tx.query<AuditRow>(
      `SELECT ${CONTENT} FROM audit a WHERE a.id > ${FLOOR}
         AND NOT EXISTS (SELECT FROM audit_links l WHERE l.audit_id = a.id) ORDER BY a.id LIMIT $1`,
      [limit],
    );
  }

  async store(tx: Tx, sealed: readonly SealedRow[], checkpoint: StoredCheckpoint): Promise<void> {
    await tx.query(
      `INSERT INTO audit_links (seq, audit_id, content_hash, chain_hash)
       SELECT l.seq, l.id, decode(l."contentHash", 'hex'), decode(l."chainHash", 'hex')
       FROM jsonb_to_recordset($1) AS l (seq bigint, id bigint, "contentHash" text, "chainHash" text)`,
      [JSON.stringify(sealed.map(({ seq, id, contentHash, chainHash }) => ({ seq, id, contentHash, chainHash })))],
    );
    const { seq, hash, keyId, token, at } = checkpoint;
    await tx.query(
      `INSERT INTO audit_checkpoints (seq, chain_hash, key_id, token, signed_at) VALUES ($1, decode($2, 'hex'), $3, $4, $5)`,
      [seq, hash, keyId, token, at],
    );
  }

  /** Links after a position with the rows that they seal, where those are still there. */
  async sealedAfter(tx: Tx, seq: number, limit: number): Promise<SealedRow[]> {
    const rows = await tx.query<SealedRow & Partial<AuditRow> & { audit_id: string }>(
      `SELECT ${CONTENT}, l.seq::float8 AS seq, l.audit_id::text AS audit_id,
              encode(l.content_hash, 'hex') AS "contentHash", encode(l.chain_hash, 'hex') AS "chainHash"
       FROM audit_links l LEFT JOIN audit a ON a.id = l.audit_id WHERE l.seq > $1 ORDER BY l.seq LIMIT $2`,
      [seq, limit],
    );
    return rows.map(({ seq: position, audit_id: id, contentHash, chainHash, ...row }) => ({
      seq: position,
      id,
      contentHash,
      chainHash,
      row: row.id === null ? undefined : (row as AuditRow),
    }));
  }

  /** Every row that has no link, wherever its number lies; at most `limit`. */
  unsealedAnywhere(tx: Tx, limit: number): Promise<UnsealedRow[]> {
    return tx.query<UnsealedRow>(
      `SELECT a.id::text AS id, extract(epoch FROM clock_timestamp() - a.at)::float8 AS "ageS", a.id > ${FLOOR} AS awaited
       FROM audit a WHERE NOT EXISTS (SELECT FROM audit_links l WHERE l.audit_id = a.id) ORDER BY a.id LIMIT $1`,
      [limit],
    );
  }

  /** Checkpoints after a position, oldest first; at most `limit`. */
  async checkpointsAfter(tx: Tx, seq: number, limit: number): Promise<{ seq: number; token: string }[]> {
    return tx.query('SELECT seq::float8 AS seq, token FROM audit_checkpoints WHERE seq > $1 ORDER BY seq LIMIT $2', [
      seq,
      limit,
    ]);
  }
}
