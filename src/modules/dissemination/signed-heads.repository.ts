import { Injectable } from '@nestjs/common';
import type { Mode } from '../../core/scenario/mode.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';

/** A head that nobody has signed yet. */
export interface UnsignedHead extends FeedKey {
  readonly mode: Mode;
  readonly epoch: number;
  readonly seq: number;
  /** Lower-case hex. */
  readonly hash: string;
}

export interface SignedHead extends UnsignedHead {
  readonly keyId: string;
  readonly token: string;
  readonly at: string;
}

/** A feed's head with the newest signature of its present epoch, if there is one. */
export interface HeadWithSignature {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly signed?: { token: string; keyId: string; seq: number; at: Date };
}

/** Longer than a drain takes: `moved_at` is from before the commit. What takes longer is found by a look at all feeds. */
const LONGEST_TRANSACTION = '60 seconds';

@Injectable()
export class SignedHeadsRepository {
  /** The database's time as RFC 3339 and whole, since JavaScript's Date would lose the microseconds. */
  async now(tx: Tx): Promise<string> {
    const [row] = await tx.query<{ now: string }>("SELECT to_json(clock_timestamp()) #>> '{}' AS now");
    return row?.now ?? '';
  }

  /** Heads without a signature, of the feeds that have moved since a time of the database or of all, at most `limit`. */
  async unsigned(tx: Tx, since: string | undefined, limit: number): Promise<UnsignedHead[]> {
    return tx.query<UnsignedHead>(
      `SELECT f.run_id AS run, f.audience, r.mode, f.epoch, f.head_seq::float8 AS seq, encode(f.head_hash, 'hex') AS hash
       FROM feeds f JOIN runs r ON r.id = f.run_id
       WHERE f.head_seq > 0 AND ($1::timestamptz IS NULL OR f.moved_at > $1::timestamptz - interval '${LONGEST_TRANSACTION}')
         AND NOT EXISTS (SELECT FROM signed_heads s
           WHERE s.run_id = f.run_id AND s.audience = f.audience AND s.epoch = f.epoch AND s.seq = f.head_seq)
       ORDER BY f.moved_at LIMIT $2`,
      [since ?? null, limit],
    );
  }

  /** Stores signatures; of several workers that signed one head the first is kept. Returns how many were. */
  async store(tx: Tx, heads: readonly SignedHead[]): Promise<number> {
    const stored = await tx.query(
      `INSERT INTO signed_heads (run_id, audience, epoch, seq, chain_hash, key_id, token, signed_at)
       SELECT h.run, h.audience, h.epoch, h.seq, decode(h.hash, 'hex'), h."keyId", h.token, h.at
       FROM jsonb_to_recordset($1) AS h (run text, audience text, epoch int, seq bigint, hash text, "keyId" text, token text, at timestamptz)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [JSON.stringify(heads)],
    );
    return stored.length;
  }

  /** Where a feed stands and what of it was signed: one statement, hence one snapshot. */
  async head(tx: Tx, { run, audience }: FeedKey): Promise<HeadWithSignature | undefined> {
    const [row] = await tx.query<HeadRow>(
      `SELECT f.epoch, f.head_seq::float8 AS seq, encode(f.head_hash, 'hex') AS hash,
              s.token, s.key_id, s.seq::float8 AS signed_seq, s.signed_at
       FROM feeds f LEFT JOIN LATERAL (SELECT * FROM signed_heads h
         WHERE h.run_id = f.run_id AND h.audience = f.audience AND h.epoch = f.epoch ORDER BY h.seq DESC LIMIT 1) AS s ON true
       WHERE f.run_id = $1 AND f.audience = $2`,
      [run, audience],
    );
    if (!row) {
      return undefined;
    }
    const { epoch, seq, hash, token, key_id, signed_seq, signed_at } = row;
    const signed = token === null ? undefined : { token, keyId: key_id, seq: signed_seq, at: signed_at };
    return { epoch, seq, hash, signed };
  }
}

type HeadRow = { epoch: number; seq: number; hash: string } & (
  | { token: null; key_id: null; signed_seq: null; signed_at: null }
  | { token: string; key_id: string; signed_seq: number; signed_at: Date }
);
