import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. Run time is `bigint` milliseconds on the run's own time line and wall time is `timestamptz`, so that
 * the database refuses to compare the two. Ids are compared in the C collation: feeds and digests need one order everywhere.
 */
export class Foundation1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(PEOPLE);
    await runner.query(RUNS);
    await runner.query(CONTENT);
    await runner.query(FEEDS);
    await runner.query(ANSWERS);
    await runner.query(RECORD);
    await runner.query(WHO_ASKS);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit, idempotency_keys, responses, injects, acknowledgements, displays, received, feed_items, feeds,
        announcements, alert_versions, alerts, due_rows, run_items, run_desks, run_audiences, clock_segments, run_clocks, runs,
        refresh_tokens, users;
      DROP FUNCTION asking_role(), asking_user(), asking_desk(), asking_run(), may_control(text), desk_audience(text), may_see_run(text)`);
  }
}

/** Roles belong to the cluster, not to the database, so several databases share them. */
const ROLES = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'triwatch_app') THEN CREATE ROLE triwatch_app NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'triwatch_pipeline') THEN CREATE ROLE triwatch_pipeline NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster was faster
  END $$;
  GRANT USAGE ON SCHEMA public TO triwatch_app, triwatch_pipeline`;

const PEOPLE = `
  CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username text NOT NULL CONSTRAINT users_username UNIQUE,
    display_name text NOT NULL,
    role text NOT NULL CHECK (role IN ('controller', 'officer', 'observer')),
    desk text,
    password_hash text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (role = 'controller' OR desk IS NOT NULL)
  );
  CREATE TABLE refresh_tokens (
    token_hash text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    family uuid NOT NULL,
    credentials text NOT NULL DEFAULT '',
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  COMMENT ON COLUMN refresh_tokens.credentials IS 'Digest of password hash, role and desk at the sign-in; the session ends when the account has another.';
  COMMENT ON COLUMN refresh_tokens.expires_at IS 'The end of the session: the same for all of a family.';
  CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
  CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id)`;

const RUNS = `
  CREATE TABLE runs (
    id text COLLATE "C" PRIMARY KEY,
    job text NOT NULL CHECK (job IN ('watch', 'replay', 'exercise')),
    mode text NOT NULL CHECK (mode IN ('test', 'exercise', 'actual')),
    scenario text,
    chapter text,
    scenario_hash text,
    seed bigint NOT NULL DEFAULT 1,
    arrangement text NOT NULL,
    names jsonb NOT NULL,
    time_zone text NOT NULL,
    inputs integer NOT NULL DEFAULT 0,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON COLUMN runs.inputs IS 'Counts what people put into the run; gives their items ids that a second playing repeats.';
  CREATE TABLE run_clocks (
    run_id text COLLATE "C" PRIMARY KEY REFERENCES runs,
    revision integer NOT NULL,
    state text NOT NULL CHECK (state IN ('paused', 'playing', 'ended')),
    speed double precision NOT NULL,
    real_at timestamptz NOT NULL,
    run_at bigint NOT NULL,
    rate double precision NOT NULL,
    start_at bigint,
    end_at bigint
  );
  CREATE TABLE clock_segments (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    revision integer NOT NULL,
    real_at timestamptz NOT NULL,
    run_at bigint NOT NULL,
    rate double precision NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (run_id, revision)
  );
  CREATE TABLE run_audiences (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    audience text COLLATE "C" NOT NULL,
    party text,
    PRIMARY KEY (run_id, audience)
  );
  CREATE TABLE run_desks (
    run_id text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    PRIMARY KEY (run_id, desk),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  CREATE INDEX run_desks_desk ON run_desks (desk)`;

const CONTENT = `
  CREATE TABLE run_items (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('report', 'alert', 'announcement', 'inject', 'message', 'decision')),
    act text NOT NULL CHECK (act IN ('alert', 'update', 'cancel')),
    origin text NOT NULL CHECK (origin IN ('scenario', 'input', 'derived')),
    body jsonb NOT NULL,
    created_run_at bigint NOT NULL,
    PRIMARY KEY (run_id, id, version)
  );
  CREATE TABLE due_rows (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    due_at bigint NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    step text NOT NULL CHECK (step IN ('deliver', 'match', 'deadline', 'end')),
    kind text NOT NULL,
    origin text NOT NULL CHECK (origin IN ('scenario', 'input', 'derived')),
    known jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'suppressed', 'skipped', 'cancelled', 'void')),
    reason text,
    planned_at bigint NOT NULL,
    created_run_at bigint NOT NULL,
    PRIMARY KEY (run_id, item_id, version, audience, step)
  );
  COMMENT ON TABLE due_rows IS 'The schedule and the outbox: what falls due for whom. due_at may move (send now, jump); planned_at does not.';
  CREATE INDEX due_rows_pending ON due_rows (run_id, due_at, item_id, audience) WHERE state = 'pending';
  CREATE TABLE announcements (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    by_party text NOT NULL,
    terms jsonb NOT NULL,
    received_at bigint NOT NULL,
    origin text NOT NULL,
    created_by text NOT NULL,
    PRIMARY KEY (run_id, id, version)
  );
  CREATE TABLE alerts (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    id text COLLATE "C" NOT NULL,
    created_by text NOT NULL,
    PRIMARY KEY (run_id, id)
  );
  CREATE TABLE alert_versions (
    run_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    identifier text NOT NULL CONSTRAINT alert_versions_identifier UNIQUE,
    msg_type text NOT NULL CHECK (msg_type IN ('Alert', 'Update', 'Cancel')),
    message jsonb NOT NULL,
    sent timestamptz NOT NULL,
    sent_run_at bigint NOT NULL,
    void boolean NOT NULL DEFAULT false,
    created_by text NOT NULL,
    PRIMARY KEY (run_id, id, version),
    FOREIGN KEY (run_id, id) REFERENCES alerts
  )`;

const FEEDS = `
  CREATE TABLE feeds (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    head_seq bigint NOT NULL,
    head_hash bytea NOT NULL,
    reason text,
    PRIMARY KEY (run_id, audience),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  CREATE TABLE feed_items (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    act text NOT NULL,
    due_at bigint NOT NULL,
    late boolean NOT NULL,
    body text NOT NULL,
    body_hash bytea NOT NULL,
    chain_hash bytea NOT NULL,
    real_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, audience, epoch, seq),
    CONSTRAINT feed_items_once UNIQUE (run_id, audience, epoch, kind, item_id, version)
  );
  CREATE TABLE received (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, desk)
  );
  CREATE TABLE displays (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    kind text NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, desk, epoch, kind, item_id, version)
  );
  CREATE TABLE acknowledgements (
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    kind text NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    user_id uuid NOT NULL,
    person text NOT NULL,
    note text,
    key text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, desk, key)
  );
  CREATE INDEX acknowledgements_item ON acknowledgements (run_id, audience, epoch)`;

const ANSWERS = `
  CREATE TABLE injects (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    id text COLLATE "C" NOT NULL,
    answer_within_ms bigint NOT NULL,
    terms jsonb NOT NULL,
    texts jsonb NOT NULL,
    PRIMARY KEY (run_id, id)
  );
  CREATE TABLE responses (
    run_id text COLLATE "C" NOT NULL,
    inject_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    user_id uuid NOT NULL,
    key text NOT NULL,
    body jsonb NOT NULL,
    answered_at bigint NOT NULL,
    in_time boolean NOT NULL,
    void boolean NOT NULL DEFAULT false,
    real_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, desk, key),
    FOREIGN KEY (run_id, inject_id) REFERENCES injects
  );
  COMMENT ON COLUMN responses.void IS 'The run was moved back to before the answer.';
  CREATE UNIQUE INDEX responses_once ON responses (run_id, inject_id, desk) WHERE NOT void`;

const RECORD = `
  CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    who text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    run_id text COLLATE "C",
    detail jsonb NOT NULL
  );
  CREATE INDEX audit_run ON audit (run_id, id);
  CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    answer jsonb,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, key)
  )`;

/** Who asks, as the transaction declared it; empty settings mean nobody, and nobody sees nothing. */
const WHO_ASKS = `
  CREATE FUNCTION asking_role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('triwatch.role', true) $$;
  CREATE FUNCTION asking_user() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('triwatch.user', true), '') $$;
  CREATE FUNCTION asking_desk() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('triwatch.desk', true), '') $$;
  CREATE FUNCTION asking_run() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('triwatch.only_run', true), '') $$;
  CREATE FUNCTION may_control(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT asking_role() = 'controller' AND (asking_run() IS NULL OR asking_run() = run) $$;
  CREATE FUNCTION desk_audience(run text) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT audience FROM run_desks WHERE run_id = run AND desk = asking_desk() $$;
  CREATE FUNCTION may_see_run(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT may_control(run) OR EXISTS (SELECT FROM run_desks WHERE run_id = run AND desk = asking_desk()) $$`;

const TABLES = [
  'users', 'refresh_tokens', 'runs', 'run_clocks', 'clock_segments', 'run_audiences', 'run_desks', 'run_items', 'due_rows',
  'announcements', 'alerts', 'alert_versions', 'feeds', 'feed_items', 'received', 'displays', 'acknowledgements', 'injects', 'responses',
  'audit', 'idempotency_keys',
]; // prettier-ignore

/** The tables that the pipeline works on; it has no business with passwords, tokens or idempotency keys. */
const PIPELINE_TABLES = TABLES.filter((table) => !['users', 'refresh_tokens', 'idempotency_keys'].includes(table));

const ROW_SECURITY = `
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${PIPELINE_TABLES.map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`).join('\n')}
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${PIPELINE_TABLES.filter((table) => table !== 'audit').join(', ')} TO triwatch_pipeline;
  GRANT SELECT, INSERT ON audit TO triwatch_pipeline;

  GRANT SELECT ON ${TABLES.filter((table) => table !== 'audit').join(', ')} TO triwatch_app;
  GRANT INSERT ON audit, users, refresh_tokens, runs, run_clocks, clock_segments, run_audiences, run_desks, run_items, due_rows,
    announcements, alerts, alert_versions, feeds, received, displays, acknowledgements, injects, responses, idempotency_keys TO triwatch_app;
  GRANT UPDATE (inputs) ON runs TO triwatch_app;
  GRANT UPDATE (void) ON responses, alert_versions TO triwatch_app;
  GRANT UPDATE ON users, refresh_tokens, run_clocks, due_rows, feeds, received, idempotency_keys TO triwatch_app;
  GRANT DELETE ON due_rows, run_items, announcements TO triwatch_app;
  GRANT DELETE ON refresh_tokens TO triwatch_app;

  CREATE POLICY sign_in ON users FOR SELECT TO triwatch_app USING (
    username = nullif(current_setting('triwatch.username', true), '') OR id::text = asking_user()
    OR id = (SELECT user_id FROM refresh_tokens WHERE token_hash = nullif(current_setting('triwatch.token_hash', true), '')));
  CREATE POLICY administer ON users TO triwatch_app USING (asking_role() = 'administrator') WITH CHECK (asking_role() = 'administrator');
  CREATE POLICY own_token ON refresh_tokens TO triwatch_app
    USING (token_hash = nullif(current_setting('triwatch.token_hash', true), '') OR user_id::text = asking_user())
    WITH CHECK (user_id::text = asking_user());

  CREATE POLICY see ON runs FOR SELECT TO triwatch_app USING (may_see_run(id));
  CREATE POLICY make ON runs FOR INSERT TO triwatch_app WITH CHECK (may_control(id));
  CREATE POLICY count_inputs ON runs FOR UPDATE TO triwatch_app USING (may_see_run(id)) WITH CHECK (may_see_run(id));
  CREATE POLICY see ON run_clocks FOR SELECT TO triwatch_app USING (may_see_run(run_id));
  CREATE POLICY make ON run_clocks FOR INSERT TO triwatch_app WITH CHECK (may_control(run_id));
  CREATE POLICY set ON run_clocks FOR UPDATE TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY control ON clock_segments TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY control ON run_audiences TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY taking_part ON run_audiences FOR SELECT TO triwatch_app USING (desk_audience(run_id) IS NOT NULL);
  CREATE POLICY control ON run_desks TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY own ON run_desks FOR SELECT TO triwatch_app USING (desk = asking_desk());

  CREATE POLICY control ON run_items TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY put_in ON run_items FOR INSERT TO triwatch_app WITH CHECK (origin = 'input' AND may_see_run(run_id));
  CREATE POLICY control ON due_rows TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY put_in ON due_rows FOR INSERT TO triwatch_app WITH CHECK (origin = 'input' AND may_see_run(run_id));
  CREATE POLICY control ON announcements TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY put_in ON announcements FOR INSERT TO triwatch_app
    WITH CHECK (origin = 'input' AND created_by = asking_user() AND may_see_run(run_id));
  CREATE POLICY own ON announcements FOR SELECT TO triwatch_app USING (created_by = asking_user() AND may_see_run(run_id));
  CREATE POLICY control ON alerts TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY put_in ON alerts FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
  CREATE POLICY own ON alerts FOR SELECT TO triwatch_app USING (created_by = asking_user() AND may_see_run(run_id));
  CREATE POLICY control ON alert_versions TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY put_in ON alert_versions FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
  CREATE POLICY own ON alert_versions FOR SELECT TO triwatch_app USING (
    may_see_run(run_id) AND (created_by = asking_user() OR EXISTS (SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id)));

  CREATE POLICY control ON feeds TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY own ON feeds FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  CREATE POLICY control ON feed_items FOR SELECT TO triwatch_app USING (may_control(run_id));
  CREATE POLICY own ON feed_items FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  ${['received', 'displays', 'acknowledgements', 'responses']
    .map(
      (table) => `
  CREATE POLICY control ON ${table} FOR SELECT TO triwatch_app USING (may_control(run_id));
  CREATE POLICY own_audience ON ${table} FOR SELECT TO triwatch_app USING (audience = desk_audience(run_id));
  CREATE POLICY own_desk ON ${table} FOR INSERT TO triwatch_app WITH CHECK (desk = asking_desk() AND audience = desk_audience(run_id));`,
    )
    .join('')}
  CREATE POLICY take_back ON responses FOR UPDATE TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY own_cursor ON received FOR UPDATE TO triwatch_app USING (desk = asking_desk())
    WITH CHECK (desk = asking_desk() AND audience = desk_audience(run_id));
  CREATE POLICY own_name ON acknowledgements AS RESTRICTIVE FOR INSERT TO triwatch_app WITH CHECK (user_id::text = asking_user());
  CREATE POLICY own_name ON responses AS RESTRICTIVE FOR INSERT TO triwatch_app WITH CHECK (user_id::text = asking_user());
  CREATE POLICY control ON injects TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY shown ON injects FOR SELECT TO triwatch_app USING (EXISTS (
    SELECT FROM feed_items f WHERE f.run_id = injects.run_id AND f.kind = 'inject' AND f.item_id = injects.id AND f.audience = desk_audience(injects.run_id)));

  CREATE POLICY write ON audit FOR INSERT TO triwatch_app WITH CHECK (true);
  CREATE POLICY own ON idempotency_keys TO triwatch_app USING (user_id::text = asking_user()) WITH CHECK (user_id::text = asking_user())`;
