import { Client } from 'pg';
import type { Plant } from './options.js';

/** Makes the database misbehave under the service, as its superuser: the product itself has no hook for it. */
export class PlantedFault {
  constructor(
    private readonly plant: Plant,
    private readonly adminUrl: () => Promise<string>,
  ) {}

  /** Before anything is sent. */
  async before(): Promise<void> {
    const sql = BEFORE[this.plant];
    if (sql !== undefined) {
      await this.query(sql);
    }
  }

  /** When everything was sent. `run` is the run besides `live`. */
  async after(run: string): Promise<void> {
    const sql = AFTER[this.plant];
    if (sql !== undefined) {
      await this.query(sql(run));
    }
  }

  private async query(sql: string): Promise<void> {
    const client = new Client({ connectionString: await this.adminUrl() });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** Swallows rows that are about to be inserted, without telling who inserts them. */
const swallow = (table: string, which: string): string => `
  CREATE FUNCTION torture_swallow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF ${which} THEN RETURN NULL; END IF; RETURN NEW; END $$;
  CREATE TRIGGER torture_swallow BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION torture_swallow()`;

const BEFORE: Partial<Record<Plant, string>> = {
  skip: swallow('feed_items', `NEW.run_id = 'live' AND NEW.audience = 'kr' AND NEW.seq = 40`),
  // Not the first of its kind: a request that is repeated after a fault would then bring it after all.
  'drop-due': swallow(
    'due_rows',
    `NEW.run_id = 'live' AND NEW.audience = 'us' AND NEW.version = 1 AND md5(NEW.item_id) < '1'`,
  ),
};

/** Appends a copy of an item to the feed of KR in a run, as if it had been told there. */
const append = (run: string, source: string): string => `
  BEGIN;
  ALTER TABLE feed_items DROP CONSTRAINT feed_items_once;
  SELECT 1 FROM feeds WHERE run_id = '${run}' AND audience = 'kr' FOR UPDATE;
  INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
    SELECT f.run_id, f.audience, f.epoch, f.head_seq + 1, i.kind, i.item_id, i.version, i.act, i.due_at, i.late, i.body, i.body_hash,
           i.chain_hash, clock_timestamp()
    FROM feeds f, LATERAL (SELECT * FROM feed_items n WHERE ${source} ORDER BY seq LIMIT 1) AS i
    WHERE f.run_id = '${run}' AND f.audience = 'kr';
  UPDATE feeds SET head_seq = head_seq + 1 WHERE run_id = '${run}' AND audience = 'kr';
  COMMIT`;

const AFTER: Partial<Record<Plant, (run: string) => string>> = {
  twice: () => append('live', `n.run_id = 'live' AND n.audience = 'kr' AND n.seq > 10`),
  // A report of the same run that KR is not named in.
  leak: (run) =>
    append(
      run,
      `n.run_id = '${run}' AND n.audience = 'us' AND n.kind = 'report' AND NOT EXISTS (
        SELECT 1 FROM feed_items k WHERE k.run_id = n.run_id AND k.audience = 'kr' AND k.item_id = n.item_id)`,
    ),
  'leak-run': (run) => append('live', `n.run_id = '${run}' AND n.audience = 'us' AND n.kind = 'report'`),
};
