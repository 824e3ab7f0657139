import { queryAsAdmin, type TestDatabase } from './test-database.js';

/**
 * Appends items to a feed of the live watch straight in the database, as fast as it goes: for tests of what reads feeds.
 * The chain of hashes is not kept up.
 */
export async function fillFeed(
  database: TestDatabase,
  { audience, count, bytes = 1_000 }: { audience: string; count: number; bytes?: number },
): Promise<void> {
  await queryAsAdmin(
    database,
    `WITH head AS (SELECT epoch, head_seq FROM feeds WHERE run_id = 'live' AND audience = $1 FOR UPDATE),
       items AS (
         INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
         SELECT 'live', $1, h.epoch, h.head_seq + n, 'report', 'filled-' || h.head_seq + n, 1, 'alert', 0, false,
                json_build_object('mode', 'test', 'texts', json_build_object('en-US', repeat('x', $3)))::text, ''::bytea, ''::bytea, clock_timestamp()
         FROM head h, generate_series(1, $2::int) AS n)
     UPDATE feeds f SET head_seq = h.head_seq + $2 FROM head h WHERE f.run_id = 'live' AND f.audience = $1`,
    [audience, count, bytes],
  );
}
