import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Delivery that can be proved: signed heads of the feeds, obligations of desks with the timer that watches over them,
 * receipts that can be followed like a feed, and what the service knows of the database that it stands on.
 */
export class Delivery1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SIGNED_HEADS);
    await runner.query(OBLIGATIONS);
    await runner.query(ORDER);
    await runner.query(RECEIPTS);
    await runner.query(INSTALLATION);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY shared ON acknowledgements;
      DROP POLICY shared ON displays;
      DROP TABLE installation, receipt_heads, obligations, signed_heads, signing_keys;
      DROP FUNCTION shown_to_asking(text, text, text, integer), shares_receipts(text);
      DROP INDEX acknowledgements_item;
      CREATE INDEX acknowledgements_item ON acknowledgements (run_id, audience, epoch);
      DROP INDEX due_rows_pending;
      CREATE INDEX due_rows_pending ON due_rows (run_id, due_at, item_id, audience) WHERE state = 'pending';
      DELETE FROM due_rows WHERE step = 'duty';
      ALTER TABLE due_rows DROP CONSTRAINT due_rows_step_check;
      ALTER TABLE due_rows ADD CONSTRAINT due_rows_step_check CHECK (step IN ('deliver', 'match', 'deadline', 'end'));
      ALTER TABLE runs DROP COLUMN shares_receipts;
      ALTER TABLE acknowledgements DROP COLUMN revision;
      ALTER TABLE displays DROP COLUMN revision;
      ALTER TABLE feeds DROP COLUMN moved_at`);
  }
}

const SIGNED_HEADS = `
  ALTER TABLE feeds ADD COLUMN moved_at timestamptz NOT NULL DEFAULT clock_timestamp();
  COMMENT ON COLUMN feeds.moved_at IS 'When the head last moved: whoever signs looks at the feeds that moved lately.';
  CREATE TABLE signing_keys (
    id text PRIMARY KEY,
    public_key jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE signing_keys IS 'Public keys (JWK, Ed25519) of everything that was ever signed here; the id is the thumbprint.';
  CREATE TABLE signed_heads (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    chain_hash bytea NOT NULL,
    key_id text NOT NULL REFERENCES signing_keys,
    token text NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, audience, epoch, seq),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  )`;

const OBLIGATIONS = `
  ALTER TABLE due_rows DROP CONSTRAINT due_rows_step_check;
  ALTER TABLE due_rows ADD CONSTRAINT due_rows_step_check CHECK (step IN ('deliver', 'match', 'deadline', 'duty', 'end'));
  CREATE TABLE obligations (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    kind text NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    rank integer NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'met', 'lapsed', 'closed')),
    reason text,
    opened_at bigint NOT NULL,
    display_by bigint NOT NULL,
    acknowledge_by bigint NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (run_id, desk, epoch, kind, item_id, version),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  COMMENT ON COLUMN obligations.rank IS 'Place in the chain of escalation: 1 is the desk that is asked first.';
  COMMENT ON COLUMN obligations.display_by IS 'Run time, as opened_at and acknowledge_by.';
  CREATE INDEX obligations_item ON obligations (run_id, audience, epoch, item_id, version);
  CREATE INDEX obligations_changed ON obligations (run_id, audience, revision);
  CREATE INDEX obligations_outstanding ON obligations (run_id, opened_at) WHERE state IN ('open', 'lapsed')`;

/** Rows of one due time are told in an order in which nothing comes before what it refers to; see `byDueOrder` in core. */
const ORDER = `
  DROP INDEX due_rows_pending;
  CREATE INDEX due_rows_pending ON due_rows (run_id, due_at, (step = 'end'), (origin = 'input'), item_id, audience, version)
    WHERE state = 'pending'`;

const RECEIPTS = `
  CREATE TABLE receipt_heads (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (run_id, audience),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  COMMENT ON TABLE receipt_heads IS 'Counts the changes of displays, acknowledgements and obligations: locked last in a transaction, so the order of revisions is the order of commits.';
  ALTER TABLE acknowledgements ADD COLUMN revision bigint NOT NULL DEFAULT 0;
  ALTER TABLE displays ADD COLUMN revision bigint NOT NULL DEFAULT 0;
  DROP INDEX acknowledgements_item;
  CREATE INDEX acknowledgements_item ON acknowledgements (run_id, audience, epoch, item_id, version);
  CREATE INDEX acknowledgements_changed ON acknowledgements (run_id, audience, revision);
  CREATE INDEX displays_changed ON displays (run_id, audience, revision);
  ALTER TABLE runs ADD COLUMN shares_receipts boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN runs.shares_receipts IS 'Whether the arrangement lets each party see the receipts of the others, for what both were shown.'`;

const INSTALLATION = `
  CREATE TABLE installation (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    system_identifier text NOT NULL,
    timeline bigint NOT NULL
  );
  COMMENT ON TABLE installation IS 'The cluster and timeline that this database was last seen on. Another one means a restore or a failover, after which a sequence may stand for something else than what consoles hold.'`;

const TABLES = ['signing_keys', 'signed_heads', 'obligations', 'receipt_heads', 'installation'];

const ROW_SECURITY = `
  CREATE FUNCTION shares_receipts(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce((SELECT r.shares_receipts FROM runs r WHERE r.id = run), false) $$;
  CREATE FUNCTION shown_to_asking(run text, item_kind text, item text, item_version integer) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM feed_items f WHERE f.run_id = run AND f.audience = desk_audience(run)
         AND f.kind = item_kind AND f.item_id = item AND f.version = item_version) $$;
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${TABLES.map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`).join('\n')}
  GRANT SELECT, INSERT ON signing_keys, signed_heads TO triwatch_pipeline;
  GRANT SELECT, INSERT, UPDATE ON obligations, receipt_heads, installation TO triwatch_pipeline;
  GRANT SELECT ON signing_keys, signed_heads, obligations, receipt_heads TO triwatch_app;
  GRANT INSERT, UPDATE ON receipt_heads TO triwatch_app;

  CREATE POLICY published ON signing_keys FOR SELECT TO triwatch_app USING (true);
  CREATE POLICY control ON signed_heads FOR SELECT TO triwatch_app USING (may_control(run_id));
  CREATE POLICY own ON signed_heads FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  CREATE POLICY control ON obligations FOR SELECT TO triwatch_app USING (may_control(run_id));
  CREATE POLICY own_audience ON obligations FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  CREATE POLICY control ON receipt_heads FOR SELECT TO triwatch_app USING (may_control(run_id));
  CREATE POLICY own_audience ON receipt_heads FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  CREATE POLICY count_own ON receipt_heads FOR INSERT TO triwatch_app WITH CHECK (audience = desk_audience(run_id));
  CREATE POLICY count_on ON receipt_heads FOR UPDATE TO triwatch_app USING (audience = desk_audience(run_id))
    WITH CHECK (audience = desk_audience(run_id));
  CREATE POLICY shared ON acknowledgements FOR SELECT TO triwatch_app
    USING (shares_receipts(run_id) AND shown_to_asking(run_id, kind, item_id, version));
  CREATE POLICY shared ON displays FOR SELECT TO triwatch_app
    USING (shares_receipts(run_id) AND shown_to_asking(run_id, kind, item_id, version))`;
