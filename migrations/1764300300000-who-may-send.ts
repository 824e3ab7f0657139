import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may send: six roles, alerts that belong to a desk instead of a person, and drafts that wait for a second person. */
export class WhoMaySend1764300300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(ALERTS_OF_A_DESK);
    await runner.query(DRAFTS);
    await runner.query(ACTUAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY only_the_service ON runs;
      DROP POLICY two_people ON alerts;
      DROP FUNCTION is_actual(text);
      DROP TABLE alert_drafts;
      ALTER TABLE alert_versions DROP COLUMN prepared;
      DROP POLICY put_in ON alert_versions;
      DROP POLICY own ON alert_versions;
      DROP POLICY put_in ON alerts;
      DROP POLICY own ON alerts;
      DROP FUNCTION alert_is_asking(text, text, text);
      ALTER TABLE alerts DROP COLUMN audience, DROP COLUMN desk;
      CREATE POLICY put_in ON alerts FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY own ON alerts FOR SELECT TO triwatch_app USING (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY put_in ON alert_versions FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY own ON alert_versions FOR SELECT TO triwatch_app USING (
        may_see_run(run_id) AND (created_by = asking_user() OR EXISTS (SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id)));
      ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
      DELETE FROM users WHERE role IN ('drafter', 'approver', 'administrator');
      ALTER TABLE users FORCE ROW LEVEL SECURITY;
      ALTER TABLE users DROP CONSTRAINT users_role_check, DROP CONSTRAINT users_desk_check;
      ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('controller', 'officer', 'observer'));
      ALTER TABLE users ADD CONSTRAINT users_check CHECK (role = 'controller' OR desk IS NOT NULL)`);
  }
}

const ROLES = `
  ALTER TABLE users DROP CONSTRAINT users_role_check, DROP CONSTRAINT users_check;
  ALTER TABLE users ADD CONSTRAINT users_role_check
    CHECK (role IN ('observer', 'officer', 'drafter', 'approver', 'controller', 'administrator'));
  ALTER TABLE users ADD CONSTRAINT users_desk_check
    CHECK (role = 'controller' OR (role = 'administrator') = (desk IS NULL))`;

/** The owner is under row-level security as well, so it is lifted while the owner fills the new columns. */
const ALERTS_OF_A_DESK = `
  ALTER TABLE alerts ADD COLUMN desk text COLLATE "C", ADD COLUMN audience text COLLATE "C" NOT NULL DEFAULT 'control';
  COMMENT ON COLUMN alerts.desk IS 'Whose it is, whoever sits there; none when a controller or the service itself sent it.';
  COMMENT ON COLUMN alerts.audience IS 'The audience of that desk: its drafters and approvers may cancel for one another.';
  ALTER TABLE alerts NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE run_desks NO FORCE ROW LEVEL SECURITY;
  UPDATE alerts a SET desk = d.desk, audience = d.audience
    FROM users u JOIN run_desks d ON d.desk = u.desk WHERE u.id::text = a.created_by AND d.run_id = a.run_id;
  ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
  ALTER TABLE users FORCE ROW LEVEL SECURITY;
  ALTER TABLE run_desks FORCE ROW LEVEL SECURITY;
  ALTER TABLE alerts ALTER COLUMN audience DROP DEFAULT;

  CREATE FUNCTION alert_is_asking(run text, alert_desk text, alert_audience text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT alert_audience = desk_audience(run) AND (alert_desk = asking_desk() OR asking_role() IN ('drafter', 'approver')) $$;
  COMMENT ON FUNCTION alert_is_asking IS 'Whether an alert is of the desk that asks, or of its party where a drafter or approver asks.';

  DROP POLICY put_in ON alerts;
  DROP POLICY own ON alerts;
  CREATE POLICY put_in ON alerts FOR INSERT TO triwatch_app
    WITH CHECK (created_by = asking_user() AND asking_role() <> 'observer' AND alert_is_asking(run_id, desk, audience));
  CREATE POLICY own ON alerts FOR SELECT TO triwatch_app USING (alert_is_asking(run_id, desk, audience));
  DROP POLICY put_in ON alert_versions;
  DROP POLICY own ON alert_versions;
  CREATE POLICY put_in ON alert_versions FOR INSERT TO triwatch_app
    WITH CHECK (created_by = asking_user() AND asking_role() <> 'observer' AND EXISTS (
      SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id));
  CREATE POLICY own ON alert_versions FOR SELECT TO triwatch_app USING (EXISTS (
      SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id))`;

/** The pipeline, which tells, has no right to drafts: nobody is told of one before it is approved. */
const DRAFTS = `
  ALTER TABLE alert_versions ADD COLUMN prepared jsonb;
  COMMENT ON COLUMN alert_versions.prepared IS 'The words to take it back with, ready before they are needed.';
  CREATE TABLE alert_drafts (
    run_id text COLLATE "C" NOT NULL REFERENCES runs,
    id text COLLATE "C" NOT NULL,
    desk text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    act text NOT NULL CHECK (act IN ('alert', 'update')),
    thread text COLLATE "C",
    message jsonb NOT NULL,
    hash text NOT NULL,
    authors text[] NOT NULL,
    author_names text[] NOT NULL,
    drafted_at bigint NOT NULL,
    state text NOT NULL DEFAULT 'awaiting-approval' CHECK (state IN ('awaiting-approval', 'approved', 'rejected', 'withdrawn')),
    decided_by text,
    reason text,
    answer jsonb,
    PRIMARY KEY (run_id, id),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  COMMENT ON COLUMN alert_drafts.thread IS 'The alert that an update is for.';
  COMMENT ON COLUMN alert_drafts.drafted_at IS 'Run time of the last change.';
  CREATE INDEX alert_drafts_waiting ON alert_drafts (run_id, audience, drafted_at) WHERE state = 'awaiting-approval';
  ALTER TABLE alert_drafts ENABLE ROW LEVEL SECURITY;
  ALTER TABLE alert_drafts FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT ON alert_drafts TO triwatch_app;
  GRANT UPDATE (message, hash, authors, author_names, drafted_at, state, decided_by, reason, answer) ON alert_drafts TO triwatch_app;
  CREATE POLICY own_party ON alert_drafts TO triwatch_app
    USING (asking_role() IN ('drafter', 'approver') AND audience = desk_audience(run_id))
    WITH CHECK (asking_role() IN ('drafter', 'approver') AND audience = desk_audience(run_id));
  CREATE POLICY own_desk ON alert_drafts AS RESTRICTIVE FOR INSERT TO triwatch_app
    WITH CHECK (desk = asking_desk() AND authors = ARRAY[asking_user()] AND state = 'awaiting-approval');
  CREATE POLICY second_person ON alert_drafts AS RESTRICTIVE FOR UPDATE TO triwatch_app
    USING (true)
    WITH CHECK (state <> 'approved' OR (decided_by = asking_user() AND asking_role() = 'approver' AND asking_user() <> ALL (authors)))`;

/** Under the checks of the application: a run that is actual is made by the service itself, and an alert in it by an approver. */
const ACTUAL = `
  CREATE FUNCTION is_actual(run text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM runs WHERE id = run AND mode = 'actual') $$;
  CREATE POLICY only_the_service ON runs AS RESTRICTIVE FOR INSERT TO triwatch_app WITH CHECK (mode <> 'actual');
  CREATE POLICY two_people ON alerts AS RESTRICTIVE FOR INSERT TO triwatch_app
    WITH CHECK (NOT is_actual(run_id) OR asking_role() = 'approver')`;
