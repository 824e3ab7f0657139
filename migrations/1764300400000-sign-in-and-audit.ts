import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that cannot be altered unnoticed; sessions that can be ended; keys of machines and codes for players. */
export class SignInAndAudit1764300400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AUDIT_CHAIN);
    await runner.query(SESSIONS);
    await runner.query(MACHINES_AND_PLAYERS);
    await runner.query(ONE_RUN);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE join_codes, api_keys, known_addresses, session_ends, audit_checkpoints, audit_links;
      DROP POLICY own ON run_desks;
      CREATE POLICY own ON run_desks FOR SELECT TO triwatch_app USING (desk = asking_desk());
      CREATE OR REPLACE FUNCTION desk_audience(run text) RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT audience FROM run_desks WHERE run_id = run AND desk = asking_desk() $$;
      CREATE OR REPLACE FUNCTION may_see_run(run text) RETURNS boolean LANGUAGE sql STABLE AS
        $$ SELECT may_control(run) OR EXISTS (SELECT FROM run_desks WHERE run_id = run AND desk = asking_desk()) $$;
      DROP FUNCTION within_asking_run(text)`);
  }
}

const AUDIT_CHAIN = `
  CREATE TABLE audit_links (
    seq bigint PRIMARY KEY,
    audit_id bigint NOT NULL UNIQUE,
    content_hash bytea NOT NULL,
    chain_hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE audit_links IS 'The chain over the record: chain_hash is SHA-256 over the link before, seq, audit_id and content_hash. No foreign key: a link outlasts a row that was taken out, and tells of it.';
  CREATE INDEX audit_links_sealed ON audit_links (sealed_at);
  CREATE TABLE audit_checkpoints (
    seq bigint PRIMARY KEY,
    chain_hash bytea NOT NULL,
    key_id text NOT NULL REFERENCES signing_keys,
    token text NOT NULL,
    signed_at timestamptz NOT NULL
  )`;

const SESSIONS = `
  CREATE TABLE session_ends (
    subject uuid PRIMARY KEY,
    owner uuid NOT NULL,
    generation integer NOT NULL DEFAULT 1,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE session_ends IS 'Whose access tokens are refused before their time: of an account those of an earlier generation, of one session or key all.';
  CREATE INDEX session_ends_at ON session_ends (at);
  CREATE TABLE known_addresses (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    address_hash text NOT NULL,
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, address_hash)
  );
  COMMENT ON TABLE known_addresses IS 'From where somebody has signed in: guessing from elsewhere does not lock them out there.'`;

const MACHINES_AND_PLAYERS = `
  CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    prefix text NOT NULL,
    key_hash text NOT NULL UNIQUE,
    desk text NOT NULL,
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CHECK (expires_at <= created_at + interval '366 days')
  );
  COMMENT ON COLUMN api_keys.last_used_at IS 'To the hour.';
  CREATE TABLE join_codes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    code_hash text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    player text,
    FOREIGN KEY (run_id, desk) REFERENCES run_desks
  );
  CREATE INDEX join_codes_run ON join_codes (run_id)`;

/** A token that is limited to one run was a controller's; now players and keys have such tokens, at a desk. */
const ONE_RUN = `
  CREATE FUNCTION within_asking_run(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT asking_run() IS NULL OR asking_run() = run $$;
  DROP POLICY own ON run_desks;
  CREATE POLICY own ON run_desks FOR SELECT TO triwatch_app USING (desk = asking_desk() AND within_asking_run(run_id));
  CREATE OR REPLACE FUNCTION desk_audience(run text) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT audience FROM run_desks WHERE run_id = run AND desk = asking_desk() AND within_asking_run(run) $$;
  CREATE OR REPLACE FUNCTION may_see_run(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT may_control(run) OR EXISTS (SELECT FROM run_desks WHERE run_id = run AND desk = asking_desk() AND within_asking_run(run)) $$`;

const TABLES = ['audit_links', 'audit_checkpoints', 'session_ends', 'known_addresses', 'api_keys', 'join_codes'];
/** What the pipeline has no business with. */
const PEOPLE = ['known_addresses', 'api_keys', 'join_codes'];

const ROW_SECURITY = `
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${TABLES.filter((table) => !PEOPLE.includes(table))
    .map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`)
    .join('\n')}
  GRANT SELECT, INSERT ON audit_links, audit_checkpoints TO triwatch_pipeline;
  GRANT SELECT ON session_ends TO triwatch_pipeline;
  GRANT SELECT, INSERT ON session_ends, known_addresses, api_keys, join_codes TO triwatch_app;
  GRANT UPDATE (generation, at) ON session_ends TO triwatch_app;
  GRANT UPDATE (last_at) ON known_addresses TO triwatch_app;
  GRANT DELETE ON known_addresses TO triwatch_app;
  GRANT UPDATE (last_used_at, revoked_at) ON api_keys TO triwatch_app;
  GRANT UPDATE (used_at, player) ON join_codes TO triwatch_app;

  CREATE POLICY own ON session_ends TO triwatch_app USING (owner::text = asking_user()) WITH CHECK (owner::text = asking_user());
  CREATE POLICY administer ON session_ends TO triwatch_app
    USING (asking_role() = 'administrator') WITH CHECK (asking_role() = 'administrator');
  CREATE POLICY own ON known_addresses TO triwatch_app USING (user_id::text = asking_user()) WITH CHECK (user_id::text = asking_user());
  CREATE POLICY sign_in ON known_addresses FOR SELECT TO triwatch_app USING (EXISTS (
    SELECT FROM users u WHERE u.id = user_id AND u.username = nullif(current_setting('triwatch.username', true), '')));
  CREATE POLICY administer ON api_keys TO triwatch_app
    USING (asking_role() = 'administrator') WITH CHECK (asking_role() = 'administrator');
  CREATE POLICY presented ON api_keys FOR SELECT TO triwatch_app USING (key_hash = nullif(current_setting('triwatch.token_hash', true), ''));
  CREATE POLICY note_use ON api_keys FOR UPDATE TO triwatch_app USING (key_hash = nullif(current_setting('triwatch.token_hash', true), ''));
  CREATE POLICY control ON join_codes TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY presented ON join_codes FOR SELECT TO triwatch_app USING (code_hash = nullif(current_setting('triwatch.token_hash', true), ''));
  CREATE POLICY used ON join_codes FOR UPDATE TO triwatch_app USING (code_hash = nullif(current_setting('triwatch.token_hash', true), ''))`;
